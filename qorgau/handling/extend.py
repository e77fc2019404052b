"""Extending the lawful term."""

from datetime import date, datetime

from django.db import transaction

from qorgau.directory.reference import current
from qorgau.handling.moving import move
from qorgau.handling.reasons import require_reason
from qorgau.notices.outbox import tell
from qorgau.notices.topics import Topic
from qorgau.people.models import Staff
from qorgau.register import clocks
from qorgau.register.models import Appeal
from qorgau.rules import deadlines
from qorgau.rules.deadlines import Purpose, Sheet
from qorgau.rules.problems import Problem
from qorgau.rules.sentences import N_, Sentence
from qorgau.rules.states import Verb


@transaction.atomic
def extend(
    appeal: Appeal, *, staff: Staff, until: date, reason: str, at: datetime, seen_version: int | None = None
) -> None:
    """Extend the lawful term by a reasoned decision of the head or the deputy (АППК Art. 76).

    1. The computation sheet gets the step, with the reason and the limit.
    2. A desk's own shorter term stops: the extended one counts.
    3. The applicant is told in the same moment (the law gives 3 working days).

    Raises Problem when the reason is missing (field `reason`) or the date is not within the limit (field `until`).
    """
    reason = require_reason(reason)
    calendar = current().calendar
    lawful = clocks.running(appeal, Purpose.CONSIDERATION.value)
    if not lawful:
        raise Problem(Sentence(N_("No lawful term runs on this appeal.")))
    clock = lawful[0]
    sheet = deadlines.extend(Sheet.from_json(clock.sheet), reason=reason, at=at, calendar=calendar, until=until)
    move(
        Verb.EXTEND,
        appeal,
        by=staff,
        at=at,
        seen_version=seen_version,
        because=Sentence(N_("Extended to {day}: {reason}"), {"day": sheet.due_on, "reason": reason}),
        due_on=sheet.due_on,
        overdue=False,
    )
    for shorter in clocks.running(appeal, Purpose.SUPPORT_SERVICE.value, Purpose.CONSULTATION.value):
        clocks.stop(shorter, at=at, calendar=calendar)
    clock.extended_from, clock.extension_reason = clock.due_on, reason
    clock.due_on, clock.sheet, clock.reminded_at = sheet.due_on, sheet.to_json(), None
    clock.save(update_fields=["extended_from", "extension_reason", "due_on", "sheet", "reminded_at"])
    tell(
        topic=Topic.EXTENDED,
        appeal_number=appeal.number,
        applicant=appeal.applicant,
        facts={"due_on": sheet.due_on},
        at=at,
    )
