"""Saying what waits: at least once each, in the order of its chat, as fast as Telegram lets a bot speak.

A message is deleted from the queue right after Telegram took it. A sender that was killed between the two says it
again; nothing is lost. Any number of senders may run at once.
"""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

import structlog
from django.db import DatabaseError, InterfaceError
from django.utils import timezone

from qorgau.lib.database_threads import DatabaseThreads
from qorgau.lib.telegram.says import Message, Paper, Upload
from qorgau.lib.telegram.wire import Trouble, Wire, WrongToken
from qorgau.lib.waking import woken_or_after
from qorgau.notices.chats import pace, queue
from qorgau.notices.chats.queue import Claimed
from qorgau.notices.chats.reaching import has_gone

log = structlog.get_logger(__name__)

AT_ONCE = 50
"""How many messages may be under way at the same moment."""
GIVEN_UP_AFTER = timedelta(hours=24)
_SECONDS_BETWEEN_LOOKS = 1.0
# So that under load one look finds many, instead of every message that was said asking for the next.
_SECONDS_AFTER_A_LOOK = 0.01
_LONGEST_WAIT_IN_HAND = timedelta(seconds=20)
_LONGEST_PAUSE = 300
_THREADS = 2
_TRIES_OF_A_PAPER = 3
_PAUSE_OF_A_PAPER = timedelta(seconds=1)

Papers = Mapping[str, Callable[[Paper], bytes]]
"""How papers are made, by their kind."""


