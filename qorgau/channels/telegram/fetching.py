"""Files that people send, on their way from Telegram to us: wanted in the turn that took them, fetched afterwards.

A file is checked, cleaned and kept as those of the portal are (`intake/staging.py`); that it is here, or why it cannot
be taken, is a turn of its own. Whoever is killed at any moment leaves a claim that runs out, and the file is fetched
again.
"""

import asyncio
import tempfile
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import structlog
from django.core.files.uploadedfile import UploadedFile
from django.db import DatabaseError, InterfaceError, transaction
from django.utils import timezone

from qorgau.channels.telegram import wanted
from qorgau.channels.telegram.dialogue.files import MEGABYTE, FileCame, limit_in_megabytes, not_given, told_too_large
from qorgau.channels.telegram.models import WantedFile
from qorgau.channels.telegram.turns import happened
from qorgau.channels.telegram.wanted import Claimed
from qorgau.intake.staging import stage
from qorgau.lib.database_threads import DatabaseThreads
from qorgau.lib.telegram.came import FileSent
from qorgau.lib.telegram.wire import TooLarge, Trouble, Wire
from qorgau.lib.waking import woken_or_after
from qorgau.notices.chats.models import Chat
from qorgau.rules.problems import Problem
from qorgau.rules.sentences import Sentence

log = structlog.get_logger(__name__)

AT_ONCE = 4
_GIVEN_UP_AFTER = timedelta(minutes=30)
_LONGEST_PAUSE = 60
_TRIES = 3
# A file that kills whoever looks into it is left alone after so many.
_MOST_TRIES = 20
_SECONDS_BETWEEN_LOOKS = 1.0


def take(claimed: Claimed, fetched: Path, at: datetime) -> None:
    """Check and keep a file whose bytes lie in a path of our own, and tell the dialogue."""
    with fetched.open("rb") as file:
        upload = UploadedFile(file=file, name=claimed.file.name, size=fetched.stat().st_size)
        try:
            token = stage(upload, at=at).token
        except Problem as problem:
            refuse(claimed, problem.sentence, at)
            return
    _end(claimed, at, token=token)


def refuse(claimed: Claimed, why: Sentence, at: datetime) -> None:
    """It cannot be had: the dialogue tells the person."""
    _end(claimed, at, refused=why)


@transaction.atomic
def _end(claimed: Claimed, at: datetime, *, token: str = "", refused: Sentence | None = None) -> None:
    # Turns of the chat and files that come at once follow each other.
    Chat.objects.select_for_update().get(pk=claimed.chat)
    if not WantedFile.objects.filter(pk=claimed.id).delete()[0]:
        return  # whoever took the claim over was faster; what was kept twice is swept away after a day
    waiting = WantedFile.objects.filter(chat_id=claimed.chat, path=claimed.path, draft=claimed.draft).count()
    came = FileCame(
        chat=claimed.chat,
        at=at,
        key=f"file/{claimed.id}",
        path=claimed.path,
        draft=claimed.draft,
        file=claimed.file,
        token=token,
        refused=refused.to_json() if refused else None,
        waiting=waiting,
    )
    happened(came, at)


class Fetcher:
    """Fetches what is wanted until it is stopped. `wake` tells it that there is something new."""

    def __init__(
        self,
        wire: Wire,
        told: Callable[[], None] = lambda: None,
        now: Callable[[], datetime] = timezone.now,
        by: int | None = None,
    ) -> None:
        """``told`` is called when the dialogue has something to say about a file; ``by`` is the process that claims
        (`lib/presence.py`).
        """
        self._wire = wire
        self._by = by
        self._told = told
        self._now = now
        self._new = asyncio.Event()
        self._threads = DatabaseThreads(AT_ONCE, named="fetcher")

    def wake(self) -> None:
        """Look at once. From the thread of the event loop."""
        self._new.set()

    async def run(self) -> None:
        """Until it is cancelled; a file under way then is fetched again by whoever looks next."""
        try:
            while True:
                self._new.clear()
                if not await self.fetch_some():
                    await woken_or_after(_SECONDS_BETWEEN_LOOKS, self._new)
        finally:
            self._threads.shutdown()

    async def fetch_some(self) -> bool:
        """Fetch what waits, a few at once; false when nothing waited."""
        try:
            claimed = await self._threads.do(wanted.claim, self._now(), AT_ONCE, self._by)
            await asyncio.gather(*(self._fetch(one) for one in claimed))
        except (DatabaseError, InterfaceError) as error:
            log.warning("files_not_fetched", error=type(error).__name__)
            return False
        return bool(claimed)

    async def _fetch(self, claimed: Claimed) -> None:
        with tempfile.TemporaryDirectory(prefix="qorgau-") as folder:
            fetched = Path(folder) / "file"
            try:
                await self._download(claimed.file, fetched)
                await self._threads.do(take, claimed, fetched, self._now())
            except Trouble as trouble:
                await self._threads.do(self._did_not_come, claimed, trouble)
            except (DatabaseError, InterfaceError):
                raise  # its claim runs out, and it is fetched again
            except Exception as fault:  # a fault of ours in one file must not keep back the others
                log.exception("file_fault", error=type(fault).__name__)
                ours = Trouble(type(fault).__name__, permanent=claimed.attempts >= _TRIES)
                await self._threads.do(self._did_not_come, claimed, ours)
        self._told()

    async def _download(self, file: FileSent, to: Path) -> None:
        with to.open("wb") as target:
            async for piece in self._wire.file(file.id, limit=limit_in_megabytes() * MEGABYTE):
                target.write(piece)

    def _did_not_come(self, claimed: Claimed, trouble: Trouble) -> None:
        at = self._now()
        if isinstance(trouble, TooLarge):
            refuse(claimed, told_too_large(claimed.file.name), at)
        elif trouble.permanent or at - claimed.wanted_at > _GIVEN_UP_AFTER or claimed.attempts > _MOST_TRIES:
            log.error("file_given_up", words=str(trouble), attempts=claimed.attempts)
            refuse(claimed, not_given(claimed.file.name), at)
        else:
            seconds = trouble.pause or min(2 ** min(claimed.attempts, 10), _LONGEST_PAUSE)
            wanted.put_off(claimed, at + timedelta(seconds=seconds))
            log.warning("file_did_not_come", words=str(trouble), attempts=claimed.attempts)
