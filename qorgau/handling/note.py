"""A note that stays inside."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction

from qorgau.handling.moving import move
from qorgau.handling.reasons import require_words
from qorgau.notices.outbox import tell_colleague
from qorgau.notices.topics import Topic
from qorgau.people.models import Staff
from qorgau.register.following.audience import followers_who_read, may_be_mentioned, named_in, names_typed
from qorgau.register.following.models import Mention
from qorgau.register.models import Appeal, Message
from qorgau.rules.problems import Problem
from qorgau.rules.sentences import N_, Sentence
from qorgau.rules.states import Verb

_SENT_TWICE_WITHIN = timedelta(minutes=10)


@transaction.atomic
def note(
    appeal: Appeal,
    *,
    staff: Staff,
    text: str,
    at: datetime,
    mentioned: Iterable[int] = (),
    seen_version: int | None = None,
) -> list[Staff]:
    """Write a note that colleagues see and the applicant does not; says whom it names.

    1. Those whom it names, by `mentioned` (keys of staff) or by @username in the text, find it in their list and hear
       of it by e-mail when they take letters; so do those who follow the appeal. It tells nothing of the note.
    2. Whoever takes no part, may not see the appeal or does not read this desk's notes cannot be named: a name typed
       after @ stays a word of the text.
    3. A note asks for no version, so nothing else tells that its form was sent twice: the same words by the same person
       within a few minutes are one note.

    Raises Problem when it is empty (field `text`), or somebody was chosen who cannot be named (field `mentioned`).
    """
    text = require_words(text, "text", Sentence(N_("Write the note.")))
    sent_just_now = Message.objects.filter(
        appeal=appeal, direction="note", staff=staff, text=text, at__gte=at - _SENT_TWICE_WITHIN
    )
    if sent_just_now.exists():
        return []
    named = _named(appeal, staff, text, set(mentioned))
    line = move(Verb.NOTE, appeal, by=staff, at=at, seen_version=seen_version)
    written = Message.objects.create(
        appeal=appeal, direction="note", text=text, at=at, staff=staff, desk_id=staff.desk_id
    )
    Mention.objects.bulk_create(Mention(message=written, staff=person, version=line.sequence) for person in named)
    for person in named:
        tell_colleague(topic=Topic.MENTIONED, appeal_number=appeal.number, person=person, at=at)
    for person in followers_who_read(appeal, staff):
        if person not in named:
            tell_colleague(topic=Topic.NOTE_ON_FOLLOWED, appeal_number=appeal.number, person=person, at=at)
    return named


def _named(appeal: Appeal, staff: Staff, text: str, chosen: set[int]) -> list[Staff]:
    if not chosen and not names_typed(text):
        return []
    people = may_be_mentioned(appeal, staff)
    if chosen - {person.pk for person in people}:
        raise Problem(Sentence(N_("Somebody you chose does not take part in this appeal any more.")), "mentioned")
    typed = named_in(text, people)
    return [person for person in people if person.pk in chosen or person in typed]
