"""Making the file of an export: at once while somebody waits, or by the worker with progress to look at."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from django.db import transaction
from django.db.models import F
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext, override

from qorgau.directory.reference import current
from qorgau.lib.written_tables import Cell, Format, write
from qorgau.workplace.asked import asked_for
from qorgau.workplace.export import stored
from qorgau.workplace.export.columns import Column, columns_of
from qorgau.workplace.export.reading import ids_of, rows_of
from qorgau.workplace.export.ready_letter import tell_ready
from qorgau.workplace.models import Export

KEPT_FOR = timedelta(days=1)
_ROWS_BETWEEN_SIGNS = 1_000


def column_names(columns: Sequence[Column], language: str) -> list[str]:
    """The first line of a table."""
    with override(language):
        return [str(column.name) for column in columns]


def sheet_name(language: str) -> str:
    """What the sheet of a workbook is called."""
    with override(language):
        return gettext("Appeals")


def cells_of(export: Export, ids: Sequence[int], columns: Sequence[Column]) -> Iterator[list[Cell]]:
    """The rows of an export, as whoever asked for it may see them."""
    return rows_of(ids, columns, export.staff, language=export.language, in_full=export.in_full, purpose=export.purpose)


def make_now(export: Export, ids: Sequence[int], path: Path) -> None:
    """The whole table into a file, here and now."""
    columns = columns_of(current())
    _write(path, export, columns, cells_of(export, ids, columns))


def make_in_background(export_id: int) -> None:
    """The table of an export that waits: its file, with progress on the way, and a letter when it is ready.

    Begins anew when a worker was killed in the middle. What the reader may no longer see is left out; somebody who no
    longer works here gets nothing.
    """
    export = Export.objects.select_related("staff__desk").get(pk=export_id)
    if export.state not in (Export.WAITING, Export.RUNNING):
        return
    asked = asked_for(QueryDict(export.query), export.staff) if export.staff.works_today else None
    if asked is None:
        _settle(export, state=Export.FAILED)
        return
    name = stored.new_name(Format(export.format))
    # The name is kept before the file is begun, so that whatever is killed, the file is found and removed.
    if export.stored_as:
        stored.remove(export.stored_as)
    ids = ids_of(asked.view)
    _settle(export, state=Export.RUNNING, stored_as=name, rows=len(ids), done=0)
    columns = columns_of(current())
    rows = cells_of(export, ids, columns)
    path = stored.place_of(name)
    try:
        _write(path, export, columns, _with_signs_of_life(rows, export))
    except BaseException:
        stored.remove(name)
        raise
    with transaction.atomic():
        _settle(export, state=Export.READY, done=len(ids), size=path.stat().st_size, finished_at=timezone.now())
        tell_ready(export, at=timezone.now())


def give_up(export_id: int) -> None:
    """The export cannot be made; whoever asked sees it."""
    Export.objects.filter(pk=export_id, state__in=(Export.WAITING, Export.RUNNING)).update(
        state=Export.FAILED, finished_at=timezone.now()
    )


def clear_old(at: datetime) -> int:
    """Remove files whose day is over; the lines of the journal stay. Says how many."""
    old = Export.objects.filter(finished_at__lt=at - KEPT_FOR).exclude(stored_as="")
    cleared = 0
    for export in old.iterator():
        stored.remove(export.stored_as)
        state = Export.CLEARED if export.state == Export.READY else export.state
        Export.objects.filter(pk=export.pk).update(stored_as="", state=state)
        cleared += 1
    return cleared


def _write(path: Path, export: Export, columns: Sequence[Column], rows: Iterator[list[Cell]]) -> None:
    language = export.language
    write(path, column_names(columns, language), rows, format=Format(export.format), sheet=sheet_name(language))


def _with_signs_of_life(rows: Iterator[list[Cell]], export: Export) -> Iterator[list[Cell]]:
    for number, row in enumerate(rows, start=1):
        yield row
        if number % _ROWS_BETWEEN_SIGNS == 0:
            Export.objects.filter(pk=export.pk).update(done=F("done") + _ROWS_BETWEEN_SIGNS)


def _settle(export: Export, **fields: object) -> None:
    for name, value in fields.items():
        setattr(export, name, value)
    export.save(update_fields=list(fields))
