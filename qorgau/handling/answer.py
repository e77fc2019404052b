"""Sending the answer."""

from datetime import datetime

from django.db import transaction

from qorgau.handling.ending import stop_waiting
from qorgau.handling.moving import move
from qorgau.handling.reasons import require_finished
from qorgau.notices.outbox import tell
from qorgau.notices.topics import Topic
from qorgau.people.models import Staff
from qorgau.register.models import Answer, Appeal
from qorgau.rules.problems import Problem
from qorgau.rules.sentences import N_, Sentence
from qorgau.rules.states import Verb


@transaction.atomic
def answer(appeal: Appeal, *, staff: Staff, at: datetime, seen_version: int | None = None) -> None:
    """Send the answer to the applicant.

    1. The answer stands on the tracking page and can be downloaded; it does not change any more.
    2. The clocks stop, with the days they took. An open hand-over lapses, and a clinic that was asked need not reply.
    3. The applicant is told that there is an answer, not what it says, and may rate it or go one step higher.

    Raises Problem when there is no draft yet, or a place of a template was left unfilled.
    """
    written = Answer.objects.filter(appeal=appeal).first()
    if written is None:
        raise Problem(Sentence(N_("Write a draft of the answer first.")))
    require_finished(written.text, written.legal_basis, written.how_to_appeal)
    move(
        Verb.ANSWER,
        appeal,
        by=staff,
        at=at,
        seen_version=seen_version,
        details={"decision": written.decision},
        answered_at=at,
        waiting_since=None,
    )
    written.sent_at, written.sent_by = at, staff
    written.save(update_fields=["sent_at", "sent_by"])
    stop_waiting(appeal, at=at)
    tell(topic=Topic.ANSWERED, appeal_number=appeal.number, applicant=appeal.applicant, facts={}, at=at)
