"""Asking the applicant."""

from datetime import datetime

from django.db import transaction

from qorgau.handling.moving import move
from qorgau.handling.reasons import require_words
from qorgau.notices.outbox import tell
from qorgau.notices.topics import Topic
from qorgau.people.models import Staff
from qorgau.register.models import Appeal, Message
from qorgau.rules.sentences import N_, Sentence
from qorgau.rules.states import Verb


@transaction.atomic
def ask_applicant(
    appeal: Appeal, *, staff: Staff, question: str, at: datetime, seen_version: int | None = None
) -> None:
    """Ask the applicant a question.

    1. The question stands on the tracking page and the applicant is told that there is one, not what it says.
    2. The ball is with the applicant: the lawful clock runs on, but nobody is reminded meanwhile.

    Raises Problem (field `question`) when nothing is asked.
    """
    question = require_words(question, "question", Sentence(N_("Write what you want to know.")))
    move(Verb.ASK_APPLICANT, appeal, by=staff, at=at, seen_version=seen_version, waiting_since=None)
    Message.objects.create(
        appeal=appeal,
        direction="to_applicant",
        text=question,
        at=at,
        staff=staff,
        desk_id=staff.desk_id,
        expects_reply=True,
    )
    tell(topic=Topic.QUESTION_ASKED, appeal_number=appeal.number, applicant=appeal.applicant, facts={}, at=at)
