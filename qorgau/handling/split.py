"""Making an appeal of its own out of one of several questions."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from qorgau.directory.models import Organisation, Topic
from qorgau.directory.reference import current
from qorgau.handling.moving import move
from qorgau.handling.open_next_stage import again
from qorgau.handling.reasons import require_words
from qorgau.intake.new_appeal import NewAppeal, Receipt
from qorgau.intake.submit import submit
from qorgau.notices.outbox import tell
from qorgau.notices.topics import Topic as Told
from qorgau.people.models import Staff
from qorgau.register import custody
from qorgau.register.actors import Actor
from qorgau.register.change import change
from qorgau.register.files import copy_of
from qorgau.register.models import Appeal, Attachment
from qorgau.rules.kinds import Channel, Kind
from qorgau.rules.passages import foreign_passages
from qorgau.rules.problems import Problem
from qorgau.rules.sentences import N_, Sentence
from qorgau.rules.states import Verb

SPLIT_OFF = "split_off"


@transaction.atomic
def split(
    appeal: Appeal,
    *,
    staff: Staff,
    words: str,
    topic: Topic | None,
    organisation: Organisation | None,
    at: datetime,
    files: Sequence[Attachment] = (),
    seen_version: int | None = None,
) -> Receipt:
    """Register one of the questions of this appeal as an appeal with a number of its own.

    1. It is by the same person and counts as received when this one was: its lawful term is no longer for the split.
    2. Its words are the applicant's own; files that belong to it are copied. This appeal keeps all it had.
    3. The rules send it to the desk for its topic and organisation; this desk may read it.
    4. The applicant is told its number and its code. Both journals say so, and the two are linked.

    Raises Problem when no words are chosen or they are not the applicant's (field `words`), when everything was chosen,
    or a file is not of this appeal (field `files`).
    """
    words = require_words(words, "words", Sentence(N_("Choose the words of the question that is split off.")))
    if foreign := foreign_passages(words, "\n".join((appeal.text, appeal.circumstances, appeal.desired_outcome))):
        raise Problem(
            Sentence(
                N_("These words are not in the appeal: “{passage}”. Take the applicant's own, whole paragraphs apart."),
                {"passage": foreign[0][:120]},
            ),
            "words",
        )
    if not foreign_passages(appeal.text, words):
        raise Problem(Sentence(N_("These are all the words of the appeal. Choose those of one question.")), "words")
    if any(file.appeal_id != appeal.pk for file in files):
        raise Problem(Sentence(N_("One of the files is not of this appeal.")), "files")
    move(Verb.SPLIT, appeal, by=staff, at=at, seen_version=seen_version)
    receipt = submit(_question(appeal, words=words, topic=topic, organisation=organisation))
    made = Appeal.objects.select_related("applicant").get(number=receipt.number)
    change(made, verb=SPLIT_OFF, actor=Actor.of(staff), at=at, details={"split_from": appeal.number})
    custody.bring_in(made, current().desks[appeal.holder_id])
    for file in files:
        _copy(file, made, at=at)
    tell(
        topic=Told.SPLIT,
        appeal_number=made.number,
        applicant=made.applicant,
        facts={"due_on": made.due_on, "code_version": made.code_version, "of": appeal.number},
        at=at,
    )
    return receipt


def _question(appeal: Appeal, *, words: str, topic: Topic | None, organisation: Organisation | None) -> NewAppeal:
    return NewAppeal(
        channel=Channel(appeal.channel),
        text=words,
        # One split for one version of the appeal, however often the form is sent.
        delivery_key=f"split-{appeal.number}-{appeal.version}",
        received_at=appeal.received_at,
        kind=Kind(appeal.kind),
        language=appeal.language,
        applicant=again(appeal.applicant),
        patient=again(appeal.patient) if appeal.patient else None,
        relation=appeal.relation,
        anonymous=appeal.applicant.anonymous,
        preferred_channel=appeal.applicant.preferred_channel,
        region=appeal.region.kato if appeal.region else "",
        organisation_id=organisation.pk if organisation else None,
        organisation_as_said="" if organisation else appeal.organisation_as_said,
        topic=topic.code if topic else "",
        event_date=appeal.event_date or appeal.event_date_as_said or None,
        sensitive=appeal.sensitive,
        taken_by_id=appeal.taken_by_id,
        split_from_id=appeal.pk,
        same_as_id=appeal.applicant_id,
        wish="" if appeal.holder.kind == "clinic" else "fund",
    )


def _copy(file: Attachment, made: Appeal, *, at: datetime) -> None:
    Attachment.objects.create(
        appeal=made,
        name=file.name,
        stored_as=copy_of(file.stored_as),
        media_type=file.media_type,
        size=file.size,
        sha256=file.sha256,
        added_at=at,
        added_by=file.added_by,
    )
