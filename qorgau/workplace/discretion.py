"""How much of an appeal that they may see each reader is shown: personal data, drafts, notes of another desk."""

from qorgau.people.models import Staff
from qorgau.register.following.audience import reads_notes_of
from qorgau.register.models import Appeal
from qorgau.rules import privacy
from qorgau.rules.roles import Role


def sees_personal_data(staff: Staff) -> bool:
    """An analyst reads figures and appeals, but nobody's name, contacts or files (`rules/roles.py`)."""
    return staff.role != Role.ANALYST


def words_for(staff: Staff, text: str) -> str:
    """A text that somebody wrote; without telephones, e-mails and IINs for those who read figures only."""
    return text if sees_personal_data(staff) else privacy.mask_text(text)


def sees_draft(appeal: Appeal, staff: Staff) -> bool:
    """A draft is the work of the desk that holds the appeal until it is sent; the auditor reads everything."""
    return staff.desk_id == appeal.holder_id or staff.role == Role.AUDITOR


def sees_inside(desk_id: int | None, staff: Staff) -> bool:
    """Whether notes, and what a desk decides within itself, are for this reader: those of one's own desk, and of all
    desks for the Fund's. A clinic does not read what the Fund's people write to each other about it.

    `desk_id` is the desk that the author worked at when it was written, not where they work today.
    """
    return reads_notes_of(desk_id, staff)
