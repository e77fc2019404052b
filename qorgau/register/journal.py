"""The journal of an appeal: append-only lines, each hashed together with the one before.

A line is written in the transaction of the change it tells of (`register/change.py`, `register/record.py`), and its
sequence number equals the version that the change gave to the appeal. So a changed, missing or foreign line shows.
"""

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import connection, transaction

from qorgau.register.models import Appeal, JournalLine

FIRST = b"\x00" * 32


def line_content(
    *,
    number: str,
    sequence: int,
    at: datetime,
    actor: str,
    staff_id: int | None,
    verb: str,
    before: dict[str, Any],
    after: dict[str, Any],
    because: dict[str, Any],
) -> str:
    """The canonical JSON of a line (sorted keys, UTC microseconds): what its hash is made of, after the hash before."""
    return json.dumps(
        [
            number,
            sequence,
            at.astimezone(UTC).isoformat(timespec="microseconds"),
            actor,
            staff_id,
            verb,
            before,
            after,
            because,
        ],
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
    )


def line_hash(previous: bytes, **line: Any) -> bytes:
    """SHA-256 over the hash before and the canonical JSON of the line, which is given as `line_content` wants it."""
    return hashlib.sha256(previous + line_content(**line).encode()).digest()


@dataclass(frozen=True, slots=True)
class Fault:
    """Where a journal does not hold, and what is wrong there."""

    number: str
    sequence: int
    what: str


def verify(number: str = "") -> Iterator[Fault]:
    """Read the journals, of one appeal or of all, and report every line that does not hold. Constant memory."""
    lines = JournalLine.objects.select_related("appeal").order_by("appeal_id", "sequence")
    if number:
        lines = lines.filter(appeal__number=number)
    appeal: Appeal | None = None
    expected, previous = 1, FIRST
    with _one_snapshot():
        for line in lines.iterator(chunk_size=2000):
            if appeal is None or line.appeal_id != appeal.pk:
                if appeal is not None:
                    yield from _faults_at_the_end(appeal, expected, previous)
                appeal, expected, previous = line.appeal, 1, FIRST
            yield from _faults_of(line, expected, previous)
            expected, previous = line.sequence + 1, bytes(line.hash)
        if appeal is not None:
            yield from _faults_at_the_end(appeal, expected, previous)
        without_lines = Appeal.objects.filter(journal__isnull=True)
        for lost in (without_lines.filter(number=number) if number else without_lines).iterator():
            yield Fault(lost.number, 1, "the appeal has no journal")


@contextmanager
def _one_snapshot() -> Iterator[None]:
    """Everything is read as it stood at one moment, while the register goes on; the caller's transaction if any."""
    outermost = not transaction.get_connection().in_atomic_block
    with transaction.atomic():
        if outermost:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def _faults_of(line: JournalLine, expected: int, previous: bytes) -> Iterator[Fault]:
    number = line.appeal.number
    if line.sequence != expected:
        yield Fault(number, expected, f"line {expected} is missing")
    if bytes(line.previous_hash) != previous:
        yield Fault(number, line.sequence, "the line does not continue the one before")
    computed = line_hash(
        bytes(line.previous_hash),
        number=number,
        sequence=line.sequence,
        at=line.at,
        actor=line.actor,
        staff_id=line.staff_id,
        verb=line.verb,
        before=line.before,
        after=line.after,
        because=line.because,
    )
    if computed != bytes(line.hash):
        yield Fault(number, line.sequence, "the line was changed after it was written")


def _faults_at_the_end(appeal: Appeal, expected: int, previous: bytes) -> Iterator[Fault]:
    if appeal.version != expected - 1:
        yield Fault(appeal.number, expected, f"the appeal is at version {appeal.version}, its journal ends before")
    elif bytes(appeal.journal_head) != previous:
        yield Fault(appeal.number, expected - 1, "the appeal does not point to the last line")
