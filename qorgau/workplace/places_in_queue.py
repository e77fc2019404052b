"""Places in the queue: the order of the list, and paging that costs the same on every page."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Coalesce

from qorgau.register.models import Appeal

# Appeals without a due date, or on which nobody waits for us, come last.
_NEVER = date(9999, 12, 31)
_NO_MOMENT = datetime(9999, 12, 31, tzinfo=UTC)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class Sort(StrEnum):
    """The order of the list."""

    DUE = "due"
    """By due date, then by how long the person has been waiting."""
    WAITING = "waiting"
    """By how long the person has been waiting."""
    NEWEST = "newest"
    """By receipt, the latest first."""


@dataclass(frozen=True, slots=True)
class Place:
    """The last row of a page, as far as its order goes: the next page begins behind it."""

    due_on: date
    moment: datetime
    row: int

    def address(self) -> str:
        """How it stands in the address of the next page."""
        return f"{self.due_on.toordinal()}.{(self.moment - _EPOCH) // _MICROSECOND}.{self.row}"


def read_place(text: str) -> Place:
    """The place written in an address; raises ValueError for anything else."""
    parts = text.split(".")
    if len(parts) != 3:
        raise ValueError(text)
    try:
        day, moment, row = map(int, parts)
        return Place(date.fromordinal(day), _EPOCH + moment * _MICROSECOND, _within_bigint(row))
    except OverflowError as error:
        raise ValueError(text) from error


def _within_bigint(number: int) -> int:
    if not 0 <= number < 2**63:
        raise ValueError(number)
    return number


def place_of(appeal: Appeal, sort: Sort) -> Place:
    """Where a row of the list stands."""
    moment = appeal.received_at if sort == Sort.NEWEST else appeal.waiting_since or _NO_MOMENT
    return Place(getattr(appeal, "due_here", appeal.due_on) or _NEVER, moment, appeal.pk)


def in_order(appeals: QuerySet[Appeal], sort: Sort, after: Place | None, *, due: str = "due_on") -> QuerySet[Appeal]:
    """The list in its order, from behind a place. `due` names the column that holds the due date shown."""
    if sort == Sort.NEWEST:
        if after:
            appeals = appeals.filter(received_at__lte=after.moment).exclude(received_at=after.moment, pk__gte=after.row)
        return appeals.order_by("-received_at", "-pk")
    appeals = appeals.alias(
        due_or_never=Coalesce(due, Value(_NEVER)), waiting_or_never=Coalesce("waiting_since", Value(_NO_MOMENT))
    )
    if sort == Sort.WAITING:
        if after:
            appeals = appeals.filter(_behind_in_waiting(after))
        return appeals.order_by("waiting_or_never", "pk")
    if after:
        appeals = appeals.filter(
            Q(due_or_never__gt=after.due_on) | Q(due_or_never=after.due_on) & _behind_in_waiting(after)
        )
    return appeals.order_by("due_or_never", "waiting_or_never", "pk")


def _behind_in_waiting(after: Place) -> Q:
    return Q(waiting_or_never__gt=after.moment) | Q(waiting_or_never=after.moment, pk__gt=after.row)
