"""Who keeps a queue open, kept in the memory of each web process, so that a question need not find it out anew.

What is remembered serves one answer only: that there is nothing new. Whoever is to be told anything is looked up in the
database again, like anybody who opens a page. And those whose session has ended, or of whom anything has changed that
decides what they see, are forgotten within seconds: a few statements look after all of them together.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from qorgau.directory.models import Desk
from qorgau.lib.kept_queries import KeptQuery, any_of, given
from qorgau.people.absences import everybody_standing_in
from qorgau.people.models import Staff, StaffSession
from qorgau.rules.ladder import DeskKind
from qorgau.workplace.news.feed import COUNTRY, Place, assigned_to, at_desk, in_region
from qorgau.workplace.queue.tabs import Reader, Tab

CHECKED_EVERY = 15.0
"""Seconds after which it is looked whether those who are remembered are still who they were."""

_LEFT_AFTER = 300.0
# Nobody asks so seldom but whoever closed the tab.

_STANDING = ("desk_id", "role", "is_active", "active_until", "password", "password_is_temporary", "may_read_sensitive")

_LIVE_SESSIONS = KeptQuery(
    lambda: StaffSession.objects.filter(any_of("pk", "keys"), expire_date__gt=given("now")).values_list("pk")
)
_STANDINGS = KeptQuery(lambda: Staff.objects.filter(any_of("pk", "people")).order_by().values_list("pk", *_STANDING))


_OF_THE_DESK = frozenset({Tab.DESK, Tab.OFFERED, Tab.ASKED, Tab.APPROVAL, Tab.OVERDUE})


@dataclass(frozen=True, slots=True)
class Asker:
    """Somebody whose question was answered in full, and where that happens which is news to them."""

    staff_id: int
    stands_in_for: frozenset[int]
    of_the_desk: tuple[Place, ...]
    of_the_scope: tuple[Place, ...]
    works: bool
    standing: tuple[Any, ...]

    def places(self, tab: str) -> tuple[Place, ...]:
        """Where something must have happened to be news in a view: whoever only reads has views of all they may see."""
        if tab == Tab.ALL or not self.works:
            return self.of_the_scope
        if tab in _OF_THE_DESK:
            return self.of_the_desk
        return tuple(assigned_to(key) for key in (self.staff_id, *self.stands_in_for))

    @property
    def works_today(self) -> bool:
        until: date | None = self.standing[_STANDING.index("active_until")]
        return until is None or timezone.localdate() <= until


def asker(staff: Staff, desk: Desk, reader: Reader) -> Asker:
    """What somebody at a desk is remembered by."""
    return Asker(
        staff.pk,
        frozenset(reader.stands_in_for),
        (at_desk(desk.pk),),
        _places_of_the_scope(desk),
        reader.works,
        tuple(getattr(staff, name) for name in _STANDING),
    )


def _places_of_the_scope(desk: Desk) -> tuple[Place, ...]:
    """Where the appeals are that a desk sees (`register/scope.py`), and no fewer."""
    if desk.kind == DeskKind.CENTRE:
        return (COUNTRY,)
    if desk.kind == DeskKind.BRANCH and desk.region_id is not None:
        return (at_desk(desk.pk), in_region(desk.region_id))
    return (at_desk(desk.pk),)


class Askers:
    """Those who have asked lately, by the key of their session."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._known: dict[str, Asker] = {}
        self._asked_at: dict[str, float] = {}
        self._checked_at = float("-inf")

    def remember(self, session: str, asker: Asker) -> None:
        """The session of this person and everything about them were just looked at."""
        with self._lock:
            self._known[session] = asker
            self._asked_at[session] = self._clock()

    def known(self, session: str) -> Asker | None:
        """Who asks, if they are remembered and nothing about them has changed."""
        with self._lock:
            now = self._clock()
            if now - self._checked_at >= CHECKED_EVERY:
                self._check(now)
            asker = self._known.get(session)
            if asker is None or not asker.works_today:
                return None
            self._asked_at[session] = now
            return asker

    def _check(self, now: float) -> None:
        keep = {session for session, at in self._asked_at.items() if now - at < _LEFT_AFTER}
        known = {session: asker for session, asker in self._known.items() if session in keep}
        if known:
            live = {key for (key,) in _LIVE_SESSIONS.all(keys=list(known), now=timezone.now())}
            people = list({asker.staff_id for asker in known.values()})
            standings = {key: tuple(standing) for key, *standing in _STANDINGS.all(people=people)}
            standing_in = everybody_standing_in(timezone.localdate())
            known = {
                session: asker
                for session, asker in known.items()
                if session in live
                and standings.get(asker.staff_id) == asker.standing
                and standing_in.get(asker.staff_id, frozenset()) == asker.stands_in_for
            }
        self._known = known
        self._asked_at = {session: self._asked_at[session] for session in known}
        self._checked_at = now


askers = Askers()
"""Those who ask this process."""
