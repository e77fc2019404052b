"""What may go wrong on purpose, and how fast a bot may speak."""

import time
from collections import defaultdict, deque
from dataclasses import dataclass, field

from tests.channels.telegram.bot_api.refused import Refused, too_many

_NEARER = 0.6


@dataclass(frozen=True, slots=True)
class Fault:
    """One request goes wrong: with an answer, or without any.

    ``done`` fulfils the request all the same, so that only its answer is lost. ``hangs`` are seconds without an answer.
    """

    refused: Refused | None = None
    hangs: float = 0.0
    done: bool = False


def broken(*, done: bool = False) -> Fault:
    """Trouble on Telegram's side."""
    return Fault(refused=Refused(500, "Internal Server Error"), done=done)


def asks_to_wait(seconds: int) -> Fault:
    return Fault(refused=too_many(seconds))


def cut(*, done: bool) -> Fault:
    """The connection ends without an answer."""
    return Fault(done=done)


def hangs(seconds: float, *, done: bool) -> Fault:
    """No answer for so long; then the connection ends."""
    return Fault(hangs=seconds, done=done)


@dataclass
class Pace:
    """Limits of messages: so many a second in all, one a second in each chat (None: no limit).

    One message may take longer on its way than the next, so they are let pass somewhat nearer to each other than they
    were sent; of all together a tenth more.
    """

    per_second: int | None = 30
    per_chat: float | None = 1.0
    _all: deque[float] = field(default_factory=deque)
    _of_chat: dict[int, float] = field(default_factory=dict)
    _closed_until: dict[int, float] = field(default_factory=lambda: defaultdict(float))

    def take(self, chat: int) -> None:
        """Count a message; refused when it came too early. Who comes too early waits, and so do all its next ones."""
        now = time.monotonic()
        if (left := self._closed_until[chat] - now) > 0:
            raise too_many(int(left) + 1)
        while self._all and self._all[0] <= now - 1:
            self._all.popleft()
        if self.per_second is not None and len(self._all) >= self.per_second * 1.1:
            raise too_many(1)
        if self.per_chat is not None and now - self._of_chat.get(chat, -10) < _NEARER / self.per_chat:
            self._closed_until[chat] = now + 1
            raise too_many(1)
        self._all.append(now)
        self._of_chat[chat] = now
