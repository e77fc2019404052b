"""How much a key may ask in a minute and on a day, all processes together.

A row in the database counts. A process takes permits from it in handfuls that grow while it is asked a lot (1, 2, 4 …),
so that a busy partner does not cost one statement more for each request; what is left of a handful when its minute is
over goes back to the day with the next one. Nobody ever gets more than the quota. Near its end handfuls become small,
so that little lies unused in other processes.
"""

import math
import threading
import time
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db import connection

from qorgau.lib.statements import first_row

_LARGEST_HANDFUL = 1_024

_TAKE = """
WITH clock AS (
    SELECT clock_timestamp() AS at, date_trunc('minute', clock_timestamp()) AS minute,
        (clock_timestamp() AT TIME ZONE $5)::date AS day
), held AS (
    SELECT c.at, c.minute, c.day, k.per_minute, k.per_day,
        CASE WHEN u.minute = c.minute THEN u.in_minute ELSE 0 END AS in_minute,
        CASE WHEN u.day = c.day THEN greatest(u.in_day - CASE WHEN $4 = c.day THEN $3 ELSE 0 END, 0) ELSE 0 END
            AS in_day
    FROM partners_use u JOIN partners_partnerkey k ON k.id = u.key_id, clock c
    WHERE u.key_id = $1 FOR UPDATE OF u
), given AS (
    SELECT *, greatest(least($2, greatest(rest / 8, 1), rest), 0) AS permits
    FROM (SELECT *, least(per_minute - in_minute, per_day - in_day) AS rest FROM held) AS counted
)
UPDATE partners_use u SET minute = g.minute, in_minute = g.in_minute + g.permits, day = g.day,
    in_day = g.in_day + g.permits, last_used_at = g.at
FROM given g WHERE u.key_id = $1
RETURNING g.permits, g.day,
    extract(epoch FROM g.minute + interval '1 minute' - g.at)::float8 AS minute_left,
    CASE WHEN g.in_day >= g.per_day THEN extract(epoch FROM (g.day + 1)::timestamp AT TIME ZONE $5 - g.at)::float8
    ELSE 0 END AS day_left"""

# The count need not wait for the disk; see `insured/sources/local.py`.
_TAKE_ALONE = f"{_TAKE}, set_config('synchronous_commit', 'off', true)"


@dataclass(slots=True)
class _Handful:
    """Permits of one process for the rest of one minute; `wait_until` when there was none to get."""

    left: int
    size: int
    day: date
    ends: float
    wait_until: float


_handfuls: dict[int, _Handful] = {}
_lock = threading.Lock()


def seconds_to_wait(key_id: int) -> int:
    """Take one permit: 0 when there was one, else in how many seconds it is worth to ask again."""
    with _lock:
        now = time.monotonic()
        held = _handfuls.get(key_id)
        if held is None or held.ends <= now or (held.left == 0 and held.wait_until <= now):
            held = _handfuls[key_id] = _take(key_id, held, now)
        if held.left:
            held.left -= 1
            return 0
        return max(math.ceil(held.wait_until - now), 1)


def forget() -> None:
    """Hold no permits; for tests."""
    with _lock:
        _handfuls.clear()


def _take(key_id: int, before: _Handful | None, now: float) -> _Handful:
    in_same_minute = before is not None and now < before.ends
    wanted = min(before.size * 2, _LARGEST_HANDFUL) if before is not None and in_same_minute else 1
    unused, day = (before.left, before.day) if before is not None else (0, None)
    statement = _TAKE if connection.in_atomic_block else _TAKE_ALONE
    row = first_row(statement, (key_id, wanted, unused, day, settings.TIME_ZONE))
    assert row is not None, "every key has its row"
    permits, day, minute_left, day_left = row[:4]
    ends = now + minute_left
    return _Handful(permits, wanted, day, ends, 0.0 if permits else max(ends, now + day_left))
