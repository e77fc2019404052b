"""Whoever kills a program again and again, at every point that it passes and at any moment, and starts the next one."""

import json
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from tests.channels.telegram.chaos.points import POINTS
from tests.environment import ROOT

_SECONDS_TO_ANSWER = 60
_SECONDS_TO_IMPORT = 180
_LONGEST_LIVES = (4.0, 12.0)
"""Of different lengths: a claim that runs out after as long as everybody lives would be claimed again and again by one
who is just about to die.
"""
ANY_MOMENT = "at any moment"


@dataclass(frozen=True, slots=True)
class Kill:
    """One death: of which process, at which point, when by the clock of the machine at the latest, and what was under
    way (`Killer.under_way`).
    """

    process: int
    point: str
    at: float
    under_way: frozenset[str]


@dataclass
class Killer:
    """Starts a program (`dying.py`) and, from `start` on, its children; kills them until `stop`, then lets one
    live until `end`.

    Each is killed at the first point that none before was killed at, or at one drawn by chance. ``progress`` counts
    what was done; ``ready`` is what the program said when it was ready.
    """

    program: str
    points: Collection[str]
    variables: Mapping[str, str]
    log: Path
    seed: int
    progress: Callable[[], int]
    under_way: Callable[[], frozenset[str]] = lambda: frozenset()
    kills: list[Kill] = field(default_factory=list)
    wrong: str = ""
    ready: str = ""

    def __post_init__(self) -> None:
        self._random = Random(self.seed)
        self._stop, self._end = threading.Event(), threading.Event()
        self._said: queue.Queue[str] = queue.Queue()
        self._program = subprocess.Popen(
            [sys.executable, "-m", f"tests.channels.telegram.chaos.{self.program}", str(self.log)],
            cwd=ROOT,
            env={**os.environ, **self.variables},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._threads = [threading.Thread(target=work, daemon=True) for work in (self._listen, self._kill)]
        self._threads[0].start()

    def start(self) -> None:
        """Wait until the program is ready, and begin."""
        word, _, self.ready = self._said.get(timeout=_SECONDS_TO_IMPORT).partition(" ")
        assert word == "ready", word
        self._threads[1].start()

    @property
    def missed(self) -> set[str]:
        """The points at which nobody was killed yet."""
        return set(self.points) - {kill.point for kill in self.kills}

    def stop(self) -> None:
        """No more killing."""
        self._stop.set()

    def end(self) -> None:
        """The last bot dies too."""
        self._stop.set()
        self._end.set()
        self._threads[1].join(_SECONDS_TO_ANSWER)
        assert self._program.stdin is not None
        self._program.stdin.close()
        self._program.wait(_SECONDS_TO_ANSWER)

    def _listen(self) -> None:
        assert self._program.stdout is not None
        for line in self._program.stdout:
            self._said.put(line.strip())

    def _kill(self) -> None:
        while not self._stop.is_set():
            self._one()
        pid = self._begin({})
        self._end.wait()
        os.kill(pid, signal.SIGKILL)
        self._ended()

    def _one(self) -> None:
        drawn = self._random.choice(sorted(self.points))
        passing = self._random.randint(1, 3 if POINTS[drawn].seldom else 40)
        most, pause = self._random.randint(30, 150), self._random.uniform(0, 0.05)
        longest = self._random.uniform(*_LONGEST_LIVES)
        pid = self._begin({drawn: passing} | dict.fromkeys(sorted(self.missed), 1))
        before, ends = self.progress(), time.monotonic() + longest
        while self._said.empty() and time.monotonic() < ends and self.progress() - before < most:
            time.sleep(0.005)
        time.sleep(pause)
        if self._said.empty():
            # No point was come to in so long: then here, wherever it stands.
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        point = self._ended()
        self.kills.append(Kill(pid, point, time.monotonic(), self.under_way()))

    def _begin(self, told: Mapping[str, object]) -> int:
        assert self._program.stdin is not None
        self._program.stdin.write(json.dumps(told) + "\n")
        self._program.stdin.flush()
        return int(self._said.get(timeout=_SECONDS_TO_ANSWER).removeprefix("began "))

    def _ended(self) -> str:
        """At which point it did."""
        word = self._said.get(timeout=_SECONDS_TO_ANSWER)
        point = ANY_MOMENT
        if word.startswith("at "):
            point, word = word.removeprefix("at "), self._said.get(timeout=_SECONDS_TO_ANSWER)
        status = int(word.removeprefix("ended "))
        if not (os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL):
            self.wrong = self.wrong or f"one ended by itself, with status {status}"
        return point
