"""The ways out. Which one serves e-mail and which SMS is a setting; each has a twin that needs no network."""

from collections.abc import Callable

from django.conf import settings

from qorgau.notices.chats.reaching import TELEGRAM
from qorgau.notices.transports.base import Transport, TransportError
from qorgau.notices.transports.console import Console
from qorgau.notices.transports.email import Smtp
from qorgau.notices.transports.sms import HttpGateway

__all__ = ["KNOWN", "Transport", "TransportError", "open_transport"]

KNOWN: dict[str, dict[str, Callable[[], Transport]]] = {
    "email": {"console": Console, "smtp": Smtp},
    "sms": {"console": Console, "http": HttpGateway},
}


def open_transport(way: str) -> Transport:
    """The transport that the settings name for "email" or "sms"; for chats there is one, where a bot runs."""
    if way == TELEGRAM:
        # What speaks with Telegram takes seconds of the processor to be read, which only the one who sends there pays.
        from qorgau.notices.transports.telegram import TelegramChat

        return TelegramChat()
    return KNOWN[way][settings.NOTICE_TRANSPORTS[way]]()
