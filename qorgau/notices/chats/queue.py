"""What is to be said in chats: written in the transaction of what it tells of, said afterwards, deleted once said."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F

from qorgau.lib.sealed import CannotUnseal, seal, unseal
from qorgau.lib.statements import all_rows
from qorgau.lib.telegram.says import Message, Say, as_json, from_json, in_pieces
from qorgau.notices.chats.models import GivenReceipt, Saying

CLAIM = timedelta(minutes=1)
"""Longer than waiting for a free moment and a request to Telegram take together (`sender.py`, `wire.py`): 40 seconds.
As long as this what a killed sender had in hand is kept waiting.
"""

_PUT = """
INSERT INTO chats_saying (chat_id, content, receipt_id, made_at, due_at, attempts)
SELECT $1::bigint, content, receipt, $3::timestamptz, $3::timestamptz, 0
FROM unnest($2::bytea[], $4::bigint[]) WITH ORDINALITY AS said (content, receipt, place) ORDER BY place
RETURNING id
"""
_OVER = "DELETE FROM chats_saying WHERE id = $1 RETURNING id"
_GIVEN = """
WITH over AS (DELETE FROM chats_saying WHERE id = $1 RETURNING receipt_id)
UPDATE chats_givenreceipt AS g SET said_at = $2::timestamptz FROM over WHERE g.id = over.receipt_id
RETURNING g.id
"""
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
RETURNING s.id, s.chat_id, s.content, s.attempts, s.made_at, s.receipt_id
"""


@dataclass(frozen=True, slots=True)
class Claimed:
    """One saying that is ours to say now. ``say`` is None when what was kept cannot be read. ``receipt`` is the row of
    the receipt that it gives, if it gives one.
    """

    id: int
    chat: int
    say: Say | None
    attempts: int
    made_at: datetime
    receipt: int | None = None


def put(chat: int, says: Iterable[Say], at: datetime) -> None:
    """Let it be said, in this order, after what waits for the chat already; long texts in pieces."""
    pieces = [piece for say in says for piece in in_pieces(say)]
    if pieces:
        receipts = [piece.gives if isinstance(piece, Message) else None for piece in pieces]
        all_rows(_PUT, (chat, [_sealed(piece) for piece in pieces], at, receipts))


def claim(at: datetime, limit: int, by: int | None = None) -> list[Claimed]:
    """What has been due for longest, at most one of each chat. A claim that nobody ends runs out by itself; that of a
    process (``by``, `lib/presence.py`) ends with it.
    """
    rows = all_rows(_CLAIM, (at, at + CLAIM, limit, by))
    return [
        Claimed(id, chat, _unsealed(bytes(content)), attempts, made, receipt)
        for id, chat, content, attempts, made, receipt in rows
    ]


def said(claimed: Claimed, at: datetime) -> None:
    """It was said, and the receipt given with it."""
    if claimed.receipt is None:
        all_rows(_OVER, (claimed.id,))
    else:
        all_rows(_GIVEN, (claimed.id, at))


def given_up(claimed: Claimed, at: datetime) -> None:
    """It never will be said; a receipt goes another way."""
    if claimed.receipt is not None:
        _not_given([claimed.receipt], at)
    all_rows(_OVER, (claimed.id,))


def doubt(claimed: Claimed) -> None:
    """It may have been said although nobody knows; it is said again, and the receipt counts that."""
    if claimed.receipt is not None:
        GivenReceipt.objects.filter(pk=claimed.receipt).update(unsure=F("unsure") + 1)


def put_off(claimed: Claimed, until: datetime) -> None:
    """Not before that moment."""
    Saying.objects.filter(pk=claimed.id).update(due_at=until, claimed_until=None)


def drop_all(chat: int, at: datetime) -> int:
    """Nothing that waits for this chat will be said; how much it was. Receipts among it go another way."""
    waiting = Saying.objects.filter(chat_id=chat)
    if receipts := list(waiting.filter(receipt__isnull=False).values_list("receipt", flat=True)):
        _not_given(receipts, at)
    return waiting.delete()[0]


def _not_given(receipts: Sequence[int], at: datetime) -> None:
    GivenReceipt.objects.filter(pk__in=receipts, said_at=None, failed_at=None).update(failed_at=at)


def _sealed(say: Say) -> bytes:
    return seal(json.dumps(as_json(say), ensure_ascii=False, separators=(",", ":")))


def _unsealed(content: bytes) -> Say | None:
    try:
        return from_json(json.loads(unseal(content)))
    except (CannotUnseal, ValueError, KeyError, TypeError):
        return None
