import asyncio
import signal
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from qorgau.channels.telegram.bot import run_bot
from qorgau.channels.telegram.dialogue.buttons import site_opens
from qorgau.channels.telegram.introducing import introduce
from qorgau.lib.telegram.wire import Trouble, Wire, WrongToken

_WHERE_FROM = "BotFather shows it: docs/telegram.md."
_LEFT_OUT = (
    "Telegram takes no button that opens QORGAU_ADDRESS={address}, whose host has no dot in its name: the bot leaves "
    "its buttons to the site out."
)


class Command(BaseCommand):
    help = "The bot in Telegram: run it, or set it up (commands, descriptions, webhook). See docs/telegram.md."

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", metavar="VERB")
        verbs.add_parser("run", help="fetch and answer until stopped (the default)")
        verbs.add_parser("answer", help="answer beside one that fetches, for more answers a second")
        verbs.add_parser("setup", help="register commands, descriptions and the menu button; set or remove the webhook")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.TELEGRAM_TOKEN:
            raise CommandError(f"TELEGRAM_TOKEN is not set. {_WHERE_FROM}")
        try:
            if options["verb"] != "setup":
                asyncio.run(_run_until_told(fetches=options["verb"] != "answer"))
                return
            self.stdout.write(asyncio.run(_set_up()))
        except WrongToken:
            raise CommandError(f"Telegram does not know the token in TELEGRAM_TOKEN. {_WHERE_FROM}") from None
        except Trouble as trouble:
            raise CommandError(f"Telegram could not be asked: {trouble}") from None


async def _run_until_told(*, fetches: bool) -> None:
    running = asyncio.ensure_future(run_bot(fetches=fetches))
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, running.cancel)
    try:
        await running
    except asyncio.CancelledError:
        return


async def _set_up() -> str:
    wire = Wire(settings.TELEGRAM_TOKEN, settings.TELEGRAM_API)
    try:
        name = await introduce(wire)
    finally:
        await wire.close()
    way = "by webhook" if settings.TELEGRAM_WEBHOOK_SECRET else "when the bot asks for them"
    told = f"t.me/{name} is set up; updates come {way}."
    return told if site_opens() else f"{told}\n{_LEFT_OUT.format(address=settings.PUBLIC_ADDRESS)}"
