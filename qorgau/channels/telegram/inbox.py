"""What Telegram delivered: each update once, however often it comes; those of a chat in their order."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from qorgau.channels.telegram.models import Received
from qorgau.lib.sealed import seal, unseal
from qorgau.lib.statements import all_rows
from qorgau.lib.telegram.came import chat_of

WAKE = "qorgau_telegram"
"""The channel on which a waiting bot hears that something came."""
REMEMBERED = timedelta(days=4)
"""Telegram repeats nothing that is older than a day."""

_TAKE = """
INSERT INTO telegram_received (bot, update_id, chat_id, content, received_at, due_at, attempts)
SELECT $1::bigint, id, chat, content, $5::timestamptz, $5::timestamptz, 0
FROM unnest($2::bigint[], $3::bigint[], $4::bytea[]) AS u (id, chat, content)
ON CONFLICT (bot, update_id) DO NOTHING
RETURNING update_id
"""
# The first of each chat alone; a chat whose first is being answered is left out.
_NEXT = """
SELECT id, bot, update_id, chat_id, content, attempts FROM telegram_received AS r
WHERE content IS NOT NULL AND due_at <= $1::timestamptz AND NOT EXISTS (
    SELECT FROM telegram_received AS e
    WHERE e.chat_id = r.chat_id AND e.content IS NOT NULL AND e.update_id < r.update_id
)
ORDER BY due_at, update_id LIMIT 1 FOR UPDATE SKIP LOCKED
"""
_ANSWERED = "UPDATE telegram_received SET content = NULL WHERE id = $1 RETURNING id"


@dataclass(frozen=True, slots=True)
class Update:
    """One update on its way to an answer."""

    id: int
    bot: str
    chat: int
    content: bytes
    attempts: int

    @property
    def raw(self) -> Mapping[str, Any]:
        """As Telegram sent it. Raises CannotUnseal when it was sealed with another key."""
        raw: Mapping[str, Any] = json.loads(unseal(self.content))
        return raw


def take_in(bot: str, updates: Iterable[Mapping[str, Any]], at: datetime) -> int:
    """Keep what is new among updates as Telegram sends them; how many that were. Those of no chat are left out."""
    known = [(update["update_id"], chat, update) for update in updates if (chat := chat_of(update)) is not None]
    if not known:
        return 0
    ids, chats, whole = zip(*known, strict=True)
    contents = [seal(json.dumps(update, ensure_ascii=False, separators=(",", ":"))) for update in whole]
    return len(all_rows(_TAKE, (int(bot), list(ids), list(chats), contents, at)))


def next_update(at: datetime) -> Update | None:
    """What has waited longest, locked until the end of the transaction; None when nothing waits that is not locked."""
    rows = all_rows(_NEXT, (at,))
    if not rows:
        return None
    ((id, bot, _update_id, chat, content, attempts),) = rows
    return Update(id, str(bot), chat, bytes(content), attempts)


def answered(update: Update) -> None:
    """It is answered: nothing of it is kept but that it came."""
    all_rows(_ANSWERED, (update.id,))


def put_off(update: Update, until: datetime) -> None:
    """It could not be answered now; the later ones of its chat wait too. Nothing, if somebody else has had it since."""
    same = Received.objects.filter(pk=update.id, attempts=update.attempts, content__isnull=False)
    same.update(attempts=update.attempts + 1, due_at=until)


def wake_the_bot() -> None:
    """Tell those that wait in other processes, once the transaction is over."""
    with connection.cursor() as cursor:
        cursor.execute(f"NOTIFY {WAKE}")


def forget_old(at: datetime) -> int:
    """Forget that old updates came; how many there were."""
    return Received.objects.filter(content=None, received_at__lt=at - REMEMBERED).delete()[0]
