"""What lists of appeals are ordered by, never empty, so that an index can be read from any place in them.

The indexes of the register (`models/appeal.py`) are made of these very expressions. PostgreSQL sees that they are the
same only when it plans a statement for its values: `lib/planned.py`.
"""

from datetime import UTC, date, datetime

from django.db.models import F, Value
from django.db.models.functions import Coalesce

# Appeals without a due date, on which nobody waits for us, or without a topic come last.
NEVER = date(9999, 12, 31)
NO_MOMENT = datetime(9999, 12, 31, tzinfo=UTC)
NO_TOPIC = NEVER.toordinal()


def due_or_never(due: str = "due_on") -> Coalesce:
    """The day it is due; `due` names the column that holds it."""
    return Coalesce(F(due), Value(NEVER))


def waiting_or_never() -> Coalesce:
    """Since when the person has been waiting for us."""
    return Coalesce(F("waiting_since"), Value(NO_MOMENT))


def topic_or_last() -> Coalesce:
    """The topic, by its number in the directory."""
    return Coalesce(F("topic_id"), Value(NO_TOPIC))
