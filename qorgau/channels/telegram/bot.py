"""The program of the bot: it fetches updates (or hears that some were delivered), takes turns, says what is to be said.

Turns are taken in threads, those of one chat after each other, those of several chats at once. Any number of these
programs may run beside each other, but only one of them may fetch.
"""

import asyncio
import threading
from contextlib import suppress
from typing import Any

import psycopg
import structlog
from django.conf import settings
from django.db import DatabaseError, Error, InterfaceError, connection
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, override

from qorgau.channels.telegram.dialogue.buttons import site_opens
from qorgau.channels.telegram.fetching import Fetcher
from qorgau.channels.telegram.inbox import WAKE, take_in, wake_the_bot
from qorgau.channels.telegram.papers import PAPERS
from qorgau.channels.telegram.turns import take_turn
from qorgau.directory.reference import current
from qorgau.lib.database_threads import DatabaseThreads
from qorgau.lib.pdf import load_fonts
from qorgau.lib.presence import Presence, address
from qorgau.lib.speech import LANGUAGES
from qorgau.lib.telegram.wire import AnotherReader, Trouble, Wire, WrongToken
from qorgau.notices.chats.sender import Sender

log = structlog.get_logger(__name__)

THREADS = 4
_SECONDS_OF_A_POLL = 25
_SECONDS_BETWEEN_LOOKS = 1.0
_LONGEST_PAUSE = 60
_CLAIMED = ("chats_saying", "telegram_wantedfile")


class Bot:
    """The whole bot, until it is cancelled. Trouble of Telegram or of the database passes, and is waited out."""

    def __init__(self, wire: Wire, *, fetches: bool) -> None:
        """One that does not fetch hears what comes from others: the webhook, or another that fetches."""
        self._wire = wire
        self._fetches = fetches
        self._presence = Presence()
        self._sender = Sender(wire, papers=PAPERS, by=self._presence.number)
        self._fetcher = Fetcher(wire, told=self._sender.wake, by=self._presence.number)
        # One thread, and so one connection to the database.
        self._keeper = DatabaseThreads(1, named="keeper")
        self._came = threading.Semaphore(0)
        self._over = threading.Event()

    async def run(self) -> None:
        """Until it is cancelled; what is being answered and said then is finished."""
        loop = asyncio.get_running_loop()
        if not site_opens():
            log.warning("buttons_to_the_site_left_out", address=settings.PUBLIC_ADDRESS)
        threads = [
            threading.Thread(target=self._take_turns, args=(loop,), name=f"turns-{number}") for number in range(THREADS)
        ]
        try:
            await self._take_over()
            for thread in threads:
                thread.start()
            await asyncio.to_thread(_make_ready)
            async with asyncio.TaskGroup() as together:
                together.create_task(self._take_over_again_and_again())
                together.create_task(self._sender.run())
                together.create_task(self._fetcher.run())
                together.create_task(self._fetch() if self._fetches else self._listen())
        finally:
            self._over.set()
            self._came.release(THREADS)
            for thread in filter(threading.Thread.is_alive, threads):
                await asyncio.to_thread(thread.join)
            self._keeper.shutdown()
            self._presence.close()
            await self._wire.close()

    # --- What a killed one left -----------------------------------------------------------------------------------

    async def _take_over(self) -> None:
        """Be known to live, and free what those had in hand who do not: it is said and fetched at once."""
        while True:
            try:
                if await asyncio.to_thread(self._presence.free_what_the_dead_claimed, *_CLAIMED):
                    self._sender.wake()
                    self._fetcher.wake()
            except psycopg.Error as error:
                log.warning("dead_not_looked_for", error=type(error).__name__)
                await asyncio.sleep(_SECONDS_BETWEEN_LOOKS)
            else:
                return

    async def _take_over_again_and_again(self) -> None:
        pause = 0.1  # the database may not have noticed yet that the one before is gone
        while True:
            await asyncio.sleep(pause)
            await self._take_over()
            pause = min(2 * pause, _SECONDS_BETWEEN_LOOKS)

    # --- What comes -----------------------------------------------------------------------------------------------

    async def _fetch(self) -> None:
        after: int | None = None
        pause = 1
        while True:
            try:
                updates = await self._wire.updates(after=after, seconds=_SECONDS_OF_A_POLL)
                if updates:
                    # Kept first: asking for those after them tells Telegram that it may forget them.
                    await self._keeper.do(_keep, updates)
                    after = max(update["update_id"] for update in updates)
                    self._wake(len(updates))
                pause = 1
            except (Trouble, Error) as trouble:
                # The portal must not stop because the token of the bot was changed.
                log.warning("updates_not_fetched", error=str(trouble), why=_why(trouble), seconds=pause)
                await asyncio.sleep(getattr(trouble, "pause", None) or pause)
                pause = min(2 * pause, _LONGEST_PAUSE)

    async def _listen(self) -> None:
        """Hear that something came. Turns look by themselves too: a lost word costs a second."""
        while True:
            try:
                async with await psycopg.AsyncConnection.connect(**address(), autocommit=True) as ear:
                    await ear.execute(f"LISTEN {WAKE}")
                    async for _word in ear.notifies():
                        self._wake(1)
            except psycopg.Error as error:
                log.warning("not_listening", error=type(error).__name__)
                await asyncio.sleep(_SECONDS_BETWEEN_LOOKS)

    def _wake(self, count: int) -> None:
        self._came.release(min(count, THREADS))

    # --- Turns ----------------------------------------------------------------------------------------------------

    def _take_turns(self, loop: asyncio.AbstractEventLoop) -> None:
        while not self._over.is_set():
            if self._take_one():
                with suppress(RuntimeError):  # the loop may just have ended
                    loop.call_soon_threadsafe(self._sender.wake)
                    loop.call_soon_threadsafe(self._fetcher.wake)
            else:
                self._came.acquire(timeout=_SECONDS_BETWEEN_LOOKS)
        connection.close()

    def _take_one(self) -> bool:
        try:
            return take_turn(timezone.now())
        except (DatabaseError, InterfaceError) as error:
            log.warning("turn_not_taken", error=type(error).__name__)
            _let_go_of_the_connection()
            return False


async def run_bot(*, fetches: bool = True) -> None:
    """Run the bot of the settings until it is cancelled; one that does not fetch answers beside one that does."""
    wire = Wire(settings.TELEGRAM_TOKEN, settings.TELEGRAM_API)
    await Bot(wire, fetches=fetches and not settings.TELEGRAM_WEBHOOK_SECRET).run()


def _why(trouble: Exception) -> str:
    if isinstance(trouble, AnotherReader):
        return "somebody else fetches, or a webhook is set"
    return "Telegram does not know the token" if isinstance(trouble, WrongToken) else ""


def _make_ready() -> None:
    """What the first answers would otherwise wait for."""
    load_fonts()
    reverse("portal:home")
    for language in LANGUAGES:
        with override(language):
            gettext("Main menu")
    with suppress(DatabaseError, InterfaceError):  # not there yet: turns are taken once it is
        current()
    _let_go_of_the_connection()


def _keep(updates: list[dict[str, Any]]) -> None:
    take_in(settings.TELEGRAM_BOT, updates, timezone.now())
    wake_the_bot()


def _let_go_of_the_connection() -> None:
    with suppress(DatabaseError, InterfaceError):
        connection.close()
