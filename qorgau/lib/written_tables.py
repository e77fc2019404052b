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
    rows = iter(rows)
    while piece := out.getvalue():
        yield piece.encode()
        out.seek(0)
        out.truncate()
        writer.writerows([_in_csv(cell) for cell in row] for row in islice(rows, _ROWS_AT_A_TIME))


def write(path: Path, columns: Sequence[str], rows: Iterable[Row], *, format: Format, sheet: str) -> None:
    """The whole table into a file; `sheet` is what the sheet of a workbook is called."""
    if format == Format.XLSX:
        _write_workbook(path, columns, rows, sheet)
        return
    with path.open("wb") as file:
        file.writelines(csv_pieces(columns, rows, format=format))


def _in_csv(cell: Cell) -> str | int | float:
    if type(cell) is str:
        return harmless(cell)
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return f"{timezone.localtime(cell):%Y-%m-%d %H:%M:%S}"
    if isinstance(cell, date):
        return cell.isoformat()
    return cell


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
