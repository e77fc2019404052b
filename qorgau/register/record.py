"""Writing a new appeal: the person, the appeal, its desk, its clocks and the first journal line.

One statement, one trip to the database, whole or not at all. Intake decides everything that stands in it.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError

from qorgau.lib.statements import Clause, first_row, with_clauses
from qorgau.register.journal import FIRST, line_hash
from qorgau.register.words import lexemes
from qorgau.rules.deadlines import Sheet
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
    iin_shown_hash: bytes | None
    phone: str
    phone_as_said: str
    email: str
    postal_address: str
    language: str
    preferred_channel: str
    anonymous: bool


@dataclass(frozen=True, slots=True)
class ClockEntry:
    """A term that begins to run: when it ends, and its row as JSON (purpose, policy_id, due_on, sheet)."""

    due_on: date
    row: str

    @classmethod
    def of(cls, sheet: Sheet) -> "ClockEntry":
        """The clock of a computation sheet."""
        row = {
            "purpose": sheet.policy.purpose.value,
            "policy_id": sheet.policy.row_id,
            "due_on": sheet.due_on.isoformat(),
            "sheet": sheet.to_json(),
        }
        return cls(sheet.due_on, _json(row))


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
    "INSERT INTO people_applicant (surname, given_name, patronymic, iin_sealed, iin_hash, iin_shown_hash, phone, "
    "phone_as_said, email, postal_address, language, preferred_channel, anonymous)"
)
_APPLICANT = _PERSON + " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) RETURNING id"
_APPEAL = """
    INSERT INTO register_appeal (number, delivery_key, content_digest, code_version, kind, procedure, channel, language,
        text, circumstances, desired_outcome, event_date, event_date_as_said, topic_id, region_id, organisation_id,
        organisation_as_said, applicant_id, patient_id, relation, sensitive, flags, taken_by_id, received_at,
        registered_on, state, holder_id, due_on, overdue, waiting_since, because, version, journal_head)
    SELECT $1::text, $2::text, $3::bytea, 1, $4::text, $5::text, $6::text, $7::text,
        $8::text, $9::text, $10::text, $11::date, $12::text, $13::bigint, $14::bigint, $15::bigint,
        $16::text, applicant.id, %s, $17::text, $18::boolean, $19::jsonb, $20::bigint,
        $21::timestamptz, $22::date, $23::text, $24::bigint, $25::date, false, $21, $26::jsonb, 1, $27::bytea
    FROM applicant RETURNING id, applicant_id
"""
_CUSTODY = """
    INSERT INTO register_custody (appeal_id, desk_id, since, because)
    SELECT id, $1::bigint, $2::timestamptz, $3::jsonb FROM appeal
"""
_PARTICIPATION = """
    INSERT INTO register_participation (appeal_id, desk_id, received_at, kind, channel, language, topic_id, region_id,
        is_open, elsewhere)
    SELECT id, $1::bigint, $2::timestamptz, $3::text, $4::text, $5::text, $6::bigint, $7::bigint, true, false
    FROM appeal
"""
_CLOCKS = """
    INSERT INTO register_clock (appeal_id, purpose, policy_id, started_at, due_on, sheet, days_over, extension_reason)
    SELECT appeal.id, c.purpose, c.policy_id, $1::timestamptz, c.due_on, c.sheet, 0, ''
    FROM appeal, jsonb_to_recordset($2::jsonb) AS c(purpose text, policy_id bigint, due_on date, sheet jsonb)
"""
_JOURNAL = """
    INSERT INTO register_journalline (appeal_id, sequence, at, actor, staff_id, verb, before, after, because,
        previous_hash, hash)
    SELECT id, 1, $1::timestamptz, $2::text, $3::bigint, 'register', '{}'::jsonb, $4::jsonb, $5::jsonb, $6::bytea,
        $7::bytea
    FROM appeal
"""
_WORDS = """
    INSERT INTO register_appealwords (appeal_id, lexemes)
    SELECT id, array_to_tsvector(string_to_array($1::text, ' ')) FROM appeal
