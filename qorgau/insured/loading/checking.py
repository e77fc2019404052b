"""Every line of a block checked at once, column by column, as vectors.

Texts that repeat (categories, organisations, days) are read once for each different text. What comes out is, for each
line, what is wrong with it and the packed values of its columns; `packing.py` makes a stream for the database of them.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from hashlib import blake2b
from typing import Any, TypeAlias

import numpy
import pyarrow
import pyarrow.compute
import pyarrow.csv

from qorgau.insured.cells import day_called, read_ahead, read_categories, read_temporary
from qorgau.insured.loading.columns import Columns
from qorgau.insured.loading.faults import Fault
from qorgau.insured.loading.files import Block
from qorgau.insured.payers import PaidBy
from qorgau.insured.record import (
    LARGEST_SUM,
    MONTHS_SHOWN,
    RUN,
    SUM_BITS,
    category_number,
    pack_ahead,
    pack_categories,
    pack_temporary,
)
from qorgau.rules.months import FIRST, months_in, span

Numbers: TypeAlias = numpy.ndarray[Any, Any]

IIN_DIGITS = 12
MONTHS_AHEAD = 36
"""So many months after the present one have a place in a row."""
_EPOCH = date(2000, 1, 1)
"""From which PostgreSQL counts days."""
_FIRST_WEIGHTS = numpy.arange(1, 12, dtype=numpy.int32)
_SECOND_WEIGHTS = numpy.array([3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2], dtype=numpy.int32)
_SUM = re.compile(rb"-?\d{1,12}(\.\d{1,12})?([eE][+-]?\d{1,2})?")
_NOT_A_LETTER = 255
_LETTERS = numpy.full(256, _NOT_A_LETTER, dtype=numpy.uint8)
for _payer in PaidBy:
    _LETTERS[ord(_payer.value)] = _payer.number


@dataclass(frozen=True, slots=True)
class Terms:
    """What lines are checked against: the columns of the file, the present month, categories of the directory."""

    columns: Columns
    now: int
    categories: frozenset[int]

    @property
    def bytes_of_months(self) -> int:
        """How many bytes hold the paid months."""
        return (self.now + MONTHS_AHEAD - FIRST) // 8 + 1


@dataclass(slots=True)
class Packed:
    """A column of byte strings of different lengths: for each line the place of its value among the different ones."""

    values: Sequence[bytes]
    places: Numbers
    lengths: Numbers


@dataclass(slots=True)
class Lines:
    """The lines of a block, one element of each vector for each of them."""

    faults: Numbers
    iins: bytes
    """Twelve digits for each line; of lines that are at fault, anything."""
    paid: Numbers
    """(lines, bytes) of packed months."""
    months: Numbers | None
    """(lines, 12) words of sum and payer."""
    categories: Packed | None
    ahead: Packed | None
    temporary: Packed | None
    clinics: Numbers | None
    clinic_keys: dict[int, str] = field(default_factory=dict)
    since: Numbers | None = None
    """Days since 2000; the smallest number where there is none."""

    def fail(self, wrong: Numbers, fault: Fault) -> None:
        """Mark lines; what was found first stays."""
        self.faults[wrong & (self.faults == Fault.NONE)] = fault


NO_DAY = numpy.iinfo(numpy.int32).min


def checked(block: Block, terms: Terms) -> Lines:
    """All lines of a block, with what is wrong with each."""
    columns, faults = _columns_of(block, terms.columns)
    lines = Lines(faults, b"", numpy.empty(0), None, None, None, None, None)
    _check_iins(lines, columns["iin"])
    _check_paid(lines, columns["paid"], terms)
    if terms.columns.first_month is not None:
        _check_months(lines, [columns[name] for name in terms.columns.sums], columns.get("payers"))
    if "categories" in columns:
        lines.categories = _read(lines, columns["categories"], _categories_reader(terms.categories))
    if "ahead" in columns:
        lines.ahead = _read(lines, columns["ahead"], _ahead_reader(terms.now))
    if "temporary" in columns:
        lines.temporary = _read(lines, columns["temporary"], _read_temporary)
    if "organisation" in columns:
        _check_clinics(lines, columns["organisation"])
    if "attached_since" in columns:
        _check_since(lines, columns["attached_since"])
    _check_months_to_come(lines, terms)
    return lines


# --- Lines into columns ----------------------------------------------------------------------------------------------


def _columns_of(block: Block, columns: Columns) -> tuple[dict[str, pyarrow.Array], Numbers]:
    """Columns of bytes or numbers by their names, and the first faults."""
    if not block.delimiter:
        batch = pyarrow.ipc.open_stream(block.data).read_all().combine_chunks()
        found = {name: _plain(batch[name]) for name in columns.names}
        return found, numpy.zeros(batch.num_rows, dtype=numpy.uint8)
    # Sums become numbers while the lines are taken apart, or, where one of them is none, afterwards.
    for sums in (pyarrow.float64(), pyarrow.binary()):
        cells = _taken_apart(block, columns, sums)
        if cells is not None:
            return cells, numpy.zeros(block.data.count(b"\n"), dtype=numpy.uint8)
    return _line_by_line(block, columns)


def _taken_apart(block: Block, columns: Columns, sums: pyarrow.DataType) -> dict[str, pyarrow.Array] | None:
    """The columns of CSV; None when a cell is not what it is taken for, or a line has too many cells or too few."""
    kinds = dict.fromkeys(columns.names, pyarrow.binary()) | dict.fromkeys(columns.sums, sums)
    try:
        table = pyarrow.csv.read_csv(
            pyarrow.BufferReader(block.data),
            pyarrow.csv.ReadOptions(use_threads=False, column_names=columns.names, block_size=2 * len(block.data)),
            pyarrow.csv.ParseOptions(delimiter=block.delimiter.decode(), quote_char=False, ignore_empty_lines=False),
            pyarrow.csv.ConvertOptions(column_types=kinds, strings_can_be_null=False, null_values=[""]),
        )
    except pyarrow.ArrowInvalid:
        return None
    if table.num_rows != block.data.count(b"\n"):
        return None
    return {name: _one(table[name]) for name in columns.names}


def _line_by_line(block: Block, columns: Columns) -> tuple[dict[str, pyarrow.Array], Numbers]:
    """The same without haste, for a block with lines that have too many or too few cells."""
    width = len(columns.names)
    rows = [line.removesuffix(b"\r").split(block.delimiter) for line in block.data.split(b"\n")[:-1]]
    wrong = numpy.array([len(row) != width for row in rows])
    empty = [b""] * width
    cells = zip(*(empty if bad else row for row, bad in zip(rows, wrong, strict=True)), strict=True)
    found = {name: pyarrow.array(column, pyarrow.binary()) for name, column in zip(columns.names, cells, strict=True)}
    return found, numpy.where(wrong, numpy.uint8(Fault.CELLS), numpy.uint8(Fault.NONE))


def _one(column: pyarrow.ChunkedArray) -> pyarrow.Array:
    return column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()


def _plain(column: pyarrow.ChunkedArray) -> pyarrow.Array:
    """A column of Parquet as bytes, or as it is when it holds numbers; nothing is an empty value."""
    array = _one(column)
    if pyarrow.types.is_dictionary(array.type):
        array = array.dictionary_decode()
    if pyarrow.types.is_integer(array.type) or pyarrow.types.is_floating(array.type) or _is_decimal(array.type):
        return array
    return array.cast(pyarrow.string()).cast(pyarrow.binary()).fill_null(b"")


def _is_decimal(kind: pyarrow.DataType) -> bool:
    return bool(pyarrow.types.is_decimal(kind))


def _as_bytes(column: pyarrow.Array) -> pyarrow.Array:
    """The same column as text, also when its values are numbers."""
    if pyarrow.types.is_binary(column.type):
        return column
    return column.cast(pyarrow.string()).cast(pyarrow.binary()).fill_null(b"")


def _matrix(column: pyarrow.Array, width: int, fill: bytes) -> tuple[Numbers, Numbers]:
    """Texts of one length as a matrix of their bytes, and which of them have another length (filled in instead)."""
    other = numpy.not_equal(pyarrow.compute.binary_length(column).to_numpy(zero_copy_only=False), width)
    if other.any():
        column = pyarrow.compute.if_else(pyarrow.array(other), pyarrow.scalar(fill, pyarrow.binary()), column)
    offsets = numpy.frombuffer(column.buffers()[1], dtype=numpy.int32)[column.offset :]
    data = numpy.frombuffer(column.buffers()[2], dtype=numpy.uint8)
    begin, count = int(offsets[0]), len(column)
    return data[begin : begin + count * width].reshape(count, width), other


# --- Each column -----------------------------------------------------------------------------------------------------


def _check_iins(lines: Lines, column: pyarrow.Array) -> None:
    signs, wrong = _matrix(_as_bytes(column), IIN_DIGITS, b"0" * IIN_DIGITS)
    digits = (signs - 48).astype(numpy.uint8)
    eleven = numpy.minimum(digits[:, :11], 9).astype(numpy.int32)
    last = eleven @ _FIRST_WEIGHTS % 11
    again = last == 10
    last[again] = eleven[again] @ _SECOND_WEIGHTS % 11
    wrong = wrong | (digits > 9).any(axis=1) | (last != digits[:, 11]) | (digits == digits[:, :1]).all(axis=1)
    lines.fail(wrong, Fault.IIN)
    lines.iins = signs.tobytes()


def _check_paid(lines: Lines, column: pyarrow.Array, terms: Terms) -> None:
    texts, room = _as_bytes(column), terms.bytes_of_months * 8
    lengths = pyarrow.compute.binary_length(texts).to_numpy(zero_copy_only=False)
    longest = int(min(lengths.max(initial=0), room))
    if longest == 0:
        lines.paid = numpy.zeros((len(texts), terms.bytes_of_months), dtype=numpy.uint8)
        lines.fail(lengths > 0, Fault.PAID)
        return
    if (lengths != longest).any():
        texts = pyarrow.array([text[:longest].ljust(longest, b"0") for text in texts.to_pylist()], pyarrow.binary())
    signs, _ = _matrix(texts, longest, b"0" * longest)
    bits = numpy.zeros((len(texts), room), dtype=numpy.uint8)
    bits[:, :longest] = signs - 48
    lines.fail((lengths > room) | (bits > 1).any(axis=1), Fault.PAID)
    lines.paid = numpy.packbits(bits, axis=1, bitorder="little")


def _check_months(lines: Lines, sums: list[pyarrow.Array], payers: pyarrow.Array | None) -> None:
    words = numpy.zeros((len(lines.faults), MONTHS_SHOWN), dtype=numpy.uint32)
    for place, column in enumerate(sums):
        tiyn, unreadable = _tiyn(column)
        lines.fail(unreadable, Fault.SUM)
        lines.fail(tiyn < 0, Fault.SUM_NEGATIVE)
        lines.fail(tiyn > LARGEST_SUM, Fault.SUM_TOO_LARGE)
        words[:, place] = numpy.clip(tiyn, 0, LARGEST_SUM)
    if payers is not None:
        letters, other = _matrix(_as_bytes(payers), MONTHS_SHOWN, b"-" * MONTHS_SHOWN)
        numbers = _LETTERS[letters]
        told = pyarrow.compute.binary_length(_as_bytes(payers)).to_numpy(zero_copy_only=False) > 0
        lines.fail((other & told) | (numbers == _NOT_A_LETTER).any(axis=1), Fault.PAYERS)
        words |= (numbers & 31).astype(numpy.uint32) << SUM_BITS
    lines.months = words


def _tiyn(column: pyarrow.Array) -> tuple[Numbers, Numbers]:
    """Sums in tiyn, and which of them cannot be read."""
    if not pyarrow.types.is_binary(column.type):
        tenge = column.cast(pyarrow.float64()).fill_null(0).to_numpy(zero_copy_only=False)
        return _exact_tiyn(tenge)
    texts = column.to_pylist()
    readable = numpy.array([not text or _SUM.fullmatch(text) is not None for text in texts], dtype=bool)
    tiyn, odd = _exact_tiyn(
        numpy.array([float(text or 0) if fine else 0.0 for text, fine in zip(texts, readable, strict=True)])
    )
    return tiyn, odd | ~readable


def _exact_tiyn(tenge: Numbers) -> tuple[Numbers, Numbers]:
    finite = numpy.isfinite(tenge)
    exact = numpy.where(finite, tenge, 0.0) * 100
    rounded = numpy.rint(exact)
    odd = ~finite | (numpy.abs(exact - rounded) > 1e-4)
    return numpy.clip(rounded, -LARGEST_SUM, LARGEST_SUM + 1).astype(numpy.int64), odd


def _check_clinics(lines: Lines, column: pyarrow.Array) -> None:
    """Organisations are named by a number made of their key, so that processes need not agree on one."""
    numbers = numpy.zeros(len(column), dtype=numpy.int64)
    texts = _as_bytes(column).dictionary_encode()
    places = texts.indices.to_numpy(zero_copy_only=False)
    of_each = []
    for text in texts.dictionary.to_pylist():
        number, key = _clinic(text)
        if number and key:
            lines.clinic_keys[number] = key
        of_each.append(number)
    if of_each:
        numbers = numpy.array(of_each, dtype=numpy.int64)[places]
    lines.fail(numbers == _NO_KEY, Fault.ORGANISATION)
    lines.clinics = numbers


_NO_KEY = -1


@lru_cache(maxsize=50_000)
def _clinic(text: bytes) -> tuple[int, str]:
    """The number and the key of an organisation; 0 for none, -1 for what is no key."""
    if not text:
        return 0, ""
    try:
        key = text.decode().strip()
    except UnicodeDecodeError:
        return _NO_KEY, ""
    if not 0 < len(key) <= 80 or not key.isprintable():
        return _NO_KEY, ""
    return int.from_bytes(blake2b(key.encode(), digest_size=8).digest(), "big", signed=True), key


def _check_since(lines: Lines, column: pyarrow.Array) -> None:
    texts = _as_bytes(column).dictionary_encode()
    places = texts.indices.to_numpy(zero_copy_only=False)
    days = numpy.array([_day(text) for text in texts.dictionary.to_pylist()], dtype=numpy.int64)
    of_each = days[places] if len(days) else numpy.zeros(0, dtype=numpy.int64)
    lines.fail(of_each == _NOT_A_DAY, Fault.SINCE)
    lines.since = numpy.where(of_each == _NOT_A_DAY, NO_DAY, of_each).astype(numpy.int32)


_NOT_A_DAY = 1 << 40


@lru_cache(maxsize=50_000)
def _day(text: bytes) -> int:
    if not text:
        return int(NO_DAY)
    try:
        return (day_called(text.decode()) - _EPOCH).days
    except ValueError:
        return _NOT_A_DAY


# --- Texts that repeat -----------------------------------------------------------------------------------------------

Reader: TypeAlias = Callable[[bytes], bytes | Fault]


def _read(lines: Lines, column: pyarrow.Array, reader: Reader) -> Packed:
    """Every different text read once."""
    texts = _as_bytes(column).dictionary_encode()
    places = texts.indices.to_numpy(zero_copy_only=False)
    values, faults = [], []
    for text in texts.dictionary.to_pylist():
        found = reader(text) if text else b""
        values.append(b"" if isinstance(found, Fault) else found)
        faults.append(found if isinstance(found, Fault) else Fault.NONE)
    of_each = numpy.array(faults, dtype=numpy.uint8)[places] if faults else numpy.zeros(0, dtype=numpy.uint8)
    for fault in set(faults) - {Fault.NONE}:
        lines.fail(of_each == fault, fault)
    lengths = numpy.array([len(value) for value in values], dtype=numpy.int64)
    return Packed(values, places, lengths[places] if values else numpy.zeros(0, dtype=numpy.int64))


@lru_cache(maxsize=4)
def _categories_reader(known: frozenset[int]) -> Reader:
    @lru_cache(maxsize=200_000)
    def read(text: bytes) -> bytes | Fault:
        try:
            held = read_categories(text.decode("ascii"))
            packed = pack_categories(held)
        except ValueError:  # also what is not ASCII
            return Fault.CATEGORIES
        if not {category_number(one.code) for one in held} <= known:
            return Fault.CATEGORY_UNKNOWN
        return packed

    return read


@lru_cache(maxsize=4)
def _ahead_reader(now: int) -> Reader:
    @lru_cache(maxsize=200_000)
    def read(text: bytes) -> bytes | Fault:
        try:
            return pack_ahead(read_ahead(text.decode("ascii"), now=now))
        except ValueError:
            return Fault.AHEAD

    return read


@lru_cache(maxsize=10_000)
def _read_temporary(text: bytes) -> bytes | Fault:
    try:
        return pack_temporary(read_temporary(text.decode("ascii")))
    except ValueError:
        return Fault.TEMPORARY


def _check_months_to_come(lines: Lines, terms: Terms) -> None:
    """Months after the present one may be marked as paid where a payment in advance covers them."""
    to_come = numpy.zeros(terms.bytes_of_months * 8, dtype=numpy.uint8)
    to_come[terms.now + 1 - FIRST :] = 1
    mask = numpy.packbits(to_come, bitorder="little")
    for line in numpy.flatnonzero((lines.paid & mask).any(axis=1)):
        covered = 0
        if lines.ahead is not None:
            for first, last, _paid_in in RUN.iter_unpack(lines.ahead.values[lines.ahead.places[line]]):
                covered |= span(FIRST + first, FIRST + last)
        paid = int.from_bytes(lines.paid[line].tobytes(), "little")
        if any(month > terms.now for month in months_in(paid & ~covered)):
            lines.fail(numpy.arange(len(lines.faults)) == line, Fault.PAID_LATER)
