"""How fast Telegram lets a bot speak: so many messages a second in all, and one a second in each chat.

The counts lie in the database, so that the bot that answers and the worker that sends notices keep to them together.
"""

from datetime import datetime, timedelta

from django.conf import settings

from qorgau.lib.statements import first_row
from qorgau.notices.chats.models import ChatPace

_BETWEEN_TWO_TO_A_CHAT = timedelta(seconds=1)
_SO_MANY_PAUSES_ARE_FOR_ALL = 3
_REMEMBERED = timedelta(hours=1)

# Chat 0 is always locked before the chat, so that two senders never wait for each other in a circle.
_RESERVE = """
WITH kept AS (
    SELECT free_at - $4::interval AS moment FROM chats_chatpace
    WHERE chat_id = $1::bigint AND taken_for = $5::bigint AND free_at - $4::interval > $3::timestamptz
        AND NOT EXISTS (SELECT FROM chats_chatpace WHERE chat_id = 0 AND paused_until > $3::timestamptz)
), far AS (
    SELECT max(free_at) AS moment FROM chats_chatpace WHERE chat_id IN (0, $1::bigint)
    HAVING max(free_at) > $3::timestamptz + $6::interval
), of_all AS (
    INSERT INTO chats_chatpace AS p (chat_id, free_at) SELECT 0, $3::timestamptz + $2::interval
    WHERE NOT EXISTS (SELECT FROM kept) AND NOT EXISTS (SELECT FROM far)
    ON CONFLICT (chat_id) DO UPDATE SET free_at = greatest(p.free_at, $3::timestamptz) + $2::interval
    RETURNING free_at - $2::interval AS moment
), of_chat AS (
    INSERT INTO chats_chatpace AS p (chat_id, free_at, taken_for)
    SELECT $1::bigint, moment + $4::interval, $5::bigint FROM of_all
    ON CONFLICT (chat_id) DO UPDATE
        SET free_at = greatest(p.free_at + $4::interval, EXCLUDED.free_at), taken_for = EXCLUDED.taken_for
    RETURNING free_at - $4::interval AS moment
)
SELECT moment FROM kept UNION ALL
SELECT moment FROM far WHERE NOT EXISTS (SELECT FROM kept) UNION ALL
SELECT moment FROM of_chat
"""
_PAUSE = """
WITH others AS (
    SELECT count(*) AS paused FROM chats_chatpace
    WHERE chat_id NOT IN (0, $1::bigint) AND paused_until > $3::timestamptz
)
INSERT INTO chats_chatpace AS p (chat_id, free_at, paused_until)
SELECT chat, $2::timestamptz, $2::timestamptz FROM others, unnest(ARRAY[0, $1::bigint]) AS c (chat)
WHERE chat <> 0 OR paused >= $4::int - 1
ORDER BY chat
ON CONFLICT (chat_id) DO UPDATE
    SET free_at = greatest(p.free_at, EXCLUDED.free_at), paused_until = EXCLUDED.paused_until, taken_for = NULL
RETURNING chat_id
"""


def reserve(chat: int, at: datetime, *, within: timedelta, saying: int | None = None) -> datetime:
    """Take the next free moment for a message to a chat; it is for the caller to wait until then.

    A moment further away than ``within`` is told and not taken: the caller comes again then. A ``saying``
    (`queue.Claimed`) that is tried again before its moment came, because whoever had it in hand was killed, has that
    moment still; else every kill would push its chat, and everybody, further away.
    """
    if not settings.TELEGRAM_PER_SECOND:
        return at
    of_all = timedelta(seconds=1) / settings.TELEGRAM_PER_SECOND
    row = first_row(_RESERVE, (chat, of_all, at, _BETWEEN_TWO_TO_A_CHAT, saying, within))
    assert row is not None
    moment: datetime = row[0]
    return moment


def pause(chat: int, until: datetime, at: datetime) -> None:
    """Telegram asked for a pause: nothing goes to this chat before. When several chats were told so, nothing to any."""
    first_row(_PAUSE, (chat, until, at, _SO_MANY_PAUSES_ARE_FOR_ALL))


def forget_old(at: datetime) -> int:
    """Delete what can't matter any more; how many there were."""
    deleted, _by_model = ChatPace.objects.filter(free_at__lt=at - _REMEMBERED).delete()
    return deleted
