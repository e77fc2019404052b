"""What lists of appeals are ordered by, never empty, so that an index can be read from any place in them.

The indexes of the register (`models/appeal.py`) are made of these very expressions. PostgreSQL sees that they are the
same only when it plans a statement for its values: `lib/planned.py`.
"""

from datetime import UTC, date, datetime

from django.db.models import Case, DateField, F, Value, When
from django.db.models.functions import Coalesce

from qorgau.rules.states import OPEN

# Appeals without a due date, on which nobody waits for us, or without a topic come last.
NEVER = date(9999, 12, 31)
NO_MOMENT = datetime(9999, 12, 31, tzinfo=UTC)
NO_TOPIC = NEVER.toordinal()

_RUNS = sorted(state.value for state in OPEN)


def due_or_never() -> Case:
    """The day it is due. Nothing is due any longer once it is answered or ended, so what runs comes first."""
    runs = When(state__in=_RUNS, then=Coalesce(F("due_on"), Value(NEVER)))
    return Case(runs, default=Value(NEVER), output_field=DateField())


def day_or_never(column: str) -> Coalesce:
    """A day that stands in another column: when the reply is due that a desk was asked for."""
    return Coalesce(F(column), Value(NEVER))


def waiting_or_never() -> Coalesce:
    """Since when the person has been waiting for us."""
    return Coalesce(F("waiting_since"), Value(NO_MOMENT))


def topic_or_last() -> Coalesce:
    """The topic, by its number in the directory."""
    return Coalesce(F("topic_id"), Value(NO_TOPIC))
