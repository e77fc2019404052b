"""Large tables on their way: how far each is, and the file, for whoever asked for it and nobody else."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from qorgau.directory.reference import current
from qorgau.lib.row_ids import row_id
from qorgau.lib.written_tables import Format
from qorgau.rules.roles import Role
from qorgau.workplace.access import staff_of, staff_page
from qorgau.workplace.colleagues import names_of
from qorgau.workplace.export.page import file_name
from qorgau.workplace.export.purposes import FORMATS, PURPOSES
from qorgau.workplace.models import Export
from qorgau.workplace.queue import tabs as views
from qorgau.workplace.queue.choices import chips
from qorgau.workplace.queue.filters import read_filters
from qorgau.workplace.showing import show

LINES_ON_A_PAGE = 50
PROGRESS_ONLY = "export-progress"
"""Id of the part that is asked for again and again while the table is being made."""

STATES = {
    Export.WAITING: _("Waiting for its turn"),
    Export.RUNNING: _("Being made"),
    Export.READY: _("Ready"),
    Export.GIVEN: _("Given at once"),
    Export.FAILED: _("Could not be made"),
    Export.CLEARED: _("The file is no longer kept"),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """One export as a page shows it."""

    line: Export
    state: str
    what: str
    filters: list[str]
    format: str
    purpose: str
    file: str


@staff_page
@require_safe
def exports(request: HttpRequest) -> HttpResponse:
    """What this person took, the latest first; the auditor reads what everybody took."""
    staff = staff_of(request)
    lines = Export.objects.select_related("staff__desk").order_by("-pk")
    everybody = staff.role == Role.AUDITOR
    if not everybody:
        lines = lines.filter(staff=staff)
    if before := row_id(request.GET.get("before", "")):
        lines = lines.filter(pk__lt=before)
    found = list(lines[: LINES_ON_A_PAGE + 1])
    page = found[:LINES_ON_A_PAGE]
    context = {
        "section": "exports",
        "rows": _shown(page),
        "everybody": everybody,
        "next_page": f"{reverse('desk:exports')}?before={page[-1].pk}" if len(found) > LINES_ON_A_PAGE else "",
    }
    return show(request, "export/list.html", context)


@staff_page
@require_safe
def export_progress(request: HttpRequest, export_id: int) -> HttpResponse:
    """How far a table is; works by loading the page again, and by itself with JavaScript."""
    (shown,) = _shown([_own(request, export_id)])
    part = request.headers.get("HX-Target") == PROGRESS_ONLY
    response = show(
        request, "export/progress.html" if part else "export/progress_page.html", {"section": "exports", "shown": shown}
    )
    response["Vary"] = "HX-Target"
    return response


@staff_page
@require_safe
def export_file(request: HttpRequest, export_id: int) -> HttpResponseBase:
    """The file itself, as often as it is wanted while it is kept."""
    line = _own(request, export_id)
    if (file := line.opened()) is None:
        return redirect("desk:export_progress", line.pk)
    Export.objects.filter(pk=line.pk).update(taken_at=timezone.now())
    return FileResponse(file, as_attachment=True, filename=file_name(line), content_type=Format(line.format).media_type)


def _own(request: HttpRequest, export_id: int) -> Export:
    """The export, for whoever asked for it; for anybody else it does not exist."""
    line = Export.objects.select_related("staff__desk").filter(pk=export_id, staff=staff_of(request)).first()
    if line is None:
        raise Http404
    return line


def _shown(lines: Iterable[Export]) -> list[Shown]:
    """Lines with what was asked for as it stood then, whatever who asked may ask for today. One query at most."""
    asked = [(line, QueryDict(line.query)) for line in lines]
    people = names_of(key for _line, query in asked for key in query.getlist("assignee"))
    return [_shown_one(line, query, people) for line, query in asked]


def _shown_one(line: Export, query: QueryDict, people: dict[int, str]) -> Shown:
    filters, _notes = read_filters(query, tabs=list(views.Tab), reference=current(), people=people)
    return Shown(
        line=line,
        state=str(STATES[line.state]),
        what=str(views.NAMES[filters.tab]),
        filters=[str(chip["text"]) for chip in chips(filters, current(), people)],
        format=str(FORMATS[line.format]),
        purpose=str(PURPOSES.get(line.purpose, line.purpose)),
        file=reverse("desk:export_file", args=[line.pk]) if line.state == Export.READY else "",
    )
