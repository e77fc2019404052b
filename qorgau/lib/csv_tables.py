"""Tables as people save them: CSV in UTF-8, UTF-16 or the old Windows encoding, with commas, semicolons or tabs."""

import codecs
import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import _csv

# Windows-1251 with the Kazakh letters where 1251 has letters nobody writes here; a Russian text is the same in both.
_WINDOWS = "kz1048"
_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_DELIMITERS = ",;\t|"
# Signs that a Cyrillic text in yet another encoding turns into when it is read as Windows-1251.
_NOT_OURS = re.compile("[\x80-\x9fЂЃѓ†‡€‰Љ‹ЊЋЏђљ›њћџ¤¦¬±µ¶]")
_MOST_STRANGE = 0.03
_SAMPLE = 4096


class UnreadableTable(Exception):
    """These bytes are no table of text in an encoding we know."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table: the number of its first line in the file, and its cells by the name of the column."""

    number: int
    cells: dict[str, str]

    @property
    def is_damaged(self) -> bool:
        """Some of its text was spoilt by a wrong encoding, here or before the file was saved."""
        return any("\ufffd" in cell or _was_read_wrongly(cell) for cell in self.cells.values())


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a first line of column names, as they are written there."""

    columns: list[str]
    lines: list[Line]


def read_table(data: bytes) -> Table:
    """The table in a file; empty rows are left out. Raises UnreadableTable."""
    text = _decoded(data)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter_of(text))
    try:
        rows = list(_numbered(reader))
    except csv.Error as error:
        raise UnreadableTable(str(error)) from error
    if not rows:
        raise UnreadableTable("the file is empty")
    columns = [name.strip() for name in rows[0][1]]
    return Table(columns, [Line(number, dict(zip(columns, row, strict=False))) for number, row in rows[1:]])


def _numbered(reader: "_csv.Reader") -> Iterator[tuple[int, list[str]]]:
    """Rows that hold anything, with the line each begins on: a cell may hold line breaks."""
    begins = 1
    for row in reader:
        if any(cell.strip() for cell in row):
            yield begins, row
        begins = reader.line_num + 1


def _decoded(data: bytes) -> str:
    for mark, encoding in _MARKS.items():
        if data.startswith(mark):
            return _strictly(data, encoding)
    if b"\0" in data[:_SAMPLE]:
        # Two bytes a letter without a mark: the nought of a comma or a line end is its second byte, or its first.
        second, first = data[1:_SAMPLE:2].count(0), data[0:_SAMPLE:2].count(0)
        return _strictly(data, "utf-16-le" if second > first else "utf-16-be")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _mended(data)


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableTable(f"the file says it is {encoding}, but is not: {error.reason}") from error


def _mended(data: bytes) -> str:
    """UTF-8 with a few spoilt bytes, or the old Windows encoding."""
    as_utf8 = data.decode("utf-8", errors="replace")
    spoilt = as_utf8.count("\ufffd")
    if sum(not sign.isascii() for sign in as_utf8) > 10 * spoilt:
        return as_utf8
    as_windows = data.decode(_WINDOWS, errors="replace")
    letters = sum(not sign.isascii() for sign in as_windows)
    if len(_NOT_OURS.findall(as_windows)) > _MOST_STRANGE * letters:
        raise UnreadableTable("the text is in an encoding we do not know; save the file as UTF-8")
    return as_windows


def _was_read_wrongly(text: str) -> bool:
    """UTF-8 that was once read as Windows-1251: «Р“РљРџ» for «ГКП»."""
    if text.isascii():
        return False
    try:
        return any(not sign.isascii() for sign in text.encode("cp1251").decode("utf-8"))
    except UnicodeError:
        return False


def _delimiter_of(text: str) -> str:
    """The delimiter there is most of in the first line; a comma when there is none."""
    first = text.split("\n", 1)[0]
    outside_quotes = re.sub(r'"[^"]*"', "", first)
    return max(_DELIMITERS, key=outside_quotes.count)
