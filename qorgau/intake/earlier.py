"""Recognising a repeat: the same person, the same organisation, close words. It is linked, never refused."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import connection

from qorgau.intake.checks import Checked
from qorgau.rules.likeness import LIKELY_DUPLICATE, likeness
from qorgau.rules.states import OPEN

# How far back and how many: a person who writes every week is compared with the last few only.
_LOOK_BACK = timedelta(days=365)
_AT_MOST = 5

# Found by identity number, telephone or address, never by name: names are shared by thousands.
_EARLIER = """
    SELECT a.id, a.number, a.state, a.text, a.received_at
    FROM people_applicant p JOIN register_appeal a ON a.applicant_id = p.id
    WHERE p.id IN (
        SELECT id FROM people_applicant WHERE %s::bytea IS NOT NULL AND iin_hash = %s
        UNION SELECT id FROM people_applicant WHERE phone = %s AND phone <> ''
        UNION SELECT id FROM people_applicant WHERE email = %s AND email <> ''
    )
    AND a.organisation_id IS NOT DISTINCT FROM %s::bigint AND a.received_at >= %s
    ORDER BY a.received_at DESC LIMIT %s
"""


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier appeal that the new one seems to repeat."""

    id: int
    number: str
    link: str


def earlier(checked: Checked, iin_hash: bytes | None, organisation_id: int | None) -> Earlier | None:
    """The closest earlier appeal of this person about this organisation, if its words are close enough.

    While the earlier one is still open the new one is a likely duplicate of it, afterwards a repeat.
    """
    person = checked.applicant
    if iin_hash is None and not person.phone and not person.email:
        return None
    since = checked.new.received_at - _LOOK_BACK
    with connection.cursor() as cursor:
        cursor.execute(_EARLIER, [iin_hash, iin_hash, person.phone, person.email, organisation_id, since, _AT_MOST])
        rows = cursor.fetchall()
    scored = [(likeness(checked.new.text, text), id_, number, state) for id_, number, state, text, _ in rows]
    if not scored:
        return None
    score, id_, number, state = max(scored)
    if score < LIKELY_DUPLICATE:
        return None
    return Earlier(id_, number, "duplicate_of" if state in OPEN else "repeat_of")
