"""Requests to Telegram that name who sends them: the program, its process, and the number of what it says.

The strict server writes the name down (`Request.by`). Only by it is a repeat known from the same words said anew, and
the request of a process that is dead from that of the next.
"""

import os
from collections.abc import Callable
from typing import Any

from aiogram.client.telegram import TelegramAPIServer

from qorgau.lib.telegram import wire


def sign(program: str, what: Callable[[], int]) -> None:
    """From now on every request of this process is signed; ``what`` is the number of what is being said, or 0."""

    class Signed(TelegramAPIServer):
        def api_url(self, token: str, method: str) -> str:
            address: str = super().api_url(token, method)
            return address.replace("/bot", f"/by/{program}-{os.getpid()}-{what()}/bot", 1)

    signed: Any = Signed
    wire.TelegramAPIServer = signed


def signature(by: str) -> tuple[str, int, int]:
    """The program, its process, and the number of what it said."""
    program, process, what = by.split("-")
    return program, int(process), int(what)
