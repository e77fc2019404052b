"""Processes that check and pack blocks while the one that leads them reads the file and feeds the database."""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from itertools import chain, islice
from multiprocessing import get_context

import numpy

from qorgau.insured.loading.checking import Terms, checked
from qorgau.insured.loading.faults import Fault
from qorgau.insured.loading.files import Block
from qorgau.insured.loading.packing import hashes, records

BLOCKS_ALONE = 12
"""A file of no more blocks, some 200,000 people, is checked sooner than processes are started for it."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A line that is not taken, and why; the person's hash where the line names a possible person."""

    line: int
    fault: Fault
    person: bytes | None


@dataclass(frozen=True, slots=True)
class Ready:
    """What became of a block: records for COPY, lines refused, keys of organisations, lines that name given people."""

    lines: int
    records: bytes
    refusals: list[Refusal]
    clinics: dict[int, str]


@dataclass(frozen=True, slots=True)
class Work:
    """What every process of the crew needs to know."""

    terms: Terms
    key: bytes

    def ready(self, block: Block) -> Ready:
        """Check and pack one block."""
        lines = checked(block, self.terms)
        people = hashes(lines.iins, self.key)
        refusals = [
            Refusal(
                block.first_line + int(line),
                fault := Fault(int(lines.faults[line])),
                None if fault in (Fault.IIN, Fault.CELLS) else people[16 * line : 16 * line + 16],
            )
            for line in numpy.flatnonzero(lines.faults)
        ]
        return Ready(
            len(lines.faults), records(lines, people, self.terms.columns.first_month), refusals, lines.clinic_keys
        )

    def naming(self, block: Block, people: frozenset[bytes]) -> list[Refusal]:
        """The lines of a block that name one of these people."""
        lines = checked(block, self.terms)
        of_each = hashes(lines.iins, self.key)
        return [
            Refusal(block.first_line + line, Fault.DOUBLED, of_each[16 * line : 16 * line + 16])
            for line in range(len(lines.faults))
            if not lines.faults[line] and of_each[16 * line : 16 * line + 16] in people
        ]


def ready_blocks(work: Work, blocks: Iterable[Block], processes: int | None = None) -> Iterator[Ready]:
    """The blocks in their order, each checked and packed. Only a few are held in memory at once."""
    coming = iter(blocks)
    first = list(islice(coming, BLOCKS_ALONE + 1))
    if len(first) <= BLOCKS_ALONE:
        yield from map(work.ready, first)
        return
    yield from _by_processes(work.ready, chain(first, coming), processes or len(os.sched_getaffinity(0)))


def doubled_lines(work: Work, blocks: Iterable[Block], people: frozenset[bytes]) -> Iterator[Refusal]:
    """The lines of a file that name these people, in their order: it is read a second time, which is seldom needed."""
    for block in blocks:
        yield from work.naming(block, people)


def _give_way() -> None:
    """People who ask meanwhile go first."""
    os.nice(10)


def _by_processes(do: Callable[[Block], Ready], blocks: Iterable[Block], processes: int) -> Iterator[Ready]:
    # Not forked: this process holds a connection to the database.
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn"), initializer=_give_way) as pool:
        waiting: deque[Future[Ready]] = deque()
        try:
            for block in blocks:
                waiting.append(pool.submit(do, block))
                if len(waiting) > processes + 1:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for one in waiting:
                one.cancel()
