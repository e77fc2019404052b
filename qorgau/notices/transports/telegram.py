import asyncio
import time
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from qorgau.lib.telegram.says import Say
from qorgau.lib.telegram.wire import Trouble, Wire, WrongToken
from qorgau.notices.chat_wording import said_in_chat
from qorgau.notices.chats import pace, reaching
from qorgau.notices.models import Notice
from qorgau.notices.transports.base import TransportError
from qorgau.notices.wording import Message

LONGEST_WAIT = timedelta(seconds=20)
"""What lies further away than this is left for a later run, so that a claim never runs out while it waits."""


class TelegramChat:
    """The chat of a person with the bot, at the pace that Telegram sets to all senders of this installation together.

    Telegram has no name by which it would know a repeat. A message whose fate is not known is sent again and says so;
    `Notice.unsure` counts such attempts. See docs/decisions/0011-notices-into-chats.md.
    """

    def __init__(self) -> None:
        self._runner = asyncio.Runner()
        self._wire: Wire | None = None

    def send(self, notice: Notice, message: Message) -> str:
        chat = int(notice.address)
        if not settings.TELEGRAM_TOKEN:
            raise TransportError("no bot runs here", permanent=True)
        if not reaching.is_open(chat):
            raise TransportError("the person has closed the chat to news", permanent=True)
        if notice.appeal_number and not reaching.follows(chat, notice.appeal_number):
            raise TransportError("the appeal was unlinked from the chat", permanent=True)
        said = said_in_chat(notice, message)
        self._wait_for_its_turn(chat)
        try:
            number = self._runner.run(self._say(chat, said))
        except Trouble as trouble:
            raise self._did_not_go(chat, trouble, timezone.now()) from None
        return f"{chat}/{number}"

    def close(self) -> None:
        if self._wire is not None:
            self._runner.run(self._wire.close())
        self._runner.close()

    async def _say(self, chat: int, said: Say) -> int | None:
        if self._wire is None:
            self._wire = Wire(settings.TELEGRAM_TOKEN, settings.TELEGRAM_API)
        return await self._wire.send(chat, said)

    def _wait_for_its_turn(self, chat: int) -> None:
        now = timezone.now()
        wait = pace.reserve(chat, now, within=LONGEST_WAIT) - now
        if wait > LONGEST_WAIT:
            raise TransportError("its turn is not soon", retry_after=wait, counted=False)
        time.sleep(max(wait.total_seconds(), 0))

    def _did_not_go(self, chat: int, trouble: Trouble, at: datetime) -> TransportError:
        if trouble.gone:
            reaching.has_gone(chat, at)
            return TransportError(str(trouble), permanent=True)
        if trouble.pause is not None:
            pause = timedelta(seconds=trouble.pause)
            pace.pause(chat, at + pause, at)
            return TransportError(str(trouble), retry_after=pause, counted=False)
        # A token that is not known is the same for all of them, and passes once it is put right.
        ours = isinstance(trouble, WrongToken)
        return TransportError(
            str(trouble),
            permanent=trouble.permanent and not ours,
            all_wait=ours or not trouble.permanent,
            unsure=trouble.unsure,
        )
