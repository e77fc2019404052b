"""Asking the insured register about the person of an appeal."""

from datetime import datetime

from qorgau.handling.temporary import iin_of
from qorgau.insured.answers import Answer
from qorgau.insured.journal import Purpose
from qorgau.insured.lookup import look_up
from qorgau.people.models import Staff
from qorgau.register.models import Appeal
from qorgau.register.openings import Opened, write


def look_up_status(appeal: Appeal, *, staff: Staff, at: datetime, purpose: str = "") -> Answer:
    """What the register knows of the person today, asked in the name of somebody of the staff.

    Two journals keep it: that of look-ups, which the person reads by their IIN, and that of openings, which the
    security officer and the applicant read with the appeal it was for. An empty ``purpose`` follows there from what the
    desk is to the appeal. Raises Problem for what cannot be an identity number; nothing is written down then.
    """
    answer = look_up(iin_of(appeal), purpose=Purpose.APPEAL, who=f"staff:{staff.pk}")
    write(staff, [Opened(appeal.pk, "status", purpose)], at=at)
    return answer
