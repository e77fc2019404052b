"""Handing out the access code of an appeal that was registered at a desk: once, and written down.

With the code the person alone withdraws or rates the appeal, and a clinic's own specialist may have registered it. So
the journal keeps who saw the code, and a withdrawal made with it says so (`withdraw`). Of later codes only those are
shown that were issued to be handed over on paper (`issue_code`).
"""

from datetime import datetime

from django.db import transaction

from qorgau.handling.issue_code import handed_by
from qorgau.people.models import Staff
from qorgau.register.access import access_code
from qorgau.register.actors import Actor
from qorgau.register.change import change
from qorgau.register.models import Appeal, JournalLine
from qorgau.rules.problems import NotAllowed
from qorgau.rules.sentences import N_, Sentence

CODE_SHOWN = "code_shown"
"""The verb of the journal line."""
_FIRST = 1


@transaction.atomic
def hand_out_code(appeal: Appeal, *, staff: Staff, at: datetime) -> str:
    """The code, for whoever took the appeal, or issued it on paper, to hand to the person. Raises NotAllowed the second
    time, and when the code in force is a new one that was sent to the person, or is another's to hand over.
    """
    if appeal.code_version > _FIRST and not _hands_over(staff, appeal):
        raise NotAllowed(Sentence(N_("A new code was issued since; it is shown only to whoever hands it over.")))
    if seen_by(appeal) is not None:
        raise NotAllowed(Sentence(N_("The code was shown already; it is shown once.")))
    change(appeal, verb=CODE_SHOWN, actor=Actor.of(staff), at=at, details={"code_version": appeal.code_version})
    return access_code(appeal.number, appeal.code_version)


def _hands_over(staff: Staff, appeal: Appeal) -> bool:
    line = handed_by(appeal)
    return line is not None and line.staff_id == staff.pk


def seen_by(appeal: Appeal) -> Staff | None:
    """Who of the staff saw the code that is in force; None when nobody did."""
    line = _shown(appeal)
    return line.staff if line else None


def shown_at(appeal: Appeal) -> datetime | None:
    """When the code in force was shown; None when it was not."""
    line = _shown(appeal)
    return line.at if line else None


def _shown(appeal: Appeal) -> JournalLine | None:
    lines = JournalLine.objects.filter(appeal=appeal, verb=CODE_SHOWN, after__code_version=appeal.code_version)
    return lines.select_related("staff").first()