class Sender:
    """Says what waits until it is stopped. `wake` tells it that there is something new."""

    def __init__(
        self,
        wire: Wire,
        *,
        papers: Papers | None = None,
        by: int | None = None,
        now: Callable[[], datetime] = timezone.now,
    ) -> None:
        """``by`` is the process that claims (`lib/presence.py`)."""
        self._wire = wire
        self._papers = papers or {}
        self._by = by
        self._now = now
        self._new = asyncio.Event()
        self._under_way: set[asyncio.Task[None]] = set()
        self._threads = DatabaseThreads(_THREADS, named="sender")
        # Apart, so that nothing that is said waits for a paper but what follows it in its chat.
        self._makers = DatabaseThreads(_THREADS, named="papers")

    def wake(self) -> None:
        """Look at once. From the thread of the event loop."""
        self._new.set()

    async def run(self) -> None:
        """Until it is cancelled; what is under way then is said to the end."""
        try:
            while True:
                self._new.clear()
                if not await self._begin_some():
                    await woken_or_after(_SECONDS_BETWEEN_LOOKS, self._new)
                await asyncio.sleep(_SECONDS_AFTER_A_LOOK)
        finally:
            if self._under_way:
                await asyncio.wait(self._under_way)
            self._shut_down()

    async def say_everything(self) -> None:
        """What is due now, and what it had kept waiting; then return. For tests and for whoever sends by hand."""
        while await self._begin_some() or self._under_way:
            if self._under_way:
                await asyncio.wait(self._under_way, return_when=asyncio.FIRST_COMPLETED)
        self._shut_down()

    def _shut_down(self) -> None:
        self._threads.shutdown()
        self._makers.shutdown()

    async def _begin_some(self) -> bool:
        room = AT_ONCE - len(self._under_way)
        if room <= 0:
            return False
        claiming = asyncio.ensure_future(self._threads.do(queue.claim, self._now(), room, self._by))
        try:
            claimed = await asyncio.shield(claiming)
        except asyncio.CancelledError:
            # Nobody else would say what is claimed until the claim runs out.
            self._begin(await claiming)
            raise
        except (DatabaseError, InterfaceError) as error:
            log.warning("queue_of_chats_not_read", error=type(error).__name__)
            await asyncio.sleep(_SECONDS_BETWEEN_LOOKS)
            return False
        self._begin(claimed)
        return bool(claimed)

    def _begin(self, claimed: list[Claimed]) -> None:
        for one in claimed:
            task = asyncio.create_task(self._say(one))
            self._under_way.add(task)
            task.add_done_callback(self._ended)

    def _ended(self, task: "asyncio.Task[None]") -> None:
        self._under_way.discard(task)
        self._new.set()  # the next of this chat may go
        if not task.cancelled() and (error := task.exception()):
            # Its claim runs out by itself, and it is said again.
            log.error("saying_fault", error=type(error).__name__)

    async def _say(self, claimed: Claimed) -> None:
        if claimed.say is None:
            log.error("saying_unreadable", saying=claimed.id)
            await self._threads.do(queue.given_up, claimed, self._now())
            return
        say = claimed.say
        if isinstance(say, Message) and isinstance(say.document, Paper):
            made = await self._with_paper(claimed, say, say.document)
            if made is None:
                return
            say = made
        if isinstance(say, Message) and not await self._may_go(claimed):
            return
        try:
            await self._wire.send(claimed.chat, say)
        except Trouble as trouble:
            await self._threads.do(self._did_not_go, claimed, trouble)
        else:
            await self._threads.do(queue.said, claimed, self._now())

    async def _with_paper(self, claimed: Claimed, say: Message, paper: Paper) -> Message | None:
        """The message with its paper made, or with words in its place; None when it shall be tried again soon."""
        try:
            content = await self._makers.do(self._make, paper)
        except Exception as fault:
            # Whatever is wrong with one paper, the chat goes on after a few tries.
            log.exception("paper_not_made", saying=claimed.id, kind=paper.kind, error=type(fault).__name__)
            if claimed.attempts < _TRIES_OF_A_PAPER:
                await self._threads.do(queue.put_off, claimed, self._now() + _PAUSE_OF_A_PAPER)
                return None
            return replace(say, document=None, text=f"{say.text}\n\n{paper.otherwise}".strip())
        return replace(say, document=Upload(paper.name, content))

    def _make(self, paper: Paper) -> bytes:
        return self._papers[paper.kind](paper)

    async def _may_go(self, claimed: Claimed) -> bool:
        """Wait for the moment that is free; false when that is far, and the message goes back into the queue."""
        reserve = partial(pace.reserve, within=_LONGEST_WAIT_IN_HAND, saying=claimed.id)
        moment = await self._threads.do(reserve, claimed.chat, self._now())
        wait = moment - self._now()
        if wait > _LONGEST_WAIT_IN_HAND:
            await self._threads.do(queue.put_off, claimed, moment)
            return False
        if wait > timedelta():
            await asyncio.sleep(wait.total_seconds())
        return True

    def _did_not_go(self, claimed: Claimed, trouble: Trouble) -> None:
        at = self._now()
        if trouble.gone:
            has_gone(claimed.chat, at)
            log.info("chat_gone", words=str(trouble))
        elif isinstance(trouble, WrongToken):
            # Nothing is lost while the token is put right.
            queue.put_off(claimed, at + timedelta(seconds=_LONGEST_PAUSE))
            log.error("token_refused")
        elif trouble.permanent or at - claimed.made_at > GIVEN_UP_AFTER:
            queue.given_up(claimed, at)
            log.error("saying_given_up", saying=claimed.id, words=str(trouble), attempts=claimed.attempts)
        elif trouble.pause is not None:
            until = at + timedelta(seconds=trouble.pause)
            pace.pause(claimed.chat, until, at)
            queue.put_off(claimed, until)
            log.warning("telegram_asks_for_a_pause", seconds=trouble.pause)
        else:
            queue.put_off(claimed, at + timedelta(seconds=min(2 ** min(claimed.attempts, 10), _LONGEST_PAUSE)))
            if trouble.unsure:
                queue.doubt(claimed)
            log.warning("saying_did_not_go", saying=claimed.id, words=str(trouble), attempts=claimed.attempts)
