"""Before an appeal is written: its serial number, and whether it repeats an earlier one.

A repeat is the same person, the same organisation and close words. It is linked, never refused.
"""

import json
from dataclasses import dataclass
from datetime import timedelta

from qorgau.intake.checks import Checked
from qorgau.lib.statements import first_row
from qorgau.rules.likeness import LIKELY_DUPLICATE, likeness
from qorgau.rules.states import OPEN

# How far back and how many: a person who writes every week is compared with the last few only.
_LOOK_BACK = timedelta(days=365)
_AT_MOST = 5

# One trip for both. A delivery that came before takes no number, so that numbers have no gaps by repeats.
_SERIAL = """
    SELECT nextval($1::regclass){earlier}
    WHERE NOT EXISTS (SELECT 1 FROM register_appeal WHERE delivery_key = $2)
"""
# Found by identity number, telephone or address, never by name: names are shared by thousands.
_EARLIER = """, (
        SELECT json_agg(row_to_json(found))::text FROM (
            SELECT a.id, a.number, a.state, a.text
            FROM register_appeal a
            WHERE a.applicant_id IN (
                SELECT id FROM people_applicant WHERE iin_hash = $3::bytea
                UNION SELECT id FROM people_applicant WHERE phone = $4 AND phone <> ''
                UNION SELECT id FROM people_applicant WHERE email = $5 AND email <> ''
            )
            AND a.organisation_id IS NOT DISTINCT FROM $6::bigint AND a.received_at >= $7
            ORDER BY a.received_at DESC LIMIT $8
        ) AS found
    )"""
_SERIAL_ALONE = _SERIAL.format(earlier=", NULL")
_SERIAL_AND_EARLIER = _SERIAL.format(earlier=_EARLIER)


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier appeal that the new one seems to repeat, and how they belong together."""

    id: int
    number: str
    link: str


def serial_and_earlier(
    checked: Checked, *, year: int, iin_hash: bytes | None, organisation_id: int | None
) -> tuple[int, Earlier | None] | None:
    """The next serial number of the year and the earlier appeal that this one repeats, if any.

    None when this very delivery came before.
    """
    new, person = checked.new, checked.applicant
    start = [f"register_serial_{year}", new.delivery_key]
    if iin_hash is None and not person.phone and not person.email:
        row = first_row(_SERIAL_ALONE, start)
    else:
        row = first_row(
            _SERIAL_AND_EARLIER,
            [*start, iin_hash, person.phone, person.email, organisation_id, new.received_at - _LOOK_BACK, _AT_MOST],
        )
    if row is None:
        return None
    return row[0], _closest(new.text, row[1])


def _closest(text: str, found: str | None) -> Earlier | None:
    """While the earlier appeal is still open the new one is a likely duplicate of it, afterwards a repeat."""
    if not found:
        return None
    scored = [(likeness(text, one["text"]), one["id"], one) for one in json.loads(found)]
    score, _, one = max(scored)
    if score < LIKELY_DUPLICATE:
        return None
    return Earlier(one["id"], one["number"], "duplicate_of" if one["state"] in OPEN else "repeat_of")
