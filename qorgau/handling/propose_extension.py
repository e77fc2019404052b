"""Proposing a longer term to the head of the desk, with the notice that the applicant will get."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from qorgau.directory.reference import current
from qorgau.handling.moving import move
from qorgau.handling.reasons import require_reason
from qorgau.lib.speech import say_date
from qorgau.people.models import Staff
from qorgau.register import clocks
from qorgau.register.models import Appeal, Clock, ExtensionProposal
from qorgau.rules import deadlines
from qorgau.rules.deadlines import Purpose, Sheet
from qorgau.rules.problems import Problem
from qorgau.rules.sentences import N_, Sentence
from qorgau.rules.states import Verb


@transaction.atomic
def propose_extension(
    appeal: Appeal, *, staff: Staff, until: date, reason: str, at: datetime, seen_version: int | None = None
) -> None:
    """Propose to extend the lawful term (АППК Art. 76): the head or the deputy decides, another person.

    1. Nothing changes yet; the term runs on.
    2. The notice to the applicant is drafted in their language; the head reads it before deciding.

    Raises Problem when the reason is missing (field `reason`) or the date is not within the limit (field `until`).
    """
    reason = require_reason(reason)
    _clock, sheet = extended_sheet(appeal, until=until, reason=reason, at=at)
    move(
        Verb.PROPOSE_EXTENSION,
        appeal,
        by=staff,
        at=at,
        seen_version=seen_version,
        because=Sentence(N_("Proposed to extend to {day}: {reason}"), {"day": sheet.due_on, "reason": reason}),
    )
    ExtensionProposal.objects.create(
        appeal=appeal,
        until=sheet.due_on,
        reason=reason,
        notice=notice_text(appeal, until=sheet.due_on, reason=reason),
        language=appeal.language,
        proposed_at=at,
        proposed_by=staff,
    )


def extended_sheet(appeal: Appeal, *, until: date, reason: str, at: datetime) -> tuple[Clock, Sheet]:
    """The lawful clock that runs, and its sheet as it would be extended; raises Problem when it cannot be."""
    lawful = clocks.running(appeal, Purpose.CONSIDERATION.value)
    if not lawful:
        raise Problem(Sentence(N_("No lawful term runs on this appeal.")))
    old = Sheet.from_json(lawful[0].sheet)
    return lawful[0], deadlines.extend(old, reason=reason, at=at, calendar=current().calendar, until=until)


def last_possible_day(appeal: Appeal) -> date | None:
    """Until when the lawful term can be extended at most; None when none runs."""
    lawful = clocks.running(appeal, Purpose.CONSIDERATION.value)
    return deadlines.last_extended_day(Sheet.from_json(lawful[0].sheet), current().calendar) if lawful else None


def notice_text(appeal: Appeal, *, until: date, reason: str) -> str:
    """What the applicant reads of it, in the language of the appeal."""
    with override(appeal.language):
        return _(
            "More time is needed to establish the facts of your appeal %(number)s. The term is extended to %(day)s by "
            "a decision of the head under Art. 76 of the Administrative Procedural Code.\n\nThe reason: %(reason)s"
        ) % {"number": appeal.number, "day": say_date(until), "reason": reason}


def open_proposal(appeal: Appeal) -> ExtensionProposal | None:
    """The proposal that waits for the head, if there is one."""
    waiting = ExtensionProposal.objects.filter(appeal=appeal, decided_at__isnull=True)
    return waiting.select_related("proposed_by").first()
