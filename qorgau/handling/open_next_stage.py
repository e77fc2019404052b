"""The applicant goes one step higher."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from qorgau.handling.moving import move
from qorgau.handling.reasons import require_words
from qorgau.intake.new_appeal import NewAppeal, Person, Receipt
from qorgau.intake.submit import submit
from qorgau.lib.sealed import unseal
from qorgau.people.models import Applicant
from qorgau.register.access import access_code
from qorgau.register.actors import APPLICANT
from qorgau.register.models import Appeal, Link
from qorgau.rules.kinds import Channel, Kind
from qorgau.rules.sentences import N_, Sentence
from qorgau.rules.states import Verb


@transaction.atomic
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

    1. The new appeal has its own number and clock, is linked to this one, and carries who it is about over.
    2. This appeal keeps its state; its journal says which number goes on.

    The same delivery sent twice gives the same receipt. Raises Problem (field `text`) when nothing is said, NotAllowed
    when there is no higher desk, it was opened before, or the time for it is over.
    """
    text = require_words(text, "text", Sentence(N_("Write why the answer does not satisfy you.")))
    following = Link.objects.filter(earlier=appeal, type="stage_after", appeal__delivery_key=delivery_key).first()
    if following is not None:
        return _receipt_again(following.appeal)
    move(Verb.OPEN_NEXT_STAGE, appeal, by=APPLICANT, at=at)
    return submit(
        NewAppeal(
            channel=channel,
            text=text,
            delivery_key=delivery_key,
            received_at=at,
            kind=Kind.COMPLAINT,
            language=appeal.language,
            applicant=_again(appeal.applicant),
            patient=_again(appeal.patient) if appeal.patient else None,
            relation=appeal.relation,
            anonymous=appeal.applicant.anonymous,
            preferred_channel=appeal.applicant.preferred_channel,
            region=appeal.region.kato if appeal.region else "",
            organisation_id=appeal.organisation_id,
            organisation_as_said=appeal.organisation_as_said,
            topic=appeal.topic.code if appeal.topic else "",
            event_date=appeal.event_date,
            circumstances=appeal.circumstances,
            sensitive=appeal.sensitive,
            staged_files=tuple(staged_files),
            stage_after_id=appeal.pk,
            answered_by_desk_kind=appeal.holder.kind,
        )
    )


def _again(person: Applicant) -> Person:
    return Person(
        surname=person.surname,
        given_name=person.given_name,
        patronymic=person.patronymic,
        iin=unseal(bytes(person.iin_sealed)) if person.iin_sealed else "",
        phone=person.phone or person.phone_as_said,
        email=person.email,
        postal_address=person.postal_address,
    )


def _receipt_again(appeal: Appeal) -> Receipt:
    return Receipt(
        number=appeal.number,
        access_code=access_code(appeal.number, appeal.code_version),
        received_at=appeal.received_at,
        registered_on=appeal.registered_on,
        due_on=appeal.due_on,
        holder_id=appeal.holder_id,
        repeated=True,
    )
