"""How fast Telegram lets a bot speak: so many messages a second in all, and one a second in each chat.

The counts lie in the database, so that the bot that answers and the worker that sends notices keep to them together.
"""

from datetime import datetime, timedelta

from django.conf import settings

from qorgau.lib.statements import first_row
from qorgau.notices.chats.models import ChatPace

_ALL = 0
_BETWEEN_TWO_TO_A_CHAT = timedelta(seconds=1)
_SO_MANY_PAUSES_ARE_FOR_ALL = 3
_REMEMBERED = timedelta(hours=1)

# The rows are taken in the order of their keys, so that two senders never wait for each other in a circle.
_RESERVE = """
WITH asked AS (
    SELECT * FROM unnest($1::bigint[], $2::interval[]) AS a (chat, step)
), taken AS (
    INSERT INTO chats_chatpace AS p (chat_id, free_at) SELECT chat, $3::timestamptz + step FROM asked ORDER BY chat
    ON CONFLICT (chat_id) DO UPDATE
        SET free_at = greatest(p.free_at, $3::timestamptz) + (EXCLUDED.free_at - $3::timestamptz)
    RETURNING chat_id, free_at
)
SELECT max(free_at - step) FROM taken JOIN asked ON chat = chat_id
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
    SET free_at = greatest(p.free_at, EXCLUDED.free_at), paused_until = EXCLUDED.paused_until
RETURNING chat_id
"""


def reserve(chat: int, at: datetime) -> datetime:
    """Take the next free moment for a message to a chat; it is for the caller to wait until then."""
    if not settings.TELEGRAM_PER_SECOND:
        return at
    steps = [timedelta(seconds=1) / settings.TELEGRAM_PER_SECOND, _BETWEEN_TWO_TO_A_CHAT]
    row = first_row(_RESERVE, ([_ALL, chat], steps, at))
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
