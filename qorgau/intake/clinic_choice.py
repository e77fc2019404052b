"""An application to be attached to a clinic: what it means by the rows of the directory."""

from datetime import datetime

from qorgau.directory.attachment import reason_of
from qorgau.directory.snapshot import Reference
from qorgau.intake.new_appeal import ClinicChoice
from qorgau.rules.attachment import Verdict, judge_attachment

TOPIC = "attachment-change"
"""The topic of such an application."""


def verdict_on(choice: ClinicChoice, at: datetime, reference: Reference) -> Verdict | None:
    """How its reason stands on the day it came; None for a reason that the directory does not have on that day."""
    on = reference.calendar_on(at.date()).local(at).date()
    row = reference.reason_for_attachment(choice.reason, on)
    if row is None:
        return None
    return judge_attachment(on, reason_of(row), reference.campaigns, last_choice=choice.last_choice)
