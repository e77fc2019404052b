"""Tables written row by row, as CSV or as a workbook: however many rows there are, memory holds a few of them.

A cell is words, a number, a day, a moment or nothing. Moments are written in the zone of the installation.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import TypeAlias

from django.utils import timezone
from xlsxwriter import Workbook

from qorgau.lib.safe_cells import harmless, plain
from qorgau.lib.workbook_rows import LinesSheet

Cell: TypeAlias = str | int | float | date | datetime | None
Row: TypeAlias = Sequence[Cell]

MOST_ROWS_OF_A_WORKBOOK = 1_048_575
"""Rows below the names of the columns; a sheet holds no more."""

_ROWS_AT_A_TIME = 200
_BOM = "\ufeff"
_WIDTH = 18
_SHORT, _KEPT_AT_MOST = 60, 20_000
_SIGNS_OF_A_MOMENT = len("2026-06-02 12:00:00")
_LONGEST_NAME_OF_A_SHEET = 31


class Format(StrEnum):
    """How a table is written. Spreadsheets of the region read semicolons, programs read commas."""

    XLSX = "xlsx"
    CSV_SEMICOLON = "csv-semicolon"
    CSV_COMMA = "csv-comma"

    @property
    def ending(self) -> str:
        """Of the name of the file, without a dot."""
        return "xlsx" if self == Format.XLSX else "csv"

    @property
    def media_type(self) -> str:
        """As a browser is told."""
        if self == Format.XLSX:
            return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        return "text/csv; charset=utf-8"


def csv_pieces(columns: Sequence[str], rows: Iterable[Row], *, format: Format) -> Iterator[bytes]:
    """The table in UTF-8 with its mark, without which spreadsheets guess another encoding."""
    out = io.StringIO(newline="")
    out.write(_BOM)
    writer = csv.writer(out, delimiter=";" if format == Format.CSV_SEMICOLON else ",")
    writer.writerow([harmless(column) for column in columns])
    in_csv = _CsvCells().__getitem__
    rows = iter(rows)
    while piece := out.getvalue():
        yield piece.encode()
        out.seek(0)
        out.truncate()
        writer.writerows(map(in_csv, row) for row in islice(rows, _ROWS_AT_A_TIME))


def write(path: Path, columns: Sequence[str], rows: Iterable[Row], *, format: Format, sheet: str) -> None:
    """The whole table into a file; `sheet` is what the sheet of a workbook is called."""
    if format == Format.XLSX:
        _write_workbook(path, columns, rows, sheet)
        return
    with path.open("wb") as file:
        file.writelines(csv_pieces(columns, rows, format=format))


class _CsvCells(dict[Cell, str]):
    """What a cell is in a table without types. Days, and words of the directory and of our catalogues, come again in
    every row, so these are kept.
    """

    def __init__(self) -> None:
        super().__init__({None: "", "": ""})
        self._zone = timezone.get_current_timezone()

    def __missing__(self, cell: Cell) -> str:
        kind = type(cell)
        if kind is str:
            words = harmless(cell)  # type: ignore[arg-type]
            if len(words) > _SHORT:
                return words
        elif kind is date:
            words = str(cell)
        elif kind is datetime:
            local = cell.astimezone(self._zone)  # type: ignore[union-attr]
            return local.isoformat(" ", "seconds")[:_SIGNS_OF_A_MOMENT]
        else:
            return str(cell)
        if len(self) < _KEPT_AT_MOST:
            self[cell] = words
        return words


def _write_workbook(path: Path, columns: Sequence[str], rows: Iterable[Row], sheet: str) -> None:
    # Rows go to a file beside the workbook as they come; memory holds none of them.
    with Workbook(str(path), {"constant_memory": True, "tmpdir": str(path.parent)}) as book:
        page = book.add_worksheet(sheet[:_LONGEST_NAME_OF_A_SHEET], worksheet_class=LinesSheet)
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        page.set_column(0, len(columns) - 1, _WIDTH)
        page.freeze_panes(1, 1)
        for place, column in enumerate(columns):
            page.write_string(0, place, plain(column), bold)
        count = page.write_lines(rows, day=day, moment=moment)
        page.autofilter(0, 0, count, len(columns) - 1)
