"""Work with the database for a program of coroutines: it is done in a few threads, each with its own connection."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from django.db import DatabaseError, InterfaceError, connection

Result = TypeVar("Result")


class DatabaseThreads:
    """So many threads; `named` is how they are called in a list of threads."""

    def __init__(self, number: int, *, named: str) -> None:
        self._threads = ThreadPoolExecutor(number, thread_name_prefix=named)

    async def do(self, work: Callable[..., Result], *arguments: object) -> Result:
        """What a piece of work gives, or raises."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, _with_database, work, *arguments)

    def shutdown(self) -> None:
        """End when what is under way is done."""
        self._threads.shutdown()


def _with_database(work: Callable[..., Result], *arguments: object) -> Result:
    """A connection that died while it lay idle is opened anew for the next piece of work."""
    try:
        return work(*arguments)
    except (DatabaseError, InterfaceError):
        connection.close()
        raise
