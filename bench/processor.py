"""Processor time: what an answer costs, whoever else keeps the machine busy meanwhile."""

import os
from collections.abc import Callable, Iterable
from dataclasses import replace

import psutil

from bench.figures import Round


class Processor:
    """Reads how much processor time the program (all children of this process) and the database have taken.

    This process itself, which only asks, does not count.
    """

    def __init__(self, postmaster: int) -> None:
        self._ours = psutil.Process(os.getpid())
        self._database = psutil.Process(postmaster)

    def of(self, measure: Callable[[], Round]) -> Round:
        """What this round measured, with the processor time that was taken meanwhile."""
        program, database = self.program(), self.database()
        measured = measure()
        return replace(measured, program=self.program() - program, database=self.database() - database)

    def program(self) -> float:
        """Seconds, user and system, of all servers and processes started from here."""
        return _spent(one for one in self._ours.children(recursive=True) if not self._is_database(one))

    def database(self) -> float:
        """Seconds, user and system, of PostgreSQL with everything it runs."""
        return _spent((self._database, *self._database.children(recursive=True)))

    def _is_database(self, process: psutil.Process) -> bool:
        return process == self._database or self._database in process.parents()


def _spent(processes: Iterable[psutil.Process]) -> float:
    spent = 0.0
    for process in processes:
        try:
            times = process.cpu_times()
        except psutil.NoSuchProcess:
            continue
        spent += times.user + times.system
    return spent
