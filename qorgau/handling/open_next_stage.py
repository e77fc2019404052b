"""The applicant goes one step higher."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from qorgau.directory.reference import current
from qorgau.handling.moving import move
from qorgau.handling.reasons import require_words
from qorgau.intake.new_appeal import NewAppeal, Person, Receipt
from qorgau.intake.submit import submit
from qorgau.lib.sealed import unseal
from qorgau.people.models import Applicant
from qorgau.register import custody
from qorgau.register.actors import APPLICANT
from qorgau.register.change import SomebodyWasFaster
from qorgau.register.models import Appeal, Link
from qorgau.rules.kinds import Channel, Kind
from qorgau.rules.sentences import N_, Sentence
from qorgau.rules.states import Verb


def open_next_stage(
    appeal: Appeal,
    *,
    text: str,
    delivery_key: str,
    at: datetime,
    staged_files: Sequence[str] = (),
    channel: Channel = Channel.PORTAL,
) -> Receipt:
    """Register the next stage: a complaint to the desk above the one that answered, never to that one again.

    1. The new appeal has its own number and clock, is linked to this one, and carries over all that was said.
    2. The desk that gets it may read this one, whose answer it has to look into.
    3. This appeal keeps its state; its journal says which number goes on.

    The same delivery sent twice, one after the other or at once, gives the same receipt. Raises Problem (field `text`)
    when nothing is said, NotAllowed when there is no higher desk, it was opened before, or the time for it is over, and
    SameKeyOtherContent when the delivery said something else before.
    """
    text = require_words(text, "text", Sentence(N_("Write why the answer does not satisfy you.")))
    new = _next(appeal, text=text, delivery_key=delivery_key, at=at, staged_files=staged_files, channel=channel)
    if _came_before(appeal, delivery_key):
        return submit(new)
    try:
        with transaction.atomic():
            move(Verb.OPEN_NEXT_STAGE, appeal, by=APPLICANT, at=at)
            receipt = submit(new)
            custody.bring_in(appeal, current().desks[receipt.holder_id])
    except SomebodyWasFaster:
        if not _came_before(appeal, delivery_key):
            raise
        return submit(new)
    return receipt


def _came_before(appeal: Appeal, delivery_key: str) -> bool:
    return Link.objects.filter(earlier=appeal, type="stage_after", appeal__delivery_key=delivery_key).exists()


def _next(
    appeal: Appeal, *, text: str, delivery_key: str, at: datetime, staged_files: Sequence[str], channel: Channel
) -> NewAppeal:
    return NewAppeal(
        channel=channel,
        text=text,
        delivery_key=delivery_key,
        received_at=at,
        kind=Kind.COMPLAINT,
        language=appeal.language,
        applicant=again(appeal.applicant),
        patient=again(appeal.patient) if appeal.patient else None,
        relation=appeal.relation,
        anonymous=appeal.applicant.anonymous,
        preferred_channel=appeal.applicant.preferred_channel,
        region=appeal.region.kato if appeal.region else "",
        organisation_id=appeal.organisation_id,
        organisation_as_said=appeal.organisation_as_said,
        topic=appeal.topic.code if appeal.topic else "",
        event_date=appeal.event_date or appeal.event_date_as_said or None,
        circumstances=appeal.circumstances,
        desired_outcome=appeal.desired_outcome,
        sensitive=appeal.sensitive,
        staged_files=tuple(staged_files),
        stage_after_id=appeal.pk,
        same_as_id=appeal.applicant_id,
        answered_by_desk_kind=appeal.holder.kind,
    )


def again(person: Applicant) -> Person:
    """Somebody in the register as they would introduce themselves once more."""
    return Person(
        surname=person.surname,
        given_name=person.given_name,
        patronymic=person.patronymic,
        iin=unseal(bytes(person.iin_sealed)) if person.iin_sealed else "",
        phone=person.phone or person.phone_as_said,
        email=person.email,
        postal_address=person.postal_address,
    )
