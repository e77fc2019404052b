import threading
import time


class Circuit:
    """Leaves a silent register alone: after some failures in a row nobody asks for a while, then one asks first."""

    def __init__(self, *, failures: int, rest_seconds: float) -> None:
        self._most, self._rest = failures, rest_seconds
        self._lock = threading.Lock()
        self._failures = 0
        self._asks_again_at = 0.0

    def may_ask(self) -> bool:
        """Whether to ask now. While it rests, one asker at a time is let through when the rest is over."""
        with self._lock:
            if self._failures < self._most:
                return True
            if time.monotonic() < self._asks_again_at:
                return False
            self._asks_again_at = time.monotonic() + self._rest
            return True

    def answered(self) -> None:
        """The register spoke."""
        with self._lock:
            self._failures = 0

    def failed(self) -> None:
        """It did not."""
        with self._lock:
            self._failures += 1
            self._asks_again_at = time.monotonic() + self._rest
