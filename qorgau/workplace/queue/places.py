"""Places in the queue: the order of the list, and paging that costs the same on every page."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Any, Protocol

from django.db.models import BooleanField, F, Func, QuerySet, TextField, Value

from qorgau.register.models import Appeal
from qorgau.register.order import (
    NEVER,
    NO_MOMENT,
    NO_TOPIC,
    day_or_never,
    due_or_never,
    topic_or_last,
    waiting_or_never,
)
from qorgau.rules.states import OPEN

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class Sort(StrEnum):
    """The order of the list."""

    DUE = "due"
    """By due date, then by how long the person has been waiting; what is answered or ended comes last."""
    WAITING = "waiting"
    """By how long the person has been waiting."""
    NEWEST = "newest"
    """By receipt, the latest first."""
    TOPIC = "topic"
    """Topic by topic, what came first in each first."""


@dataclass(frozen=True, slots=True)
class Place:
    """The last row of a page, as far as its order goes: the next page begins behind it.

    `rank` is the due date as a day counted from year 1, or the topic, or whatever else the order begins with.
    """

    rank: int
    moment: datetime
    row: int

    def address(self) -> str:
        """How it stands in the address of the next page."""
        return f"{self.rank}.{(self.moment - _EPOCH) // _MICROSECOND}.{self.row}"


def read_place(text: str) -> Place:
    """The place written in an address; raises ValueError for anything else."""
    parts = text.split(".")
    if len(parts) != 3:
        raise ValueError(text)
    try:
        rank, moment, row = map(int, parts)
        date.fromordinal(rank)
        return Place(rank, _EPOCH + moment * _MICROSECOND, _within_bigint(row))
    except OverflowError as error:
        raise ValueError(text) from error


def _within_bigint(number: int) -> int:
    if not 0 <= number < 2**63:
        raise ValueError(number)
    return number


class InALine(Protocol):
    """What an order goes by; an appeal, or a row that was read of it."""

    @property
    def pk(self) -> int: ...
    @property
    def received_at(self) -> datetime: ...
    @property
    def waiting_since(self) -> datetime | None: ...
    @property
    def topic_id(self) -> int | None: ...
    @property
    def due_on(self) -> date | None: ...
    @property
    def state(self) -> str: ...


def place_of(appeal: InALine, sort: Sort) -> Place:
    """Where a row of the list stands."""
    by_receipt = sort in (Sort.NEWEST, Sort.TOPIC)
    moment = appeal.received_at if by_receipt else appeal.waiting_since or NO_MOMENT
    due: date = getattr(appeal, "due_here", None) or (appeal.due_on if appeal.state in OPEN else None) or NEVER
    return Place((appeal.topic_id or NO_TOPIC) if sort == Sort.TOPIC else due.toordinal(), moment, appeal.pk)


def key_of(place: Place, sort: Sort) -> tuple[Any, ...]:
    """What rows of a list by due date or by waiting are compared by."""
    return (place.moment, place.row) if sort == Sort.WAITING else (place.rank, place.moment, place.row)


def may_be_over(place: Place, sort: Sort) -> bool:
    """Whether an appeal at this place of such a list, or before it, may be answered or ended. One that was merged is
    neither: by waiting, it stands anywhere.
    """
    return place.moment == NO_MOMENT if sort == Sort.WAITING else place.rank == NEVER.toordinal()


def latest_first(
    appeals: QuerySet[Appeal], after: Place | None, *, received_at: str = "received_at", key: str = "pk"
) -> QuerySet[Appeal]:
    """The list by receipt, from behind a place. Its two columns may stand in what the appeals were joined with."""
    if after:
        appeals = appeals.filter(_rows([F(received_at), F(key)], "<", [after.moment, after.row]))
    return appeals.order_by(f"-{received_at}", f"-{key}")


def in_order(
    appeals: QuerySet[Appeal], sort: Sort, after: Place | None, *, due_here: str | None = None
) -> QuerySet[Appeal]:
    """The list in its order, from behind a place. `due_here` names a column that holds another due date to go by."""
    if sort == Sort.NEWEST:
        return latest_first(appeals, after)
    columns = _columns(sort, due_here)
    appeals = appeals.alias(**columns)
    if after:
        place: list[Any] = [after.moment, after.row]
        if sort == Sort.DUE:
            place.insert(0, date.fromordinal(after.rank))
        elif sort == Sort.TOPIC:
            place.insert(0, after.rank)
        appeals = appeals.filter(_rows([*map(F, columns), F("pk")], ">", place))
    return appeals.order_by(*columns, "pk")


def _columns(sort: Sort, due_here: str | None) -> dict[str, Any]:
    """What an order goes by before the row itself decides."""
    if sort == Sort.WAITING:
        return {"waiting_or_never": waiting_or_never()}
    if sort == Sort.TOPIC:
        return {"topic_or_last": topic_or_last(), "came_at": F("received_at")}
    due = day_or_never(due_here) if due_here else due_or_never()
    return {"due_or_never": due, "waiting_or_never": waiting_or_never()}


class _Row(Func):
    function = "ROW"
    output_field = TextField()


def _rows(columns: list[F], sign: str, values: list[Any]) -> Func:
    """`ROW(a, b) > ROW(1, 2)`: a comparison that an index in this order is entered by, however deep the place lies."""
    return Func(
        _Row(*columns),
        _Row(*map(Value, values)),
        template="%(expressions)s",
        arg_joiner=f" {sign} ",
        output_field=BooleanField(),
    )
