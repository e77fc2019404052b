"""Slowing down whoever asks much, without shutting anybody out.

Each measure counts the questions of one network, one device or about one person. So many in an hour go through at
once, and one more for each part of the hour that passes. Whoever asks faster is let through after a pause since the
last question, which doubles with each question too many, 5, 10, 20 … seconds, up to a longest one. Asking again too
early costs nothing: it is not counted and the pause does not grow.

Everything is one statement in an unlogged table, so all processes and machines count together.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from qorgau.lib.sealed import keyed_digest
from qorgau.lib.statements import first_row
from qorgau.people.models import Pace

FIRST_PAUSE = timedelta(seconds=5)


@dataclass(frozen=True, slots=True)
class Measure:
    """What is counted, for instance ("look-up", "network", "10.0.0.7"), and how many of it go through in an hour.

    ``an_hour`` of 0 is no limit.
    """

    what: tuple[str, ...]
    an_hour: int
    longest: timedelta


# Two questions at the very same moment may both find room for one; every one of them is counted.
_ASK = """
WITH measure AS (
    SELECT * FROM unnest($1::bytea[], $2::float8[], $3::float8[]) AS m (key, unit, longest)
), waits AS (
    SELECT max(p.asked_at + make_interval(secs => least(m.longest,
        $5::float8 * 2 ^ least(greatest(round((f.seconds - 3600) / m.unit), 0), 20)))) AS until
    FROM measure m JOIN people_pace p USING (key),
        LATERAL (SELECT extract(epoch FROM p.forgotten_at - $4::timestamptz)::float8) AS f (seconds)
    -- No room for one more within the hour; the thousandth forgives rounded microseconds.
    WHERE f.seconds > 3600 - m.unit + 0.001
), counted AS (
    INSERT INTO people_pace AS p (key, asked_at, forgotten_at)
    SELECT key, $4::timestamptz, $4::timestamptz + make_interval(secs => unit) FROM measure
    WHERE NOT EXISTS (SELECT FROM waits WHERE until > $4::timestamptz)
    ORDER BY key
    ON CONFLICT (key) DO UPDATE SET asked_at = EXCLUDED.asked_at,
        forgotten_at = greatest(p.forgotten_at, EXCLUDED.asked_at) + (EXCLUDED.forgotten_at - EXCLUDED.asked_at)
)
SELECT until FROM waits WHERE until > $4::timestamptz
"""


def wait_until(measures: Sequence[Measure], at: datetime) -> datetime | None:
    """Count a question in every measure, unless one of them wants a pause first: until when; None lets it through."""
    counted = [measure for measure in measures if measure.an_hour]
    if not counted:
        return None
    row = first_row(
        _ASK,
        (
            [keyed_digest("pace", "\n".join(measure.what)) for measure in counted],
            [3600 / measure.an_hour for measure in counted],
            [measure.longest.total_seconds() for measure in counted],
            at,
            FIRST_PAUSE.total_seconds(),
        ),
    )
    return row[0] if row else None


def forget_old(at: datetime) -> int:
    """Delete counts that can't matter any more; how many there were."""
    deleted, _by_model = Pace.objects.filter(forgotten_at__lt=at).delete()
    return deleted
