"""Tables written row by row, as CSV or as a workbook: however many rows there are, memory holds a few of them.

A cell is words, a number, a day, a moment or nothing. Moments are written in the zone of the installation.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from enum import StrEnum
from itertools import islice
from typing import IO, TypeAlias

from django.utils import timezone

from qorgau.lib.safe_cells import harmless
from qorgau.lib.workbooks import write_workbook

Cell: TypeAlias = str | int | float | date | datetime | None
Row: TypeAlias = Sequence[Cell]

MOST_ROWS_OF_A_WORKBOOK = 1_048_575
"""Rows below the names of the columns; a sheet holds no more."""

_ROWS_AT_A_TIME = 200
_BOM = "\ufeff"
_SHORT, _KEPT_AT_MOST = 60, 20_000
_SIGNS_OF_A_MOMENT = len("2026-06-02 12:00:00")


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


def write(file: IO[bytes], columns: Sequence[str], rows: Iterable[Row], *, format: Format, sheet: str) -> None:
    """The whole table into a file; `sheet` is what the sheet of a workbook is called."""
    if format == Format.XLSX:
        write_workbook(file, columns, rows, sheet=sheet)
        return
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
