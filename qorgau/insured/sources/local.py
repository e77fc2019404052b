from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

import structlog
from django.db import InterfaceError, OperationalError, connection

from qorgau.insured.answers import Answer, Insured, NotAnswering, Unknown
from qorgau.insured.journal import Purpose
from qorgau.insured.person_key import person_key
from qorgau.insured.record import Attached, unpack
from qorgau.insured.rows import ROW_OF_PERSON
from qorgau.insured.temporary.granted import GRANTED_TO, granted_in, with_granted
from qorgau.lib.statements import all_rows, first_row

log = structlog.get_logger(__name__)

# One row always: without `as_of` nothing was ever loaded, without `paid` there is no such person. What was granted here
# lies beside the register; the few who have anything there are known on its days, whatever was loaded.
_ASK = """
WITH found AS MATERIALIZED (
    SELECT s.as_of, p.paid, p.last_months, p.categories, p.ahead, p.temporary, c.organisation, p.attached_since,
        g.granted, g.granted_holds
    FROM (VALUES (1)) AS one (id)
    CROSS JOIN (GRANTED_TO) AS g
    LEFT JOIN insured_serving s ON s.id = one.id
    LEFT JOIN LATERAL (ROW_OF_PERSON) AS p ON true
    LEFT JOIN insured_clinic c ON c.id = p.clinic
), line AS (
    INSERT INTO insured_lookup (person, at, purpose, who, answer)
    SELECT $1, clock_timestamp(), $2, $3,
        CASE WHEN granted_holds THEN 'found' WHEN as_of IS NULL THEN 'not_answering'
            WHEN paid IS NOT NULL THEN 'found' ELSE 'unknown' END
    FROM found
)
SELECT found.* FROM found""".replace("GRANTED_TO", GRANTED_TO).replace("ROW_OF_PERSON", ROW_OF_PERSON)

# The line need not wait for the disk: a look-up would mostly be that waiting. Should the machine lose its power, lines
# of the last half second are lost. Within a larger transaction it is not for us to say.
_ASK_ALONE = f"{_ASK}, (SELECT set_config('synchronous_commit', 'off', true)) AS at_once"


# A row for each person. The lines of the journal stand and fall with what the caller makes of the answers.
_ASK_PEOPLE = """
WITH found AS MATERIALIZED (
    SELECT one.person, s.as_of, p.paid, p.categories, p.ahead, p.temporary, g.granted, g.granted_holds
    FROM (SELECT DISTINCT unnest($1::uuid[]) AS person) AS one
    CROSS JOIN LATERAL (GRANTED_TO) AS g
    LEFT JOIN insured_serving s ON s.id = 1
    LEFT JOIN LATERAL (ROW_OF_PERSON) AS p ON true
), line AS (
    INSERT INTO insured_lookup (person, at, purpose, who, answer)
    SELECT person, clock_timestamp(), $2, $3,
        CASE WHEN paid IS NOT NULL OR granted_holds THEN 'found' ELSE 'unknown' END
    FROM found WHERE as_of IS NOT NULL
)
SELECT person, as_of, paid, categories, ahead, temporary, granted
FROM found""".replace("GRANTED_TO", GRANTED_TO.replace("$1", "one.person")).replace(
    "ROW_OF_PERSON", ROW_OF_PERSON.replace("$1", "one.person")
)


class Local:
    """The register that was loaded into our own database: one statement reads the row, what was granted beside it, and
    writes the journal.
    """

    def ask(self, iin: str, *, purpose: Purpose, who: str, on: date) -> Answer:
        values = (person_key(iin), purpose.value, who, on)
        if connection.in_atomic_block:
            row = first_row(_ASK, values)
        else:
            try:
                row = first_row(_ASK_ALONE, values)
            except (OperationalError, InterfaceError) as error:
                log.warning("insured_register_silent", reason=type(error).__name__)
                return NotAnswering(f"the database does not answer: {type(error).__name__}")
        assert row is not None, "the statement gives one row always"
        as_of, paid, last_months, categories, ahead, temporary, organisation, since, granted = row[:9]
        answer: Answer = Unknown(as_of) if as_of else NotAnswering("no register was ever loaded")
        if as_of and paid is not None:
            attached = Attached(organisation, since) if organisation else None
            answer = Insured(unpack(paid, last_months, categories, ahead, temporary, attached), as_of)
        return with_granted(answer, granted_in(granted), on) if granted else answer

    def ask_people(self, people: Sequence[UUID], *, purpose: Purpose, who: str, on: date) -> Mapping[UUID, Answer]:
        rows = all_rows(_ASK_PEOPLE, (list(people), purpose.value, who, on))
        return {person: _answer(on, *known) for person, *known in rows}


def _answer(
    on: date,
    as_of: date | None,
    paid: bytes | None,
    categories: bytes | None,
    ahead: bytes | None,
    temporary: bytes | None,
    granted: str | None,
) -> Answer:
    if as_of is None:
        return NotAnswering("no register was ever loaded")
    answer: Answer = Unknown(as_of)
    if paid is not None:
        answer = Insured(unpack(paid, categories=categories, ahead=ahead, temporary=temporary), as_of)
    return with_granted(answer, granted_in(granted), on) if granted else answer
