"""A child process that belongs to its parent: stopped with it, and never left behind."""

import ctypes
import os
import signal
import subprocess
from collections.abc import Sequence
from contextlib import suppress

_PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None)


class Part:
    """One program among several that run together. It has a process group of its own, so Ctrl-C reaches only us."""

    def __init__(self, name: str, command: Sequence[str], *, seconds_to_stop: float) -> None:
        """`seconds_to_stop` is how long it may take to end by itself before it is killed."""
        self.name = name
        self.seconds_to_stop = seconds_to_stop
        self._command = list(command)
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        parent = os.getpid()

        def end_with_parent() -> None:
            # Linux sends this when the parent is gone, even if it was killed and could stop nobody.
            _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
            if os.getppid() != parent:
                os._exit(1)

        self._process = subprocess.Popen(  # noqa: S603 - the caller's own programs
            self._command,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=end_with_parent,
        )

    @property
    def number(self) -> int | None:
        """Of its process, which is that of its process group too; None before it was started."""
        return self._process.pid if self._process else None

    def runs(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def how_it_ended(self) -> str:
        """ "exit code 3", or the signal that killed it."""
        code = self._process.returncode if self._process else None
        if code is not None and code < 0:
            return f"killed by {signal.Signals(-code).name}"
        return f"exit code {code}"

    def stop(self) -> bool:
        """Ask it to end, wait, and kill what is left of it; false if it had to be killed."""
        if self._process is None:
            return True
        ended = self._end()
        # Its own children, should it have died without stopping them.
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        return ended

    def _end(self) -> bool:
        assert self._process is not None
        if self._process.poll() is None:
            self._process.terminate()
        try:
            self._process.wait(self.seconds_to_stop)
        except subprocess.TimeoutExpired:
            return False
        return True
