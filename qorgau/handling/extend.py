"""Extending the lawful term."""

from datetime import date, datetime

from django.db import transaction

from qorgau.directory.reference import current
from qorgau.handling.moving import move
from qorgau.handling.reasons import require_reason
from qorgau.handling.together import part_of
from qorgau.notices.outbox import tell
from qorgau.notices.topics import Topic
from qorgau.people.models import Staff
from qorgau.register import clocks
from qorgau.register.models import Appeal, Clock
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
    4. Appeals that are part of this one are extended to the same day, each on its own sheet; their applicants are told.

    Raises Problem when the reason is missing (field `reason`) or the date is not within the limit (field `until`),
    be it that of an appeal which is part of this one.
    """
    reason = require_reason(reason)
    merged = part_of(appeal)
    together = [(one, *_longer(one, until=until, reason=reason, at=at)) for one in (appeal, *merged)]
    for one, clock, sheet in together:
        move(
            Verb.EXTEND,
            one,
            by=staff,
            at=at,
            seen_version=seen_version if one is appeal else None,
            through_leading=one is not appeal,
            because=Sentence(N_("Extended to {day}: {reason}"), {"day": sheet.due_on, "reason": reason}),
            due_on=sheet.due_on,
            overdue=False,
        )
        _let_run(one, clock, sheet, reason=reason, at=at)


def _longer(appeal: Appeal, *, until: date, reason: str, at: datetime) -> tuple[Clock, Sheet]:
    """The lawful clock of an appeal, and its sheet with the extension."""
    lawful = clocks.running(appeal, Purpose.CONSIDERATION.value)
    if not lawful:
        raise Problem(Sentence(N_("No lawful term runs on this appeal.")))
    sheet = Sheet.from_json(lawful[0].sheet)
    return lawful[0], deadlines.extend(sheet, reason=reason, at=at, calendar=current().calendar, until=until)


def _let_run(appeal: Appeal, clock: Clock, sheet: Sheet, *, reason: str, at: datetime) -> None:
    for shorter in clocks.running(appeal, Purpose.SUPPORT_SERVICE.value, Purpose.CONSULTATION.value):
        clocks.stop(shorter, at=at, calendar=current().calendar)
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
