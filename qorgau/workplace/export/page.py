"""Taking what the queue shows as a table: the form, and the file itself when it is small enough to wait for."""

import tempfile
from typing import Any

from django import forms
from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_http_methods

from qorgau.directory.reference import current
from qorgau.lib.speech import current_language
from qorgau.lib.written_tables import MOST_ROWS_OF_A_WORKBOOK, Format, csv_pieces
from qorgau.people.models import Staff
from qorgau.workplace.access import staff_of, staff_page
from qorgau.workplace.export.columns import columns_of
from qorgau.workplace.export.making import cells_of, column_names, make_now
from qorgau.workplace.export.purposes import FORMATS, PURPOSES, may_take_in_full
from qorgau.workplace.export.reading import ids_of
from qorgau.workplace.export.tasks import make_export
from qorgau.workplace.models import Export
from qorgau.workplace.queue import tabs as views
from qorgau.workplace.queue.asked import Asked, asked_for
from qorgau.workplace.queue.choices import chips
from qorgau.workplace.queue.listing import everything
from qorgau.workplace.showing import show

AT_ONCE = 10_000
"""Rows that somebody waits for; the worker makes larger tables."""


class ExportForm(forms.Form):
    """What kind of file, what for, and whether contacts are needed as they are."""

    format = forms.ChoiceField(
        label=gettext_lazy("Kind of file"), choices=list(FORMATS.items()), initial="xlsx", widget=forms.RadioSelect
    )
    purpose = forms.ChoiceField(
        label=gettext_lazy("What do you need the table for?"),
        choices=[("", gettext_lazy("Choose the reason")), *PURPOSES.items()],
        error_messages={"required": gettext_lazy("Choose what you need the table for: it stands in the journal.")},
    )
    in_full = forms.BooleanField(
        label=gettext_lazy("Contacts and IIN in full"),
        help_text=gettext_lazy("Without this they are masked. The journal keeps that you took them in full."),
        required=False,
    )

    def __init__(self, *args: Any, staff: Staff, rows: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._rows = rows
        if not may_take_in_full(staff):
            del self.fields["in_full"]

    def clean_format(self) -> str:
        """A sheet of a workbook ends somewhere."""
        chosen: str = self.cleaned_data["format"]
        if chosen == Format.XLSX and self._rows > MOST_ROWS_OF_A_WORKBOOK:
            raise forms.ValidationError(
                gettext("A workbook holds at most %(rows)s rows. Choose a text table, or narrow the filters.")
                % {"rows": MOST_ROWS_OF_A_WORKBOOK}
            )
        return chosen


@staff_page
@require_http_methods(["GET", "HEAD", "POST"])
def export(request: HttpRequest) -> HttpResponseBase:
    """GET shows what would be taken; POST gives the file, or begins to make it when it is large."""
    staff = staff_of(request)
    asked = asked_for(request.GET, staff)
    if asked is None:
        raise Http404
    rows = everything(asked.view).order_by().count()
    form = ExportForm(request.POST or None, staff=staff, rows=rows)
    if request.method != "POST" or not form.is_valid():
        status = 422 if form.is_bound else 200
        return show(request, "export/form.html", _context(asked, form, rows), status=status)
    line = _line(staff, asked, form)
    return _begin(line, rows) if rows > AT_ONCE else _give(line, asked)


def _context(asked: Asked, form: ExportForm, rows: int) -> dict[str, Any]:
    filters = asked.view.filters
    return {
        "section": "queue",
        "form": form,
        "rows": rows,
        "at_once": AT_ONCE,
        "notes": asked.notes,
        "view_name": views.NAMES[filters.tab],
        "chips": chips(filters, current(), asked.people),
        "address": filters.but().address(),
    }


def _line(staff: Staff, asked: Asked, form: ExportForm) -> Export:
    return Export(
        staff=staff,
        asked_at=timezone.now(),
        query=asked.view.filters.but().address().lstrip("?"),
        language=current_language(),
        format=form.cleaned_data["format"],
        purpose=form.cleaned_data["purpose"],
        in_full=form.cleaned_data.get("in_full", False),
    )


@transaction.atomic
def _begin(line: Export, rows: int) -> HttpResponseBase:
    line.rows, line.state = rows, Export.WAITING
    line.save()
    make_export.defer(export_id=line.pk)
    return redirect("desk:export_progress", line.pk)


def _give(line: Export, asked: Asked) -> HttpResponseBase:
    """The journal has its line before the first row leaves."""
    ids = ids_of(asked.view)
    line.rows = line.done = len(ids)
    line.state, line.finished_at, line.taken_at = Export.GIVEN, timezone.now(), timezone.now()
    line.save()
    format = Format(line.format)
    name = file_name(line)
    if format == Format.XLSX:
        # It has no name, so nothing is left behind whatever happens.
        file = tempfile.TemporaryFile(prefix="qorgau-export-")  # noqa: SIM115 - the answer closes it
        make_now(line, ids, file)
        file.seek(0)
        return FileResponse(file, as_attachment=True, filename=name, content_type=format.media_type)
    columns = columns_of(current())
    response = StreamingHttpResponse(
        csv_pieces(column_names(columns, line.language), cells_of(line, ids, columns), format=format),
        content_type=format.media_type,
    )
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def file_name(line: Export) -> str:
    """What the file is called where it is saved."""
    return f"qorgau-{timezone.localtime(line.asked_at):%Y-%m-%d-%H%M}.{Format(line.format).ending}"
