"""What has happened to appeals lately, kept in the memory of each web process.

Five hundred open queues ask every minute, and mostly nothing has happened that concerns them. So each process reads the
newest lines of the journal once in a few seconds, for everybody, and answers most questions without the database.
"""

import threading
import time
from bisect import bisect_right, insort
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from operator import attrgetter
from typing import TypeAlias

from django.db.models import Max

from qorgau.lib.kept_queries import KeptQuery, any_of, given
from qorgau.register.models import JournalLine, Participation
from qorgau.workplace.card.meanwhile import LOOKED

FRESH_FOR = 5.0
"""Seconds for which what was read is good enough."""

_SETTLED_AFTER = 20.0
# A line with a smaller number may be committed after one with a greater; by then it is there.
_REMEMBERED = 20_000
_READ_AT_FIRST = 2_000

_LINES = KeptQuery(
    lambda: (
        JournalLine.objects.filter(pk__gt=given("settled"))
        .exclude(verb=LOOKED)
        .order_by("pk")
        .values_list("pk", "appeal_id", "staff_id", "appeal__region_id", "appeal__assignee_id")[:_REMEMBERED]
    )
)
_DESKS = KeptQuery(
    lambda: Participation.objects.filter(any_of("appeal_id", "appeals")).values_list("appeal_id", "desk_id")
)


Place: TypeAlias = tuple[str, int]
"""Where something happens: with somebody's own appeals, at a desk, in a region, or in the country."""

COUNTRY: Place = ("country", 0)


def assigned_to(staff: int) -> Place:
    """Appeals on which somebody works."""
    return ("assignee", staff)


def at_desk(desk: int) -> Place:
    """Appeals in which a desk takes or took part."""
    return ("desk", desk)


def in_region(region: int) -> Place:
    """Appeals of a region."""
    return ("region", region)


@dataclass(frozen=True, slots=True)
class Touch:
    """One line of the journal: which appeal, by whom (None: not by staff), and where that is heard of."""

    line: int
    appeal: int
    staff: int | None
    places: tuple[Place, ...]


_by_line = attrgetter("line")


class Feed:
    """The newest lines of the journal, in the order of their numbers, place by place."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._known: set[int] = set()
        self._at: dict[Place, list[Touch]] = {COUNTRY: []}
        self._begins = -1
        self._read_at = float("-inf")
        self._marks: list[tuple[float, int]] = []
        self.latest = 0

    def refresh(self, *, now: bool = False) -> None:
        """Read what has come, unless that was done a moment ago; `now`: at once."""
        with self._lock:
            if now or self._clock() - self._read_at >= FRESH_FOR:
                self._read()

    def since(self, mark: int, places: Iterable[Place] = (COUNTRY,)) -> list[Touch] | None:
        """What has happened in these places after a line; None when that is longer ago than is remembered."""
        with self._lock:
            if mark < self._begins:
                return None
            found = [_after(mark, self._at.get(place, [])) for place in places]
        if len(found) == 1:
            return found[0]
        return sorted({touch.line: touch for touches in found for touch in touches}.values(), key=_by_line)

    def _read(self) -> None:
        at = self._clock()
        if self._begins < 0:
            newest = JournalLine.objects.aggregate(newest=Max("pk"))["newest"] or 0
            self._begins = max(newest - _READ_AT_FIRST, 0)
        new = [row for row in _LINES.all(settled=self._settled(at)) if row[0] not in self._known]
        desks = _desks_of({row[1] for row in new})
        for line, appeal, staff, region, assignee in new:
            places = [COUNTRY, *(at_desk(desk) for desk in desks.get(appeal, ()))]
            places += [in_region(region)] if region is not None else []
            places += [assigned_to(assignee)] if assignee is not None else []
            self._remember(Touch(line, appeal, staff, tuple(places)))
        while len(self._at[COUNTRY]) > _REMEMBERED:
            self._forget_the_first()
        self.latest = max([self.latest, self._begins, *(row[0] for row in new)])
        self._read_at = at
        self._marks.append((at, self.latest))

    def _remember(self, touch: Touch) -> None:
        self._known.add(touch.line)
        for place in touch.places:
            insort(self._at.setdefault(place, []), touch, key=_by_line)

    def _forget_the_first(self) -> None:
        first = self._at[COUNTRY][0]
        self._known.remove(first.line)
        for place in first.places:
            del self._at[place][0]
        self._begins = first.line

    def _settled(self, at: float) -> int:
        """The line up to which nothing can come any more."""
        while len(self._marks) > 1 and self._marks[1][0] <= at - _SETTLED_AFTER:
            self._marks.pop(0)
        settled = self._marks[0][1] if self._marks and self._marks[0][0] <= at - _SETTLED_AFTER else self._begins
        return max(settled, self._begins)


def _after(mark: int, touches: list[Touch]) -> list[Touch]:
    return touches[bisect_right(touches, mark, key=_by_line) :]


def _desks_of(appeals: Iterable[int]) -> dict[int, set[int]]:
    desks: dict[int, set[int]] = {}
    keys = list(appeals)
    for appeal, desk in _DESKS.all(appeals=keys) if keys else ():
        desks.setdefault(appeal, set()).add(desk)
    return desks


feed = Feed()
"""The feed of this process."""
