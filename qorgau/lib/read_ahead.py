"""Reading that goes on while what was read is in use: while one batch of a table is written into a file, the database
works on the next.
"""

from collections.abc import Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, TypeVar

from django.db import connections
from django.utils.translation import activate, get_language

Thing = TypeVar("Thing")


@contextmanager
def read_ahead(things: Generator[Thing, None, None], *, named: str) -> Iterator[Iterator[Thing]]:
    """The same things in the same order, each read in a thread while the one before it is in use: never more than one
    ahead. `named` is how the thread is called in a list of threads.

    It reads on a connection of its own, in the language of whoever asks. What goes wrong while reading is raised where
    the thing would have come. However the block ends, the reading is over then and its connection closed.
    """
    with ThreadPoolExecutor(1, named, initializer=activate, initargs=(get_language(),)) as thread:
        try:
            yield _one_ahead(things, thread)
        finally:
            thread.submit(_end, things).result()


def _one_ahead(things: Generator[Thing, None, None], thread: ThreadPoolExecutor) -> Iterator[Thing]:
    coming = thread.submit(next, things, _NO_MORE)
    while (thing := coming.result()) is not _NO_MORE:
        coming = thread.submit(next, things, _NO_MORE)
        yield thing


_NO_MORE: Any = object()


def _end(things: Generator[Any, None, None]) -> None:
    try:
        things.close()
    finally:
        connections.close_all()
