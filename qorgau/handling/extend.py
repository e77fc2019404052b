"""Deciding upon a longer term."""

from datetime import datetime

from django.db import transaction

from qorgau.directory.reference import current
from qorgau.handling.moving import move
from qorgau.handling.propose_extension import extended_sheet, notice_text, open_proposal
from qorgau.handling.reasons import require_reason
from qorgau.handling.together import part_of
from qorgau.notices.outbox import tell
from qorgau.notices.topics import Topic
from qorgau.people.models import Staff
from qorgau.register import clocks
from qorgau.register.models import Appeal, Clock, ExtensionProposal, Message
from qorgau.rules.deadlines import Purpose, Sheet
from qorgau.rules.problems import NotAllowed
from qorgau.rules.sentences import N_, Sentence
from qorgau.rules.states import Verb

_SHORTER = (Purpose.SUPPORT_SERVICE.value, Purpose.CONSULTATION.value, Purpose.ATTACHMENT.value)
"""Terms beside the lawful one, which an extension of it ends."""


@transaction.atomic
def extend(appeal: Appeal, *, staff: Staff, at: datetime, seen_version: int | None = None) -> None:
    """Extend the lawful term as it was proposed, by a decision of the head or the deputy (АППК Art. 76).

    1. The computation sheet gets the step, with the reason and the limit.
    2. A shorter term beside it stops: the extended one counts.
    3. The notice leaves in the same moment (the law gives 3 working days): its text stands on the tracking page.
    4. Appeals that are part of this one are extended to the same day, each on its own sheet; their applicants are told.

    Raises Problem when the date is no longer within the limit (field `until`), be it that of an appeal which is part of
    this one.
    """
    proposal = _proposal(appeal)
    until, reason = proposal.until, proposal.reason
    together = [(one, *extended_sheet(one, until=until, reason=reason, at=at)) for one in (appeal, *part_of(appeal))]
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
        notice = proposal.notice if one is appeal else notice_text(one, until=sheet.due_on, reason=reason)
        _tell(one, sheet, notice, staff=staff, at=at)
    _settle(proposal, "approved", staff=staff, at=at)


@transaction.atomic
def refuse_extension(
    appeal: Appeal, *, staff: Staff, reason: str, at: datetime, seen_version: int | None = None
) -> None:
    """Refuse the longer term with a reason: the present one stands, and the applicant hears nothing of it."""
    proposal = _proposal(appeal)
    reason = require_reason(reason)
    move(
        Verb.REFUSE_EXTENSION,
        appeal,
        by=staff,
        at=at,
        seen_version=seen_version,
        because=Sentence(N_("The term is not extended: {reason}"), {"reason": reason}),
    )
    proposal.refusal_reason = reason
    _settle(proposal, "refused", staff=staff, at=at)


def _proposal(appeal: Appeal) -> ExtensionProposal:
    proposal = open_proposal(appeal)
    if proposal is None:
        raise NotAllowed(Sentence(N_("Nobody has proposed to extend the term.")))
    return proposal


def _let_run(appeal: Appeal, clock: Clock, sheet: Sheet, *, reason: str, at: datetime) -> None:
    for shorter in clocks.running(appeal, *_SHORTER):
        clocks.stop(shorter, at=at, calendar=current().calendar)
    clock.extended_from, clock.extension_reason = clock.due_on, reason
    clock.due_on, clock.sheet, clock.reminded_at = sheet.due_on, sheet.to_json(), None
    clock.save(update_fields=["extended_from", "extension_reason", "due_on", "sheet", "reminded_at"])


def _tell(appeal: Appeal, sheet: Sheet, notice: str, *, staff: Staff, at: datetime) -> None:
    Message.objects.create(appeal=appeal, direction="to_applicant", text=notice, at=at, staff=staff, desk=appeal.holder)
    tell(
        topic=Topic.EXTENDED,
        appeal_number=appeal.number,
        applicant=appeal.applicant,
        facts={"due_on": sheet.due_on},
        at=at,
    )


def _settle(proposal: ExtensionProposal, outcome: str, *, staff: Staff, at: datetime) -> None:
    proposal.outcome, proposal.decided_by, proposal.decided_at = outcome, staff, at
    proposal.save(update_fields=["outcome", "decided_by", "decided_at", "refusal_reason"])
