"""Reference data as every request needs it: in memory, complete, and never older than two seconds.

`current()` gives the snapshot of this process. It asks the database at most every two seconds whether the directory
changed, and reads it anew when it did; all other use costs no query.
"""

import threading
import time

from qorgau.directory.models import DirectoryVersion
from qorgau.directory.reading import read
from qorgau.directory.snapshot import Reference

__all__ = ["Reference", "current", "refresh"]

SECONDS_BETWEEN_LOOKS = 2.0

_lock = threading.RLock()
_held: Reference | None = None
_look_again_at = 0.0


def current() -> Reference:
    """The reference data of this process, at most two seconds behind the database."""
    held = _held
    if held is None:
        return _first()
    if time.monotonic() < _look_again_at or not _lock.acquire(blocking=False):
        return held  # fresh enough, or another thread is looking right now
    try:
        return _look_again(held)
    finally:
        _lock.release()


def refresh() -> Reference:
    """Read everything anew now; for loaders after their transaction, and for tests."""
    with _lock:
        return _hold(read())


def _first() -> Reference:
    with _lock:
        return _held or _hold(read())


def _look_again(held: Reference) -> Reference:
    stamp = DirectoryVersion.objects.filter(pk=DirectoryVersion.THE_ROW).values_list("stamp", flat=True).first()
    return _hold(held if stamp == held.stamp else read(held))


def _hold(reference: Reference) -> Reference:
    global _held, _look_again_at
    _held = reference
    _look_again_at = time.monotonic() + SECONDS_BETWEEN_LOOKS
    return reference
