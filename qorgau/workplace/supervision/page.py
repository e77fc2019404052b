"""The page of supervision, and the same table as a file."""

import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from babel.numbers import format_decimal
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from qorgau.directory.reference import current
from qorgau.lib.speech import current_language, name_in
from qorgau.lib.written_tables import Format, write
from qorgau.people.models import Staff
from qorgau.workplace.access import staff_of, staff_page
from qorgau.workplace.export.purposes import FORMATS
from qorgau.workplace.showing import show
from qorgau.workplace.supervision import columns
from qorgau.workplace.supervision.asked import NAMES, NOBODY, Asked, By, asked_for, left_aside
from qorgau.workplace.supervision.counting import Line, report
from qorgau.workplace.supervision.figures import NOTES, Figure, Period

LINES_ON_A_PAGE = 100
_INTO = {By.REGION: By.DESK, By.DESK: By.PERSON, By.TOPIC: By.DESK}
"""What a line is taken apart into."""


@staff_page
@require_safe
def supervision(request: HttpRequest) -> HttpResponse:
    """The table, a hundred lines at a time; every figure leads to the appeals it counts."""
    asked = asked_for(request.GET, staff_of(request))
    counted = report(asked)
    page = max(1, _number(request.GET.get("page", "")))
    shown = counted.lines[(page - 1) * LINES_ON_A_PAGE : page * LINES_ON_A_PAGE]
    more = len(counted.lines) > page * LINES_ON_A_PAGE
    context = {
        "section": "supervision",
        "asked": asked,
        "left_aside": left_aside(request.GET, asked),
        "tabs": [{"text": NAMES[by], "href": asked.but(by=by).address(), "current": by == asked.by} for by in By],
        "periods": list(_periods(asked)),
        "narrowed": [{"text": _narrowing(by, key), "href": _without(asked, by).address()} for by, key in asked.only],
        "columns": columns.COLUMNS,
        "first_column": columns.FIRST_COLUMN[asked.by],
        "rows": [_row(line, asked) for line in shown],
        "total": _row(counted.total, asked),
        "notes": NOTES,
        "formats": [(value, name) for value, name in FORMATS.items()],
        "previous": f"{asked.address()}&page={page - 1}" if page > 1 else "",
        "next": f"{asked.address()}&page={page + 1}" if more else "",
    }
    return show(request, "supervision/page.html", context)


@staff_page
@require_safe
def supervision_file(request: HttpRequest) -> HttpResponseBase:
    """The table of the page as a file: the same lines, the same figures."""
    asked = asked_for(request.GET, staff_of(request))
    text = request.GET.get("format", "")
    format = Format(text) if text in set(Format) else Format.XLSX
    counted = report(asked)
    name = f"qorgau-{asked.by.value}-{asked.period.first}-{asked.period.last}.{format.ending}"
    # It has no name, so nothing is left behind whatever happens.
    file = tempfile.TemporaryFile(prefix="qorgau-table-")  # noqa: SIM115 - the answer closes it
    write(file, columns.header(asked.by), columns.rows(counted, asked.by), format=format, sheet=_("Supervision"))
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=name, content_type=format.media_type)


def _row(line: Line, asked: Asked) -> dict[str, Any]:
    narrowed = asked.narrowed(asked.by, line.key) if line.key else asked
    into = _INTO.get(asked.by)
    return {
        "name": columns.name_of(line, asked.by),
        "href": narrowed.but(by=into).address() if into and line.key not in ("", NOBODY) else "",
        "cells": [_cell(column, line, narrowed) for column in columns.COLUMNS],
    }


def _cell(column: columns.Column, line: Line, asked: Asked) -> dict[str, Any]:
    value = column.value(line)
    if column.figure is None:
        words = "" if value is None else str(format_decimal(value, format="#,##0.0", locale=current_language()))
        # Times are those of the appeals that were answered, so that is what stands behind them.
        href = _list(asked, Figure.ANSWERED) if value is not None else ""
        return {"name": column.name, "words": words, "href": href, "value": value}
    return {
        "name": column.name,
        "words": str(format_decimal(value or 0, locale=current_language())),
        "href": _list(asked, column.figure) if value else "",
        "value": value,
    }


def _list(asked: Asked, figure: Figure) -> str:
    return reverse("desk:supervision_appeals") + asked.address(figure=figure)


def _periods(asked: Asked) -> Iterator[dict[str, Any]]:
    """Usual periods to choose with one press."""
    today = timezone.localdate()
    for text, first in (
        (_("7 days"), today - timedelta(days=6)),
        (_("30 days"), today - timedelta(days=29)),
        (_("This month"), today.replace(day=1)),
        (_("This quarter"), date(today.year, 3 * ((today.month - 1) // 3) + 1, 1)),
        (_("This year"), date(today.year, 1, 1)),
    ):
        period = Period(first, today)
        yield {"text": text, "href": asked.but(period=period).address(), "current": period == asked.period}


def _narrowing(by: By, key: str) -> str:
    if key == NOBODY:
        return str(columns.WITHOUT[by])
    if by == By.PERSON:
        person = Staff.objects.filter(pk=int(key)).first()
        return person.short_name if person else key
    reference = current()
    rows: dict[By, Any] = {By.DESK: reference.desks, By.REGION: reference.regions, By.TOPIC: reference.topics}
    return name_in(rows[by][int(key)])


def _without(asked: Asked, by: By) -> Asked:
    return asked.but(only=tuple(pair for pair in asked.only if pair[0] != by))


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 1
