"""A note that stays inside."""

from datetime import datetime, timedelta

from django.db import transaction

from qorgau.handling.moving import move
from qorgau.handling.reasons import require_words
from qorgau.people.models import Staff
from qorgau.register.models import Appeal, Message
from qorgau.rules.sentences import N_, Sentence
from qorgau.rules.states import Verb

_SENT_TWICE_WITHIN = timedelta(minutes=10)


@transaction.atomic
def note(appeal: Appeal, *, staff: Staff, text: str, at: datetime, seen_version: int | None = None) -> None:
    """Write a note that colleagues see and the applicant does not.

    A note asks for no version, so nothing else tells that its form was sent twice: the same words by the same person
    within a few minutes are one note. Raises Problem (field `text`) when it is empty.
    """
    text = require_words(text, "text", Sentence(N_("Write the note.")))
    sent_just_now = Message.objects.filter(
        appeal=appeal, direction="note", staff=staff, text=text, at__gte=at - _SENT_TWICE_WITHIN
    )
    if sent_just_now.exists():
        return
    move(Verb.NOTE, appeal, by=staff, at=at, seen_version=seen_version)
    Message.objects.create(appeal=appeal, direction="note", text=text, at=at, staff=staff, desk_id=staff.desk_id)
