"""What is true now and will be for a while: a process need not ask the database for it again and again."""

import time
from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock


class TrueForAWhile:
    """Things that were found to be so, each for some seconds; the oldest make room for new ones."""

    def __init__(self, *, seconds: float, at_most: int) -> None:
        self._seconds = seconds
        self._at_most = at_most
        self._until: OrderedDict[Hashable, float] = OrderedDict()
        self._lock = Lock()

    def __contains__(self, what: Hashable) -> bool:
        until = self._until.get(what)
        return until is not None and time.monotonic() < until

    def add(self, what: Hashable) -> None:
        """From now on it is so."""
        with self._lock:
            self._until[what] = time.monotonic() + self._seconds
            self._until.move_to_end(what)
            while len(self._until) > self._at_most:
                self._until.popitem(last=False)
