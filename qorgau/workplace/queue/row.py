"""An appeal as the lists of the desk read it: what a row shows, and no model, which takes ten times longer to make."""

from datetime import date, datetime
from typing import NamedTuple

from qorgau.people.names import surname_and_initials

COLUMNS = (
    "pk", "number", "kind", "channel", "language", "topic_id", "region_id", "organisation_id", "organisation_as_said",
    "sensitive", "received_at", "registered_on", "state", "holder_id", "assignee_id", "due_on", "waiting_since",
    "answered_at", "version", "returns",
    "assignee__last_name", "assignee__first_name", "assignee__patronymic", "assignee__username",
)  # fmt: skip
"""What a query of appeals reads for a `Row`, in this order; `due_here` may follow."""


class Row(NamedTuple):
    """One row. The names of its facts are those of `register/models/appeal.py`."""

    pk: int
    number: str
    kind: str
    channel: str
    language: str
    topic_id: int | None
    region_id: int | None
    organisation_id: int | None
    organisation_as_said: str
    sensitive: bool
    received_at: datetime
    registered_on: date
    state: str
    holder_id: int
    assignee_id: int | None
    due_on: date | None
    waiting_since: datetime | None
    answered_at: datetime | None
    version: int
    returns: int
    last_name: str | None
    first_name: str | None
    patronymic: str | None
    username: str | None
    due_here: date | None = None
    """When the reply of the reader's desk is due, in the list of what it was asked; otherwise None."""

    @property
    def due(self) -> date | None:
        """The day that the row shows and is put in order by."""
        return self.due_here or self.due_on

    @property
    def assignee(self) -> str:
        """Whose work it is, as surname and initials; empty when nobody's."""
        if self.assignee_id is None:
            return ""
        known = surname_and_initials(self.last_name or "", self.first_name or "", self.patronymic or "")
        return known or self.username or ""
