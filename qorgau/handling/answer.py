"""Sending the answer."""

from datetime import datetime

from django.db import transaction

from qorgau.handling.ending import stop_waiting
from qorgau.handling.moving import move
from qorgau.handling.reasons import require_finished
from qorgau.handling.together import answer_together, part_of, require_nobody_named
from qorgau.notices.outbox import tell
from qorgau.notices.topics import Topic
from qorgau.people.models import Staff
from qorgau.register.models import Answer, Appeal
from qorgau.register.words import add_words
from qorgau.rules.problems import Problem
from qorgau.rules.sentences import N_, Sentence
from qorgau.rules.states import Verb


@transaction.atomic
def answer(appeal: Appeal, *, staff: Staff, at: datetime, seen_version: int | None = None) -> None:
    """Send the answer to the applicant.

    1. The answer stands on the tracking page and can be downloaded; it does not change any more.
    2. The clocks stop, with the days they took. An open hand-over lapses, and a clinic that was asked need not reply.
    3. The applicant is told that there is an answer, not what it says, and may rate it or go one step higher.
    4. Applicants of appeals that are part of this one get it too, each as the answer to their own.

    Raises Problem when there is no draft yet, a place of a template was left unfilled, or the answer names one of
    several applicants.
    """
    written = Answer.objects.filter(appeal=appeal).first()
    if written is None:
        raise Problem(Sentence(N_("Write a draft of the answer first.")))
    require_finished(written.text, written.legal_basis, written.how_to_appeal)
    merged = part_of(appeal)
    require_nobody_named(written, appeal, merged)
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
    for one in (appeal, *merged):
        add_words(one.pk, written.text)
    stop_waiting(appeal, at=at)
    tell(topic=Topic.ANSWERED, appeal_number=appeal.number, applicant=appeal.applicant, facts={}, at=at)
    answer_together(merged, written, staff=staff, at=at)
