"""Several processes of several threads that do one thing as often as they can, all starting at the same moment."""

import gc
import threading
import time
from collections.abc import Callable
from importlib import import_module
from multiprocessing import get_context
from multiprocessing.connection import Connection
from types import TracebackType

from bench.figures import Round

Work = Callable[[], None]
_SECONDS_TO_GATHER = 0.2


class Crew:
    """Processes that stay between rounds, so that only the work is measured and not how it was set up.

    `maker` is "module:function"; each thread of each process calls it once and gets the work: a function that does the
    thing one time. A round begins a moment after it was ordered, at one time of the machine's clock for everybody.
    """

    def __init__(self, maker: str, *, processes: int, threads: int) -> None:
        self._threads = threads
        context = get_context("spawn")
        self._ends: list[Connection] = []
        self._members = []
        for _ in range(processes):
            ours, theirs = context.Pipe()
            member = context.Process(target=_member, args=(theirs, maker, threads), daemon=True)
            member.start()
            theirs.close()
            self._ends.append(ours)
            self._members.append(member)
        for end in self._ends:
            end.recv()  # it is ready

    def __enter__(self) -> "Crew":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for end in self._ends:
            end.close()
        for member in self._members:
            member.join()

    def round(self, seconds: float) -> Round:
        begins = time.monotonic() + _SECONDS_TO_GATHER
        for end in self._ends:
            end.send((begins, begins + seconds))
        took: list[float] = []
        errors: list[str] = []
        last = begins
        for end in self._ends:
            theirs, wrong, ended = end.recv()
            took += theirs
            errors += wrong
            last = max(last, ended)
        return Round(took, last - begins, errors)


def _member(end: Connection, maker: str, threads: int) -> None:
    module, _, name = maker.partition(":")
    make: Callable[[], Work] = getattr(import_module(module), name)
    gathered = threading.Barrier(threads + 1)
    times: list[tuple[float, float]] = [(0.0, 0.0)]
    results: list[tuple[list[float], list[str], float]] = []

    def labour() -> None:
        work = make()
        gathered.wait()  # everybody is ready
        while True:
            gathered.wait()  # a round was ordered
            begins, ends = times[0]
            results.append(_repeat(work, begins, ends))
            gathered.wait()  # the round is over

    for _ in range(threads):
        threading.Thread(target=labour, daemon=True).start()
    gathered.wait()
    gc.collect()
    end.send("ready")
    while True:
        try:
            times[0] = end.recv()
        except EOFError:
            return
        results.clear()
        gathered.wait()
        gathered.wait()
        took = [one for theirs, _, _ in results for one in theirs]
        errors = [one for _, theirs, _ in results for one in theirs]
        end.send((took, errors, max(ended for _, _, ended in results)))
        gc.collect()  # after the round, whose processor time is counted


def _repeat(work: Work, begins: float, ends: float) -> tuple[list[float], list[str], float]:
    took: list[float] = []
    errors: list[str] = []
    time.sleep(max(0.0, begins - time.monotonic()))
    now = time.monotonic()
    while now < ends:
        before = now
        try:
            work()
        except Exception as error:  # counted and told: a round with errors is no measurement
            errors.append(f"{type(error).__name__}: {error}")
        now = time.monotonic()
        if not errors:
            took.append(now - before)
    return took, errors, now
