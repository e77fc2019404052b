"""Files that are wanted of Telegram: written down in the turn that took them, until they are here or refused."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from qorgau.channels.telegram.dialogue.files import Wanted
from qorgau.channels.telegram.models import WantedFile
from qorgau.lib.sealed import keyed_hash, seal, unseal
from qorgau.lib.statements import all_rows
from qorgau.lib.telegram.came import FileKind, FileSent

CLAIM = timedelta(minutes=5)
"""Longer than a file of the largest size takes."""

_CLAIM = """
UPDATE telegram_wantedfile AS w SET claimed_until = $2::timestamptz, claimed_by = $4::int, attempts = w.attempts + 1
FROM (
    SELECT id FROM telegram_wantedfile
    WHERE due_at <= $1::timestamptz AND (claimed_until IS NULL OR claimed_until <= $1::timestamptz)
    ORDER BY due_at, id LIMIT $3::int FOR UPDATE SKIP LOCKED
) AS first
WHERE w.id = first.id
RETURNING w.id, w.chat_id, w.path, w.draft, w.content, w.attempts, w.wanted_at
"""


@dataclass(frozen=True, slots=True)
class Claimed:
    """A file that is ours to fetch now."""

    id: int
    chat: int
    path: str
    draft: str
    file: FileSent
    attempts: int
    wanted_at: datetime


def want(chat: int, wanted: Iterable[Wanted], at: datetime) -> None:
    """Let these files be fetched, in the transaction of the turn that took them. One that is on its way stays so."""
    WantedFile.objects.bulk_create(
        [
            WantedFile(
                chat_id=chat,
                path=one.path,
                draft=one.draft,
                file_hash=keyed_hash(one.file.id),
                content=seal(json.dumps(asdict(one.file), ensure_ascii=False)),
                wanted_at=at,
                due_at=at,
            )
            for one in wanted
        ],
        ignore_conflicts=True,
    )


def claim(at: datetime, limit: int, by: int | None = None) -> list[Claimed]:
    """What has waited longest. A claim that nobody ends runs out by itself; that of a process (``by``,
    `lib/presence.py`) ends with it.
    """
    rows = all_rows(_CLAIM, (at, at + CLAIM, limit, by))
    return [
        Claimed(id, chat, path, draft, _file(json.loads(unseal(bytes(content)))), attempts, wanted)
        for id, chat, path, draft, content, attempts, wanted in rows
    ]


def put_off(claimed: Claimed, until: datetime) -> None:
    """Not before that moment."""
    WantedFile.objects.filter(pk=claimed.id).update(due_at=until, claimed_until=None)


def _file(said: dict[str, Any]) -> FileSent:
    return FileSent(**{**said, "kind": FileKind(said["kind"])})