"""
_LINK = """
    INSERT INTO register_link (appeal_id, earlier_id, type, at)
    SELECT id, $1::bigint, $2::text, $3::timestamptz FROM appeal
"""


def record(entry: Entry, *, number: str, besides: Sequence[Clause] = ()) -> Recorded:
    """Write the appeal under its number, and what belongs to it, in one statement: all of it or nothing.

    Clauses besides may write rows of their own from `appeal (id, applicant_id)`. Raises DeliveredBefore when the
    delivery key is taken.
    """
    statement, parameters = with_clauses(
        (*_clauses(entry, number), *besides), "SELECT appeal.id, appeal.applicant_id FROM appeal"
    )
    try:
        row = first_row(statement, parameters)
    except IntegrityError as error:
        if "delivery_key" in str(error):
            raise DeliveredBefore from error
        raise
    assert row is not None, "the statement returns what it wrote"
    return Recorded(row[0], number, row[1])


def link_to(earlier_id: int, link: str, *, at: datetime) -> Clause:
    """A clause besides: the new appeal belongs to an earlier one."""
    return Clause("link", _LINK, (earlier_id, link, at))


def _clauses(entry: Entry, number: str) -> list[Clause]:
    because = entry.because.to_json()
    because_json = _json(because)
    after = {"state": State.REGISTERED.value, "holder": entry.holder_id, "channel": entry.channel, "kind": entry.kind}
    actor = "staff" if entry.taken_by_id else "door"
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
    journal = (entry.received_at, actor, entry.taken_by_id, _json(after), because_json, FIRST, head)
    clauses = [
        Clause("applicant", _APPLICANT, _person(entry.applicant)),
        Clause("appeal", _APPEAL % _NO_PATIENT, _appeal(entry, number, because_json, head)),
        Clause("custody", _CUSTODY, (entry.holder_id, entry.received_at, because_json)),
        Clause("participation", _PARTICIPATION, _participation(entry)),
        Clause("clocks", _CLOCKS, (entry.received_at, f"[{','.join(clock.row for clock in entry.clocks)}]")),
        Clause("journal", _JOURNAL, journal),
        Clause("words", _WORDS, (_words(entry),)),
    ]
    if entry.patient is not None:
        clauses[1] = Clause("appeal", _APPEAL % _A_PATIENT, clauses[1].parameters)
        clauses.insert(0, Clause("patient", _APPLICANT, _person(entry.patient)))
    return clauses


_NO_PATIENT = "NULL::bigint"
_A_PATIENT = "(SELECT id FROM patient)"


def _appeal(entry: Entry, number: str, because: str, head: bytes) -> tuple[Any, ...]:
    return (
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
        _json([flag.to_json() for flag in entry.flags]),
        entry.taken_by_id,
        entry.received_at,
        entry.registered_on,
        State.REGISTERED.value,
        entry.holder_id,
        min(clock.due_on for clock in entry.clocks),
        because,
        head,
    )


def _participation(entry: Entry) -> tuple[Any, ...]:
    came = (entry.received_at, entry.kind, entry.channel, entry.language, entry.topic_id, entry.region_id)
    return (entry.holder_id, *came)


def _words(entry: Entry) -> str:
    """With blanks between them: there is none in a lexeme, and psycopg takes its time over an array."""
    people = (entry.applicant, *((entry.patient,) if entry.patient else ()))
    found = lexemes(
        (entry.text, entry.circumstances, entry.desired_outcome, entry.organisation_as_said),
        (name for person in people for name in (person.surname, person.given_name, person.patronymic)),
    )
    return " ".join(found)


def _person(person: PersonEntry) -> tuple[Any, ...]:
    return (
        person.surname,
        person.given_name,
        person.patronymic,
        person.iin_sealed,
        person.iin_hash,
        person.iin_shown_hash,
        person.phone,
        person.phone_as_said,
        person.email,
        person.postal_address,
        person.language,
        person.preferred_channel,
        person.anonymous,
    )


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
