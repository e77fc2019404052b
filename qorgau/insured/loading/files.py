"""A file as a row of blocks, each small enough to be held in memory, whatever the size of the whole."""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

import pyarrow
import pyarrow.parquet

from qorgau.insured.loading.columns import Columns, recognise
from qorgau.insured.loading.faults import FileRefused
from qorgau.rules.sentences import N_, Sentence

BLOCK_BYTES = 4 << 20
ROWS_OF_A_BATCH = 1 << 16
LONGEST_FIRST_LINE = 4096
_MARKS_OF_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_DELIMITERS = b",;\t"
NOBODY = Sentence(N_("There is nobody in the file."))
_CUT_OFF = Sentence(N_("The file is cut off: its last line does not end. Please send the whole file again."))
_NOT_TEXT = Sentence(N_("The file is not text in UTF-8. Please save it as CSV in UTF-8."))


@dataclass(frozen=True, slots=True)
class Block:
    """Some whole lines of a file: CSV without its first line, or an Arrow stream (for Parquet).

    ``first_line`` is the number of its first line in the file (in Parquet: of its first row), from 1.
    """

    first_line: int
    data: bytes
    delimiter: bytes = b""
    """Empty for an Arrow stream."""


class Source(Protocol):
    """An opened file."""

    columns: Columns
    size: int
    done: int
    """How many bytes of it have been read."""

    def blocks(self) -> Iterator[Block]:
        """All its lines. Raises FileRefused when the file turns out to be damaged."""

    def sha256(self) -> bytes:
        """Of all that was read; complete after the last block."""


@contextmanager
def opened(path: Path) -> "Iterator[Source]":
    """The file, its first line read and understood. Raises FileRefused, and OSError as `open` does."""
    with path.open("rb") as file:
        before = os.fstat(file.fileno())
        source: Source = ParquetSource(file) if path.suffix.lower() == ".parquet" else CsvSource(file)
        yield source
        after = os.fstat(file.fileno())
        if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
            raise FileRefused(Sentence(N_("The file was changed while it was being read. Please try again.")))


class CsvSource:
    """CSV: UTF-8, a first line of names, values without quotes, every line ended."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._digest = hashlib.sha256()
        self.size = os.fstat(file.fileno()).st_size
        self.done = 0
        first = file.readline(LONGEST_FIRST_LINE)
        if first.startswith(_MARKS_OF_UTF16) or b"\0" in first:
            raise FileRefused(_NOT_TEXT)
        if not first:
            raise FileRefused(NOBODY)
        if not first.endswith(b"\n"):
            raise FileRefused(_CUT_OFF if len(first) < LONGEST_FIRST_LINE else _NOT_TEXT)
        self._digest.update(first)
        self.done = len(first)
        counts = {sign: first.count(sign) for sign in _DELIMITERS}
        self._delimiter = bytes([max(counts, key=lambda sign: counts[sign])])
        try:
            names = first.decode("utf-8-sig").strip("\r\n").split(self._delimiter.decode())
        except UnicodeDecodeError:
            raise FileRefused(_NOT_TEXT) from None
        if '"' in "".join(names):
            raise FileRefused(Sentence(N_("Values must not stand in quotes.")))
        self.columns = recognise(names)

    def blocks(self) -> Iterator[Block]:
        line, rest = 2, b""
        while data := self._file.read(BLOCK_BYTES):
            self._digest.update(data)
            self.done += len(data)
            whole, ended, begun = data.rpartition(b"\n")
            if not ended:
                rest += data
                if len(rest) > 2 * BLOCK_BYTES:
                    raise FileRefused(_NOT_TEXT)
                continue
            block = rest + whole + ended
            yield Block(line, block, self._delimiter)
            line += block.count(b"\n")
            rest = begun
        if rest:
            raise FileRefused(_CUT_OFF)

    def sha256(self) -> bytes:
        return self._digest.digest()


class ParquetSource:
    """Parquet with columns of the same names; numbers and dates may have types of their own."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.size = os.fstat(file.fileno()).st_size
        self.done = 0
        self._digest = hashlib.sha256()
        while data := file.read(BLOCK_BYTES):
            self._digest.update(data)
        try:
            self._table = pyarrow.parquet.ParquetFile(file)
        except (pyarrow.ArrowInvalid, OSError):
            raise FileRefused(
                Sentence(N_("This is not a whole Parquet file: its end is missing or damaged."))
            ) from None
        self.columns = recognise(self._table.schema_arrow.names)

    def blocks(self) -> Iterator[Block]:
        row, rows = 1, max(self._table.metadata.num_rows, 1)
        try:
            for batch in self._table.iter_batches(batch_size=ROWS_OF_A_BATCH):
                sink = pyarrow.BufferOutputStream()
                with pyarrow.ipc.new_stream(sink, batch.schema) as stream:
                    stream.write_batch(batch)
                yield Block(row, sink.getvalue().to_pybytes())
                row += batch.num_rows
                self.done = self.size * (row - 1) // rows
        except (pyarrow.ArrowInvalid, OSError) as error:
            raise FileRefused(Sentence(N_("The Parquet file is damaged after row {row}."), {"row": row - 1})) from error

    def sha256(self) -> bytes:
        return self._digest.digest()
