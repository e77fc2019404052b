"""The program of the bot, to be killed (`dying.py`).

python -m tests.channels.telegram.chaos.bot_to_kill LOG
"""

import sys
from contextvars import ContextVar
from functools import partial

import django

django.setup()

from django.core.management import call_command  # noqa: E402 - applications are there now

from qorgau.channels.telegram import bot  # noqa: E402
from qorgau.lib.telegram import wire  # noqa: E402
from qorgau.notices.chats.queue import Claimed  # noqa: E402
from qorgau.notices.chats.sender import Sender  # noqa: E402
from tests.channels.telegram.chaos.dying import have_children  # noqa: E402
from tests.channels.telegram.chaos.signing import sign  # noqa: E402

# A test has no time for the patience of real life.
_SECONDS_FOR_AN_ANSWER = 2
_SECONDS_OF_A_POLL = 3
_SAYING = ContextVar("saying", default=0)


def main() -> None:
    bot._make_ready()
    have_children(_be_the_bot, log=sys.argv[1])


def _be_the_bot() -> None:
    bot.Wire = partial(wire.Wire, seconds=_SECONDS_FOR_AN_ANSWER)  # type: ignore[misc,assignment]
    bot._SECONDS_OF_A_POLL = _SECONDS_OF_A_POLL
    wire._MORE_THAN_THE_POLL = _SECONDS_FOR_AN_ANSWER
    say = Sender._say

    async def signed(sender: Sender, claimed: Claimed) -> None:
        _SAYING.set(claimed.id)  # of this task alone
        await say(sender, claimed)

    Sender._say = signed  # type: ignore[method-assign]
    sign("bot", _SAYING.get)
    call_command("telegram")


if __name__ == "__main__":
    main()
