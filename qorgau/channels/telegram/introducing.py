"""What people see of the bot before they write to it, in three languages; and how updates come."""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from qorgau.channels.telegram.dialogue.paths import PATHS
from qorgau.lib.speech import LANGUAGES
from qorgau.lib.telegram.wire import Wire

WEBHOOK = "/telegram/webhook"
_OTHERS = "ru"
"""What those see whose Telegram speaks a fourth language: most people of the country read it."""


async def introduce(wire: Wire) -> str:
    """Register commands, descriptions and the menu button, and say how updates come. Gives the bot's name."""
    for language in (None, *LANGUAGES):
        with override(language or _OTHERS):
            await wire.introduce(language, commands=commands(), about=about(), description=description())
    await wire.show_commands_beside_the_input()
    if settings.TELEGRAM_WEBHOOK_SECRET:
        await wire.come_by_webhook(settings.PUBLIC_ADDRESS + WEBHOOK, settings.TELEGRAM_WEBHOOK_SECRET)
    else:
        await wire.come_when_asked()
    return await wire.name()


def commands() -> dict[str, str]:
    """The list of commands in the current language."""
    known = sorted((path for path in PATHS if path.command and path.describes is not None), key=lambda path: path.order)
    return {"menu": _("Main menu"), **{path.command: str(path.describes) for path in known}}


def about() -> str:
    """One line for the profile, 120 signs at most."""
    return _("Social Health Insurance Fund: insurance status and appeals. Telephone 1414.")


def description() -> str:
    """What stands in an empty chat, 512 signs at most."""
    return _(
        "Here you learn whether you are insured and why, write to the Social Health Insurance Fund, and read its "
        "answer. Press “Start”.\n\nIf somebody’s life is in danger, call an ambulance: 103."
    )
