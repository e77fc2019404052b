"""Writing a new appeal: the person, the appeal, its desk, its clocks and the first journal line.

One statement, one trip to the database. Intake decides everything that stands in it.
"""

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError

from qorgau.lib.statements import one_row
from qorgau.register.journal import FIRST, line_hash
from qorgau.rules.numbers import make_number
from qorgau.rules.sentences import Sentence
from qorgau.rules.states import State


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonEntry:
    """A row of people_applicant."""

    surname: str
    given_name: str
    patronymic: str
    iin_sealed: bytes | None
    iin_hash: bytes | None
    phone: str
    phone_as_said: str
    email: str
    postal_address: str
    language: str
    preferred_channel: str
    anonymous: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockEntry:
    """A term that begins to run."""

    purpose: str
    policy_id: int
    due_on: date
    sheet: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """All that is written when an appeal is registered."""

    delivery_key: str
    content_digest: bytes
    kind: str
    procedure: str
    channel: str
    language: str
    text: str
    circumstances: str
    desired_outcome: str
    event_date: date | None
    event_date_as_said: str
    topic_id: int | None
    region_id: int | None
    organisation_id: int | None
    organisation_as_said: str
    applicant: PersonEntry
    patient: PersonEntry | None
    relation: str
    sensitive: bool
    flags: tuple[Sentence, ...]
    taken_by_id: int | None
    received_at: datetime
    registered_on: date
    holder_id: int
    because: Sentence
    clocks: tuple[ClockEntry, ...]


@dataclass(frozen=True, slots=True)
class Recorded:
    """The identity of an appeal that was just written."""

    id: int
    number: str
    applicant_id: int


class DeliveredBefore(Exception):
    """An appeal with this delivery key exists already."""


_PERSON = (
    "INSERT INTO people_applicant (surname, given_name, patronymic, iin_sealed, iin_hash, phone, phone_as_said, email, "
    "postal_address, language, preferred_channel, anonymous)"
)

_RECORD = f"""
WITH applicant AS (
    {_PERSON} VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) RETURNING id
), patient AS (
    {_PERSON}
    SELECT $13::text, $14::text, $15::text, $16::bytea, $17::bytea, $18::text, $19::text, $20::text, $21::text,
        $22::text, $23::text, $24::boolean
    WHERE $25::boolean RETURNING id
), appeal AS (
    INSERT INTO register_appeal (number, delivery_key, content_digest, code_version, kind, procedure, channel, language,
        text, circumstances, desired_outcome, event_date, event_date_as_said, topic_id, region_id, organisation_id,
        organisation_as_said, applicant_id, patient_id, relation, sensitive, flags, taken_by_id, received_at,
        registered_on, state, holder_id, due_on, overdue, waiting_since, because, version, journal_head)
    SELECT $26::text, $27::text, $28::bytea, 1, $29::text, $30::text, $31::text, $32::text,
        $33::text, $34::text, $35::text, $36::date, $37::text, $38::bigint, $39::bigint, $40::bigint,
        $41::text, applicant.id, (SELECT id FROM patient), $42::text, $43::boolean, $44::jsonb, $45::bigint,
        $46::timestamptz, $47::date, $48::text, $49::bigint, $50::date, false, $46, $51::jsonb, 1, $52::bytea
    FROM applicant RETURNING id, applicant_id
), custody AS (
    INSERT INTO register_custody (appeal_id, desk_id, since, because) SELECT id, $49, $46, $51 FROM appeal
), participation AS (
    INSERT INTO register_participation (appeal_id, desk_id) SELECT id, $49 FROM appeal
), clocks AS (
    INSERT INTO register_clock (appeal_id, purpose, policy_id, started_at, due_on, sheet, days_over, extension_reason)
    SELECT appeal.id, c.purpose, c.policy_id, $46, c.due_on, c.sheet, 0, ''
    FROM appeal, jsonb_to_recordset($53::jsonb) AS c(purpose text, policy_id bigint, due_on date, sheet jsonb)
), journal AS (
    INSERT INTO register_journalline (appeal_id, sequence, at, actor, staff_id, verb, before, after, because,
        previous_hash, hash)
    SELECT id, 1, $46, $54::text, $45, 'register', '{{}}'::jsonb, $55::jsonb, $51, $56::bytea, $52 FROM appeal
)
SELECT id, applicant_id FROM appeal
"""  # noqa: S608 - only our own column list is put in; every value is a parameter


def record(entry: Entry) -> Recorded:
    """Write the appeal. Must run inside a transaction; raises DeliveredBefore when the delivery key is taken."""
    year = entry.registered_on.year
    (serial,) = one_row("SELECT nextval($1::regclass)", [f"register_serial_{year}"])
    number = make_number(year, serial)
    try:
        id_, applicant_id = one_row(_RECORD, _parameters(entry, number))
    except IntegrityError as error:
        if "delivery_key" in str(error):
            raise DeliveredBefore from error
        raise
    return Recorded(id_, number, applicant_id)


def _parameters(entry: Entry, number: str) -> list[Any]:
    because = entry.because.to_json()
    because_json = json.dumps(because, ensure_ascii=False)
    actor = "staff" if entry.taken_by_id else "door"
    after = {"state": State.REGISTERED.value, "holder": entry.holder_id, "channel": entry.channel, "kind": entry.kind}
    head = line_hash(
        FIRST,
        number=number,
        sequence=1,
        at=entry.received_at,
        actor=actor,
        staff_id=entry.taken_by_id,
        verb="register",
        before={},
        after=after,
        because=because,
    )
    clocks = [
        {"purpose": c.purpose, "policy_id": c.policy_id, "due_on": c.due_on.isoformat(), "sheet": c.sheet}
        for c in entry.clocks
    ]
    nobody = PersonEntry(
        surname="", given_name="", patronymic="", iin_sealed=None, iin_hash=None, phone="", phone_as_said="", email="",
        postal_address="", language=entry.language, preferred_channel="", anonymous=False,
    )  # fmt: skip
    return [
        *_person(entry.applicant),
        *_person(entry.patient or nobody),
        entry.patient is not None,
        number,
        entry.delivery_key,
        entry.content_digest,
        entry.kind,
        entry.procedure,
        entry.channel,
        entry.language,
        entry.text,
        entry.circumstances,
        entry.desired_outcome,
        entry.event_date,
        entry.event_date_as_said,
        entry.topic_id,
        entry.region_id,
        entry.organisation_id,
        entry.organisation_as_said,
        entry.relation,
        entry.sensitive,
        json.dumps([flag.to_json() for flag in entry.flags], ensure_ascii=False),
        entry.taken_by_id,
        entry.received_at,
        entry.registered_on,
        State.REGISTERED.value,
        entry.holder_id,
        min(c.due_on for c in entry.clocks),
        because_json,
        head,
        json.dumps(clocks, ensure_ascii=False),
        actor,
        json.dumps(after),
        FIRST,
    ]


def _person(person: PersonEntry) -> tuple[Any, ...]:
    return (
        person.surname,
        person.given_name,
        person.patronymic,
        person.iin_sealed,
        person.iin_hash,
        person.phone,
        person.phone_as_said,
        person.email,
        person.postal_address,
        person.language,
        person.preferred_channel,
        person.anonymous,
    )
