"""Whose a text or a macro is: one's own is for oneself, the desk's is read by all of it and changed by its head."""

from typing import Any, TypeVar

from django.db.models import Model, Q

from qorgau.lib.row_ids import row_id
from qorgau.people.models import Staff
from qorgau.rules.roles import HEADS

Row = TypeVar("Row", bound=Model)

MINE, DESK = "mine", "desk"


def visible_to(staff: Staff) -> Q:
    """One's own, and those of one's desk."""
    return Q(owner_id=staff.pk) | Q(desk_id=staff.desk_id, desk__isnull=False)


def may_change(row: Any, staff: Staff) -> bool:
    """Whether this person may edit and delete it."""
    return row.owner_id == staff.pk or (row.desk_id == staff.desk_id and staff.role in HEADS)


def may_make_for_desk(staff: Staff) -> bool:
    """The head of the desk or the deputy."""
    return staff.role in HEADS and staff.desk_id is not None


def belongs_to(whose: str, staff: Staff) -> dict[str, int | None]:
    """Owner and desk of a new row."""
    return {"owner_id": None, "desk_id": staff.desk_id} if whose == DESK else {"owner_id": staff.pk, "desk_id": None}


def find(model: type[Row], key: str, staff: Staff) -> Row | None:
    """The row with this id, if this person may see it."""
    number = row_id(key)
    return model._default_manager.filter(visible_to(staff), pk=number).first() if number is not None else None
