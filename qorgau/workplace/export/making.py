"""Making the file of an export: at once while somebody waits, or by the worker with progress to look at."""

from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from typing import IO

from django.db import transaction
from django.db.models import F
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext, override

from qorgau.directory.reference import current
from qorgau.lib.written_tables import Cell, Format, write
from qorgau.workplace.export.columns import Column, columns_of
from qorgau.workplace.export.reading import ids_of, rows_of
from qorgau.workplace.export.ready_letter import tell_ready
from qorgau.workplace.models import Export
from qorgau.workplace.queue.asked import asked_for

_ROWS_BETWEEN_SIGNS = 1_000


def column_names(columns: Sequence[Column], language: str) -> list[str]:
    """The first line of a table."""
    with override(language):
        return [str(column.name) for column in columns]


def sheet_name(language: str) -> str:
    """What the sheet of a workbook is called."""
    with override(language):
        return gettext("Appeals")


def cells_of(
    export: Export, ids: Sequence[int], columns: Sequence[Column], *, ahead: bool = False
) -> Generator[list[Cell], None, None]:
    """The rows of an export, as whoever asked for it may see them; see `rows_of` for `ahead`."""
    return rows_of(
        ids,
        columns,
        export.staff,
        language=export.language,
        in_full=export.in_full,
        purpose=export.purpose,
        ahead=ahead,
    )


def make_now(export: Export, ids: Sequence[int], file: IO[bytes]) -> None:
    """The whole table into a file, here and now."""
    columns = columns_of(current())
    _write(file, export, columns, cells_of(export, ids, columns))


def make_in_background(export_id: int) -> None:
    """The table of an export that waits: its file, with progress on the way, and a letter when it is ready.

    Begins anew when a worker was killed in the middle. What the reader may no longer see is left out; somebody who no
    longer works here gets nothing.
    """
    export = Export.objects.select_related("staff__desk").get(pk=export_id)
    if not export.goes_on:
        return
    asked = asked_for(QueryDict(export.query), export.staff) if export.staff.works_today else None
    if asked is None:
        export.end(Export.FAILED)
        return
    ids = ids_of(asked.view)
    columns = columns_of(current())
    rows = cells_of(export, ids, columns, ahead=True)
    with export.being_written() as file, closing(rows):
        export.state, export.rows, export.done = Export.RUNNING, len(ids), 0
        export.save(update_fields=["state", "rows", "done"])
        _write(file, export, columns, _with_signs_of_life(rows, export))
        size = file.tell()
    with transaction.atomic():
        if export.end(Export.READY, done=len(ids), size=size):
            tell_ready(export, at=timezone.now())


def _write(file: IO[bytes], export: Export, columns: Sequence[Column], rows: Iterator[list[Cell]]) -> None:
    language = export.language
    write(file, column_names(columns, language), rows, format=Format(export.format), sheet=sheet_name(language))


def _with_signs_of_life(rows: Iterator[list[Cell]], export: Export) -> Iterator[list[Cell]]:
    for number, row in enumerate(rows, start=1):
        yield row
        if number % _ROWS_BETWEEN_SIGNS == 0:
            Export.objects.filter(pk=export.pk).update(done=F("done") + _ROWS_BETWEEN_SIGNS)
