"""Waiting for news, but not for ever: a lost word of it costs no more than the seconds between two looks."""

import asyncio
from contextlib import suppress


async def woken_or_after(seconds: float, new: asyncio.Event) -> None:
    """Until there is something new or so many seconds are over. Whoever is cancelled meanwhile is cancelled.

    `asyncio.wait_for` would not do: before Python 3.12 it forgets that it is cancelled in the moment of the event.
    """
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await new.wait()
