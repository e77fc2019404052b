"""Workbooks written row by row into a file that is only written on, straight into their ZIP: no cell is kept in memory
nor beside it on the disk, where what is to lie sealed would lie open.

XlsxWriter makes everything but the rows. These are made in one go, five times faster than cell by cell, which counts in
a hundred thousand.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import chain, islice
from typing import IO, Any
from xml.sax.saxutils import escape

from django.utils import timezone
from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name

from qorgau.lib.safe_cells import plain

_BOOK, _SHEET = "xl/workbook.xml", "xl/worksheets/sheet1.xml"
_NO_ROWS = b"<sheetData/>"
# How far rows go is not known before they are written, and need not be said.
_HOW_FAR = re.compile(rb"<dimension [^>]*/>")
_WIDTH = 18
_ROWS_AT_A_TIME = 50
_LONGEST_NAME_OF_A_SHEET = 31
_DAY_ZERO = date(1899, 12, 30).toordinal()
_SECONDS_OF_A_DAY = 86_400
_LOOKS_ESCAPED = re.compile(r"_(x[0-9A-Fa-f]{4}_)")
_NEEDS_ESCAPING = re.compile(r"[&<>]|_x")
# Words of the directory and of our catalogues come again in every row.
_SHORT, _KEPT_AT_MOST = 60, 20_000


def write_workbook(file: IO[bytes], columns: Sequence[str], rows: Iterable[Iterable[Any]], *, sheet: str) -> None:
    """A workbook of one sheet: the names of its columns, which stay in sight and filter, and the rows."""
    frame = _Frame(columns, sheet, rows=0)
    counted = _Counted(rows)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as book:
        for name in frame.names:
            if name not in (_BOOK, _SHEET):
                book.writestr(name, frame.part(name))
        before, _, _after = frame.part(_SHEET).partition(_NO_ROWS)
        with book.open(_SHEET, "w", force_zip64=True) as page:
            page.write(_HOW_FAR.sub(b"", before) + b"<sheetData>")
            for piece in _pieces(columns, counted, frame):
                page.write(piece)
            whole = _Frame(columns, sheet, rows=counted.count)
            page.write(b"</sheetData>" + whole.part(_SHEET).partition(_NO_ROWS)[2])
        # It names the rows that can be filtered.
        book.writestr(_BOOK, whole.part(_BOOK))


class _Frame:
    """All that a workbook of so many rows has but the rows, and the numbers of its styles."""

    def __init__(self, columns: Sequence[str], sheet: str, *, rows: int) -> None:
        kept = io.BytesIO()
        with Workbook(kept, {"in_memory": True}) as book:
            page = book.add_worksheet(sheet[:_LONGEST_NAME_OF_A_SHEET])
            bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
            day = book.add_format({"num_format": "yyyy-mm-dd"})
            moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
            self.bold, self.day, self.moment = (one._get_xf_index() for one in (bold, day, moment))
            page.set_column(0, len(columns) - 1, _WIDTH)
            page.freeze_panes(1, 1)
            page.autofilter(0, 0, rows, len(columns) - 1)
        self._zip = zipfile.ZipFile(kept)
        self.names = self._zip.namelist()

    def part(self, name: str) -> bytes:
        return self._zip.read(name)


class _Counted:
    """Rows, and how many of them there were so far."""

    def __init__(self, rows: Iterable[Iterable[Any]]) -> None:
        self._rows = rows
        self.count = 0

    def __iter__(self) -> Iterator[Iterable[Any]]:
        for row in self._rows:
            self.count += 1
            yield row


def _pieces(columns: Sequence[str], rows: Iterable[Iterable[Any]], frame: _Frame) -> Iterator[bytes]:
    line = _Lines(frame.day, frame.moment)
    lines = chain(
        [line.names(columns, frame.bold)], (line.xml(number, row) for number, row in enumerate(rows, start=2))
    )
    while piece := "".join(islice(lines, _ROWS_AT_A_TIME)):
        yield piece.encode()


class _Lines:
    """Makes one row after another; knows how days and moments look, and the words it has seen."""

    def __init__(self, day_style: int, moment_style: int) -> None:
        self._day, self._moment = f'" s="{day_style}"><v>', f'" s="{moment_style}"><v>'
        self._letters = [f'<c r="{xl_col_to_name(place)}' for place in range(200)]
        self._seen: dict[str, str] = {}
        self._zone = timezone.get_current_timezone()

    def names(self, columns: Sequence[str], style: int) -> str:
        """The first row."""
        cells = (
            f'{letter}1" s="{style}{self._words(name)}' for letter, name in zip(self._letters, columns, strict=False)
        )
        return f'<row r="1">{"".join(cells)}</row>'

    def xml(self, number: int, row: Iterable[Any]) -> str:
        cells = [f'<row r="{number}">']
        for letter, value in zip(self._letters, row, strict=False):
            if value is None or value == "":
                continue
            kind = type(value)
            if kind is str:
                inside = self._seen.get(value) or self._words(value)
            elif kind is int or kind is float:
                inside = f'"><v>{value}</v></c>'
            elif kind is datetime:
                inside = f"{self._moment}{self._serial(value)}</v></c>"
            elif kind is date:
                inside = f"{self._day}{value.toordinal() - _DAY_ZERO}</v></c>"
            else:
                inside = self._words(str(value))
            cells.append(f"{letter}{number}{inside}")
        cells.append("</row>")
        return "".join(cells)

    def _words(self, text: str) -> str:
        words = plain(text)
        if _NEEDS_ESCAPING.search(words):
            words = escape(_LOOKS_ESCAPED.sub(r"_x005F_\1", words))
        space = ' xml:space="preserve"' if words != words.strip() else ""
        inside = f'" t="inlineStr"><is><t{space}>{words}</t></is></c>'
        if len(text) <= _SHORT and len(self._seen) < _KEPT_AT_MOST:
            self._seen[text] = inside
        return inside

    def _serial(self, value: datetime) -> float:
        local = value.astimezone(self._zone)
        seconds = local.hour * 3600 + local.minute * 60 + local.second
        return round(local.toordinal() - _DAY_ZERO + seconds / _SECONDS_OF_A_DAY, 8)
