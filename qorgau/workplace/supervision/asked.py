"""What a head asks to see: by whom or what, of which desk, region, topic or person, in which period."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from qorgau.directory.reference import Reference, current
from qorgau.lib.row_ids import row_id
from qorgau.people.models import Staff
from qorgau.register.models import Appeal
from qorgau.register.scope import appeals_for
from qorgau.rules.ladder import DeskKind, fund_level
from qorgau.rules.roles import HEADS, READERS
from qorgau.workplace.left_aside import notes_on
from qorgau.workplace.supervision.figures import Figure, Period, condition

_USUAL_DAYS = 30
_LONGEST = timedelta(days=3 * 366)
NOBODY = "none"
"""As it stands in an address: without a person, region or topic."""


class By(StrEnum):
    """What the lines of the table are."""

    PERSON = "person"
    DESK = "desk"
    REGION = "region"
    TOPIC = "topic"


NAMES: dict[By, Promise] = {
    By.PERSON: _("By person"),
    By.DESK: _("By desk"),
    By.REGION: _("By region"),
    By.TOPIC: _("By reason"),
}
COLUMN_OF = {By.PERSON: "assignee_id", By.DESK: "holder_id", By.REGION: "region_id", By.TOPIC: "topic_id"}


@dataclass(frozen=True, slots=True)
class Asked:
    """One table of supervision, or one list behind it. `only` narrows: a key of the directory, or NOBODY."""

    staff: Staff
    by: By
    period: Period
    today: date
    only: tuple[tuple[By, str], ...] = ()
    figure: Figure = Figure.OPEN

    def appeals(self) -> QuerySet[Appeal]:
        """What the reader may see of what was asked for; all figures count among these."""
        appeals = appeals_for(self.staff)
        for by, key in self.only:
            column = COLUMN_OF[by]
            appeals = appeals.filter(**{f"{column}__isnull": True} if key == NOBODY else {column: int(key)})
        return appeals

    def counted(self, figure: Figure) -> QuerySet[Appeal]:
        """The appeals that a figure counts."""
        return self.appeals().filter(condition(figure, today=self.today, period=self.period))

    def narrowed(self, by: By, key: str) -> "Asked":
        """The same for one line of the table."""
        return replace(self, only=(*(pair for pair in self.only if pair[0] != by), (by, key)))

    def but(self, **changes: Any) -> "Asked":
        return replace(self, **changes)

    def address(self, *, figure: Figure | None = None) -> str:
        """The query part of the address, "?" included; with a figure, of the list behind it."""
        pairs = [("by", self.by.value), ("from", self.period.first.isoformat()), ("to", self.period.last.isoformat())]
        pairs += [(by.value, key) for by, key in self.only]
        if figure is not None:
            pairs.append(("figure", figure.value))
        return "?" + urlencode(pairs)


def require_supervisor(staff: Staff) -> None:
    """Heads look after their desk, analysts and auditors read figures; nobody else counts their colleagues."""
    if staff.role not in HEADS | READERS or staff.desk_id is None:
        raise PermissionDenied


def asked_for(query: Mapping[str, str], staff: Staff) -> Asked:
    """What an address asks for; what cannot be read in it is as usual (`left_aside`). Raises PermissionDenied."""
    require_supervisor(staff)
    today = timezone.localdate()
    return Asked(
        staff=staff,
        by=_one_of(By, query.get("by", ""), _usual(staff)),
        period=_period(query, today),
        today=today,
        only=_only(query, staff, current()),
        figure=_one_of(Figure, query.get("figure", ""), Figure.OPEN),
    )


_WHAT: dict[str, Promise] = {
    "by": _("what the lines are"),
    "from": _("the first day"),
    "to": _("the last day"),
    "person": _("who works on it"),
    "desk": _("the desk"),
    "region": _("the region"),
    "topic": _("the topic"),
    "figure": _("the figure"),
}
_BESIDE = frozenset({"page", "after", "choose", "format"})


def left_aside(query: Mapping[str, str], asked: Asked) -> list[str]:
    """A note on what of the address could not be read. A day that lies outside what can be counted is read."""
    read = dict(parse_qsl(asked.address(figure=asked.figure).removeprefix("?")))
    unreadable = [
        what
        for name, what in _WHAT.items()
        if (text := query.get(name, "")) and read.get(name) != text and not (name in ("from", "to") and _day(text))
    ]
    return notes_on(unreadable, [name for name in query if name not in _WHAT and name not in _BESIDE])


def watches_others(staff: Staff) -> bool:
    """Whether this person's desk looks after others too."""
    return staff.desk is not None and fund_level(DeskKind(staff.desk.kind)) is not None


def _usual(staff: Staff) -> By:
    return By.DESK if watches_others(staff) else By.PERSON


def _one_of(words: Any, text: str, usual: Any) -> Any:
    return words(text) if text in set(words) else usual


def _period(query: Mapping[str, str], today: date) -> Period:
    last = min(_day(query.get("to", "")) or today, today)
    first = _day(query.get("from", "")) or last - timedelta(days=_USUAL_DAYS - 1)
    if first > last:
        first, last = last, min(first, today)
    return Period(max(first, last - _LONGEST), last)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _only(query: Mapping[str, str], staff: Staff, reference: Reference) -> tuple[tuple[By, str], ...]:
    known: dict[By, Callable[[int], bool]] = {
        By.PERSON: lambda key: True,
        By.DESK: reference.desks.__contains__,
        By.REGION: reference.regions.__contains__,
        By.TOPIC: reference.topics.__contains__,
    }
    chosen = []
    for by, is_known in known.items():
        text = query.get(by.value, "")
        key = row_id(text)
        if text == NOBODY or (key is not None and is_known(key)):
            chosen.append((by, text))
    if not chosen and not watches_others(staff) and "desk" not in query:
        # A clinic's head looks after the clinic's desk, whatever else the clinic may read.
        return ((By.DESK, str(staff.desk_id)),)
    return tuple(chosen)
