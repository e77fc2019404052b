"""The one way in. Whatever the door, an appeal becomes a row, a number and a lawful clock here, in one transaction."""

from dataclasses import fields
from hashlib import blake2b

from django.db import transaction

from qorgau.directory.reference import current
from qorgau.intake.attachments import attach
from qorgau.intake.checks import Checked, Known, check
from qorgau.intake.clinic_choice import verdict_on
from qorgau.intake.earlier import Earlier, serial_and_earlier
from qorgau.intake.new_appeal import NewAppeal, Receipt
from qorgau.intake.placing import Place, Terms, place, terms
from qorgau.lib.sealed import keyed_hash, same, seal
from qorgau.notices.chats.reaching import chats_reaching
from qorgau.notices.outbox import clause
from qorgau.notices.topics import Topic
from qorgau.people.applicants import hash_of_what_is_shown
from qorgau.people.consents import consents_given
from qorgau.people.identities import identities_of
from qorgau.register.access import access_code, code_of_registering
from qorgau.register.clinic_choice import chooses
from qorgau.register.models import Appeal
from qorgau.register.record import DeliveredBefore, Entry, PersonEntry, link_to, record
from qorgau.rules.attachment import Verdict
from qorgau.rules.kinds import Channel, procedure_of
from qorgau.rules.numbers import make_number
from qorgau.rules.problems import SameKeyOtherContent
from qorgau.rules.sentences import N_, Sentence


def submit(new: NewAppeal) -> Receipt:
    """Register an appeal and say its number, its code and when it is due.

    Sending the same delivery again gives the same receipt; nothing is made twice. Raises Problem when the text is
    empty or endless or a file cannot be taken, and SameKeyOtherContent when the delivery key belongs to other content.
    """
    checked = check(new)
    digest = _digest(checked.new)
    reference = current()
    where = place(checked.new, reference)
    clocks = terms(checked.new, where, reference)
    applicant = _person(checked.applicant, checked.new)
    begun = serial_and_earlier(
        checked,
        year=clocks.registered_on.year,
        iin_hash=applicant.iin_hash,
        organisation_id=where.organisation.pk if where.organisation else None,
    )
    if begun is None:
        return _same_receipt(checked.new, digest)
    serial, before = begun
    if checked.new.split_from_id:
        before = None  # of course it says what the first one says
    if checked.new.choice and checked.patient:
        before = None  # whoever asks for each of their children says the same of all
    number = make_number(clocks.registered_on.year, serial)
    verdict = verdict_on(checked.new.choice, new.received_at, reference) if checked.new.choice else None
    entry = _entry(checked, digest, where, clocks, applicant, before)
    try:
        _write(entry, number, checked.new, before, verdict)
    except DeliveredBefore:
        return _same_receipt(checked.new, digest)
    return Receipt(
        number=number,
        access_code=access_code(number),
        received_at=new.received_at,
        registered_on=clocks.registered_on,
        due_on=clocks.due_on,
        holder_id=where.desk.pk,
        repeats=before.number if before else "",
    )


def _write(entry: Entry, number: str, new: NewAppeal, before: Earlier | None, verdict: Verdict | None) -> None:
    besides = []
    if not new.split_from_id and new.channel is not Channel.TELEGRAM:  # the bot says it itself
        facts = {"due_on": min(clock.due_on for clock in entry.clocks)}
        besides.append(
            clause(
                topic=Topic.RECEIPT,
                appeal_number=number,
                applicant=entry.applicant,
                chats=chats_reaching(new.same_as_id),
                facts=facts,
                at=new.received_at,
            )
        )
    if new.same_as_id:
        besides.append(identities_of(new.same_as_id))
    if new.split_from_id:
        besides.append(link_to(new.split_from_id, "split_from", at=new.received_at))
    elif new.stage_after_id:
        besides.append(link_to(new.stage_after_id, "stage_after", at=new.received_at))
    elif before:
        besides.append(link_to(before.id, before.link, at=new.received_at))
    if verdict:
        besides.append(chooses(verdict))
    if new.consents:
        besides.append(consents_given(new.consents, at=new.received_at))
    if not new.staged_files and not transaction.get_connection().in_atomic_block:
        record(entry, number=number, besides=besides)  # one statement needs no transaction around it
        return
    with transaction.atomic():
        written = record(entry, number=number, besides=besides)
        attach(Appeal(pk=written.id, number=number), new.staged_files, at=new.received_at)


def _entry(
    checked: Checked, digest: bytes, where: Place, clocks: Terms, applicant: PersonEntry, before: Earlier | None
) -> Entry:
    new = checked.new
    flags = (*new.remarks, *checked.flags, *where.flags)
    if before:
        flags = (*flags, Sentence(N_("It seems to repeat appeal {number}."), {"number": before.number}))
    return Entry(
        delivery_key=new.delivery_key,
        content_digest=digest,
        kind=new.kind.value,
        procedure=procedure_of(new.kind).value,
        channel=new.channel.value,
        language=new.language,
        text=new.text,
        circumstances=new.circumstances,
        desired_outcome=new.desired_outcome,
        event_date=checked.event_date,
        event_date_as_said=checked.event_date_as_said,
        topic_id=where.topic.pk if where.topic else None,
        region_id=where.region.pk if where.region else None,
        organisation_id=where.organisation.pk if where.organisation else None,
        organisation_as_said=new.organisation_as_said,
        applicant=applicant,
        patient=_person(checked.patient, new) if checked.patient else None,
        relation=new.relation,
        sensitive=where.sensitive,
        flags=flags,
        taken_by_id=new.taken_by_id,
        received_at=new.received_at,
        registered_on=clocks.registered_on,
        holder_id=where.desk.pk,
        because=where.because,
        clocks=clocks.entries,
    )


def _person(person: Known, new: NewAppeal) -> PersonEntry:
    said = person.said
    iin = person.iin or person.iin_as_said
    return PersonEntry(
        surname=said.surname,
        given_name=said.given_name,
        patronymic=said.patronymic,
        iin_sealed=seal(iin) if iin else None,
        iin_hash=keyed_hash(person.iin) if person.iin else None,
        iin_shown_hash=hash_of_what_is_shown(iin),
        phone=person.phone,
        phone_as_said=said.phone if not person.phone else "",
        email=person.email,
        postal_address=said.postal_address,
        language=new.language,
        preferred_channel=new.preferred_channel,
        anonymous=new.anonymous,
    )


def _same_receipt(new: NewAppeal, digest: bytes) -> Receipt:
    appeal = Appeal.objects.get(delivery_key=new.delivery_key)
    if not same(bytes(appeal.content_digest), digest):
        raise SameKeyOtherContent(
            Sentence(N_("This form was sent before with other content, as appeal {number}."), {"number": appeal.number})
        )
    return Receipt(
        number=appeal.number,
        access_code=code_of_registering(appeal),
        received_at=appeal.received_at,
        registered_on=appeal.registered_on,
        due_on=appeal.due_on,
        holder_id=appeal.holder_id,
        repeated=True,
    )


def _digest(new: NewAppeal) -> bytes:
    """What makes two deliveries the same: all that was said, but not how or when it came nor under which file token."""
    said = "\x1f".join(str(getattr(new, name)) for name in _SAID)
    return blake2b(f"{said}\x1f{len(new.staged_files)}".encode(), digest_size=16).digest()


_SAID = tuple(
    field.name
    for field in fields(NewAppeal)
    if field.name not in ("received_at", "delivery_key", "staged_files", "taken_by_id", "same_as_id", "remarks")
)
