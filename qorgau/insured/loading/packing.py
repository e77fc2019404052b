"""Checked lines as the binary form of PostgreSQL's COPY.

A line's record has one length when it is known which of its columns hold anything, and how much; so lines are sorted
by that, and the records of each sort are made at once.
"""

from hashlib import blake2b

import numpy

from qorgau.insured.loading.checking import IIN_DIGITS, NO_DAY, Lines, Numbers, Packed
from qorgau.insured.record import MONTHS_SHOWN
from qorgau.rules.months import FIRST

HEADER = b"PGCOPY\n\xff\r\n\0" + bytes(8)
TRAILER = b"\xff\xff"
_COLUMNS = 8
_HASH_BYTES = 16
_BYTES_OF_LAST_MONTHS = 2 + 4 * MONTHS_SHOWN


def hashes(iins: bytes, key: bytes) -> bytes:
    """The keyed hashes of identity numbers of twelve digits each, one after another."""
    return b"".join(
        [
            blake2b(iins[place : place + IIN_DIGITS], digest_size=_HASH_BYTES, key=key).digest()
            for place in range(0, len(iins), IIN_DIGITS)
        ]
    )


def records(lines: Lines, people: bytes, first_month: int | None) -> bytes:
    """The records of the lines without a fault; `people` are the hashes of all of them."""
    fine = numpy.flatnonzero(lines.faults == 0)
    if not len(fine):
        return b""
    person = numpy.frombuffer(people, dtype=numpy.uint8).reshape(-1, _HASH_BYTES)
    nothing: Numbers = numpy.zeros(len(lines.faults), dtype=numpy.int64)
    has_months: Numbers = (
        numpy.asarray(lines.months.any(axis=1), dtype=numpy.int64) if lines.months is not None else nothing
    )
    has_clinic: Numbers = (lines.clinics != 0).astype(numpy.int64) if lines.clinics is not None else nothing
    has_since: Numbers = (lines.since != NO_DAY).astype(numpy.int64) if lines.since is not None else nothing
    lengths: list[Numbers] = [
        packed.lengths if packed is not None else nothing for packed in (lines.categories, lines.ahead, lines.temporary)
    ]
    sort: Numbers = has_months | has_clinic << 1 | has_since << 2
    for length in lengths:
        sort = sort << 8 | length
    parts = []
    for one in numpy.unique(sort[fine]):
        rows = fine[sort[fine] == one]
        row = rows[0]
        fields: list[tuple[str, Numbers | None]] = [
            ("V16", person[rows]),
            (">i8", lines.clinics[rows] if lines.clinics is not None and has_clinic[row] else None),
            (">i4", lines.since[rows] if lines.since is not None and has_since[row] else None),
            (f"V{lines.paid.shape[1]}", lines.paid[rows]),
            (f"V{_BYTES_OF_LAST_MONTHS}", _last_months(lines, rows, first_month) if has_months[row] else None),
            *(
                (f"V{length[row]}", _bytes_of(packed, rows, int(length[row])) if length[row] and packed else None)
                for packed, length in zip((lines.categories, lines.ahead, lines.temporary), lengths, strict=True)
            ),
        ]
        parts.append(_packed(fields, len(rows)))
    return b"".join(parts)


def _packed(fields: list[tuple[str, Numbers | None]], count: int) -> bytes:
    shape: list[tuple[str, str]] = [("columns", ">i2")]
    for place, (kind, values) in enumerate(fields):
        shape.append((f"length{place}", ">i4"))
        if values is not None:
            shape.append((f"value{place}", kind))
    made = numpy.zeros(count, dtype=numpy.dtype(shape))
    made["columns"] = _COLUMNS
    for place, (kind, values) in enumerate(fields):
        if values is None:
            made[f"length{place}"] = -1
            continue
        made[f"length{place}"] = numpy.dtype(kind).itemsize
        made[f"value{place}"] = numpy.ascontiguousarray(values).view(kind).ravel() if kind.startswith("V") else values
    return made.tobytes()


def _last_months(lines: Lines, rows: Numbers, first_month: int | None) -> Numbers:
    assert lines.months is not None and first_month is not None
    made = numpy.zeros((len(rows), _BYTES_OF_LAST_MONTHS), dtype=numpy.uint8)
    made[:, 0], made[:, 1] = (first_month - FIRST) & 255, (first_month - FIRST) >> 8
    made[:, 2:] = lines.months[rows].astype("<u4").view(numpy.uint8).reshape(len(rows), -1)
    return made


def _bytes_of(packed: Packed, rows: Numbers, length: int) -> Numbers:
    """The values of these rows, all of one length, as a matrix."""
    places, again = numpy.unique(packed.places[rows], return_inverse=True)
    together = b"".join(packed.values[place] for place in places)
    return numpy.frombuffer(together, dtype=numpy.uint8).reshape(-1, length)[again]
