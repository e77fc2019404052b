"""What is to be said in chats: written in the transaction of what it tells of, said afterwards, deleted once said."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from qorgau.lib.sealed import CannotUnseal, seal, unseal
from qorgau.lib.statements import all_rows
from qorgau.lib.telegram.says import Say, as_json, from_json, in_pieces
from qorgau.notices.chats.models import Saying

CLAIM = timedelta(minutes=1)
"""Longer than waiting for a free moment and a request to Telegram take together (`sender.py`, `wire.py`): 40 seconds.
As long as this what a killed sender had in hand is kept waiting.
"""

_PUT = """
INSERT INTO chats_saying (chat_id, content, made_at, due_at, attempts)
SELECT $1::bigint, content, $3::timestamptz, $3::timestamptz, 0
FROM unnest($2::bytea[]) WITH ORDINALITY AS said (content, place) ORDER BY place
RETURNING id
"""
_SAID = "DELETE FROM chats_saying WHERE id = $1 RETURNING id"
# The first of each chat alone: the second waits until the first is said, whoever says it.
_CLAIM = """
UPDATE chats_saying AS s SET claimed_until = $2::timestamptz, claimed_by = $4::int, attempts = s.attempts + 1
FROM (
    SELECT id FROM chats_saying AS o
    WHERE due_at <= $1::timestamptz AND (claimed_until IS NULL OR claimed_until <= $1::timestamptz)
        AND NOT EXISTS (SELECT FROM chats_saying AS e WHERE e.chat_id = o.chat_id AND e.id < o.id)
    ORDER BY due_at, id LIMIT $3::int FOR UPDATE SKIP LOCKED
) AS first
WHERE s.id = first.id
RETURNING s.id, s.chat_id, s.content, s.attempts, s.made_at
"""


@dataclass(frozen=True, slots=True)
class Claimed:
    """One saying that is ours to say now. ``say`` is None when what was kept cannot be read."""

    id: int
    chat: int
    say: Say | None
    attempts: int
    made_at: datetime


def put(chat: int, says: Iterable[Say], at: datetime) -> None:
    """Let it be said, in this order, after what waits for the chat already; long texts in pieces."""
    contents = [_sealed(piece) for say in says for piece in in_pieces(say)]
    if contents:
        all_rows(_PUT, (chat, contents, at))


def claim(at: datetime, limit: int, by: int | None = None) -> list[Claimed]:
    """What has been due for longest, at most one of each chat. A claim that nobody ends runs out by itself; that of a
    process (``by``, `lib/presence.py`) ends with it.
    """
    rows = all_rows(_CLAIM, (at, at + CLAIM, limit, by))
    return [Claimed(id, chat, _unsealed(bytes(content)), attempts, made) for id, chat, content, attempts, made in rows]


def said(claimed: Claimed) -> None:
    """It was said, or never will be."""
    all_rows(_SAID, (claimed.id,))


def put_off(claimed: Claimed, until: datetime) -> None:
    """Not before that moment."""
    Saying.objects.filter(pk=claimed.id).update(due_at=until, claimed_until=None)


def drop_all(chat: int) -> int:
    """Nothing that waits for this chat will be said; how much it was."""
    return Saying.objects.filter(chat_id=chat).delete()[0]


def _sealed(say: Say) -> bytes:
    return seal(json.dumps(as_json(say), ensure_ascii=False, separators=(",", ":")))


def _unsealed(content: bytes) -> Say | None:
    try:
        return from_json(json.loads(unseal(content)))
    except (CannotUnseal, ValueError, KeyError, TypeError):
        return None
