"""The applicant adds words or files."""

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction

from qorgau.handling.moving import move
from qorgau.handling.reasons import require_words
from qorgau.intake.attachments import attach
from qorgau.lib.clean_text import clean
from qorgau.notices.outbox import tell_desk
from qorgau.notices.topics import Topic
from qorgau.register.actors import APPLICANT
from qorgau.register.change import SomebodyWasFaster, change
from qorgau.register.merged import hold_together, link_to_leading
from qorgau.register.models import Appeal, Message
from qorgau.register.words import add_words
from qorgau.rules.problems import SameKeyOtherContent
from qorgau.rules.sentences import N_, Sentence
from qorgau.rules.states import State, Verb

MERGED_WROTE = "merged_wrote"
_TRIES = 3


def add_message(
    appeal: Appeal, *, text: str, at: datetime, delivery_key: str, staged_files: Sequence[str] = ()
) -> None:
    """Add the applicant's words and files to the appeal.

    1. A reply to our question puts the appeal back into work and the ball into our court.
    2. The desk that holds it is told. When the appeal is part of another, the journal of that one says so too.
    3. The same delivery sent twice is added once.
    4. Whatever staff do at the same moment, the words are added: they depend on nothing that staff could change.

    Raises Problem (field `text`) when there are neither words nor files, and SameKeyOtherContent when the delivery
    brought other words or files before.
    """
    if not staged_files:
        text = require_words(text, "text", Sentence(N_("Write your message or attach a file.")))
    text = clean(text)
    try:
        _add_whoever_is_faster(appeal, text=text, at=at, delivery_key=delivery_key, staged_files=staged_files)
    except IntegrityError:
        before = Message.objects.filter(delivery_key=delivery_key, appeal=appeal).first()
        if before is None:
            raise
        if (before.text, before.attachments.count()) != (text, len(set(staged_files))):
            raise SameKeyOtherContent(
                Sentence(
                    N_("This form was sent before with other content, as appeal {number}."), {"number": appeal.number}
                )
            ) from None


def _add_whoever_is_faster(
    appeal: Appeal, *, text: str, at: datetime, delivery_key: str, staged_files: Sequence[str]
) -> None:
    for tries_left in reversed(range(_TRIES)):
        try:
            with transaction.atomic():
                _add(appeal, text=text, at=at, delivery_key=delivery_key, staged_files=staged_files)
            return
        except SomebodyWasFaster:
            if not tries_left:
                raise
            appeal.refresh_from_db()


def _add(appeal: Appeal, *, text: str, at: datetime, delivery_key: str, staged_files: Sequence[str]) -> None:
    leading = link_to_leading(appeal)
    if leading is not None:
        hold_together([appeal, leading.earlier])
    message = Message.objects.create(
        appeal=appeal, direction="from_applicant", text=text, at=at, delivery_key=delivery_key
    )
    add_words(appeal.pk, text)
    if appeal.state == State.AWAITING_APPLICANT:
        move(Verb.REPLY, appeal, by=APPLICANT, at=at, waiting_since=at)
        Message.objects.filter(appeal=appeal, expects_reply=True).update(expects_reply=False)
    else:
        move(Verb.ADD_MESSAGE, appeal, by=APPLICANT, at=at)
    if leading is not None:
        details = {"wrote_to": appeal.number}
        change(leading.earlier, verb=MERGED_WROTE, actor=APPLICANT, at=at, details=details)
    if staged_files:
        attach(appeal, staged_files, message=message, at=at)
    tell_desk(topic=Topic.MESSAGE_RECEIVED, appeal_number=appeal.number, desk=appeal.holder, facts={}, at=at)
