"""Requests spread evenly over the processes of a web server.

A connection stays with the process that took it, and browsers and proxies keep theirs open: those whose connections
fell to one process wait for each other while another has less to do. So a process that has clearly more in hand than
the one with the least ends the connection with its answer. Whoever has it connects anew when they next ask, as HTTP has
it, and the kernel deals new connections out by chance.
"""

import fcntl
import mmap
import os
import struct
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

_CLEARLY_MORE = 2
_PLACE = struct.Struct("=iii")
"""Of one process: the server that began it, itself, and how many requests it has in hand."""
_PLACES = 32


class EvenLoad:
    """An application in one of the processes of a server. They tell each other by a file how much they have in hand."""

    def __init__(self, application: Application, file: Path) -> None:
        self._application = application
        self._counting = threading.Lock()
        self._in_hand = 0
        self._shared, self._place = _shared_by_all(file)

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        def answer(status: str, headers: list[tuple[str, str]], *error: Any) -> Any:
            if self._has_clearly_more():
                headers = [*headers, ("Connection", "close")]
            return start_response(status, headers, *error)

        self._count(+1)
        try:
            return self._application(environ, answer)
        finally:
            self._count(-1)

    def _count(self, more: int) -> None:
        with self._counting:
            self._in_hand += more
            if self._place is not None:
                _PLACE.pack_into(self._shared, self._place, os.getppid(), os.getpid(), self._in_hand)

    def _has_clearly_more(self) -> bool:
        if self._in_hand < _CLEARLY_MORE:
            return False
        server = os.getppid()
        others = [
            in_hand
            for place, (whose, _process, in_hand) in enumerate(_PLACE.iter_unpack(self._shared))
            if whose == server and place * _PLACE.size != self._place
        ]
        return bool(others) and self._in_hand >= min(others) + _CLEARLY_MORE


def _shared_by_all(file: Path) -> tuple[mmap.mmap, int | None]:
    """The memory that all processes see, and the place of this one in it; none when all are taken by living ones."""
    size = _PLACES * _PLACE.size
    with file.open("a+b") as shared:
        shared.truncate(size)
        memory = mmap.mmap(shared.fileno(), size)
        fcntl.flock(shared, fcntl.LOCK_EX)  # two that begin at once take two places
        try:
            return memory, _place_in(memory)
        finally:
            fcntl.flock(shared, fcntl.LOCK_UN)  # closing the file would not: the memory holds it open


def _place_in(memory: mmap.mmap) -> int | None:
    """The first place that is free. Those of the dead are emptied: else one would be waited for that does nothing."""
    free = [place for place in range(0, len(memory), _PLACE.size) if not _lives(_PLACE.unpack_from(memory, place)[1])]
    for place in free:
        _PLACE.pack_into(memory, place, 0, 0, 0)
    if not free:
        return None
    _PLACE.pack_into(memory, free[0], os.getppid(), os.getpid(), 0)
    return free[0]


def _lives(process: int) -> bool:
    if not process:
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True  # somebody else's
    return True
