"""Taking a whole case as one file: the form, the file itself, and the page of a large one on its way."""

import tempfile
from typing import IO

from django import forms
from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe
from django_htmx.http import HTMX_STOP_POLLING

from qorgau.lib.speech import current_language
from qorgau.register.models import Appeal
from qorgau.workplace.access import get_appeal, refuse_readers, staff_of, staff_page
from qorgau.workplace.card.head import head_of
from qorgau.workplace.case_file.making import is_large, make, whole_appeal
from qorgau.workplace.case_file.purposes import FORMATS, PURPOSES
from qorgau.workplace.case_file.tasks import make_case_file
from qorgau.workplace.models import CaseFile
from qorgau.workplace.openings import note_opening
from qorgau.workplace.showing import show

PART = "case-file"
"""Id of the part that is asked for again and again while the file is being made."""
_TYPES = {CaseFile.PDF: "application/pdf", CaseFile.ZIP: "application/zip"}


class CaseFileForm(forms.Form):
    """What kind of file, what for, and whether contacts are needed as they are."""

    format = forms.ChoiceField(
        label=_("Kind of file"), choices=list(FORMATS.items()), initial=CaseFile.PDF, widget=forms.RadioSelect
    )
    purpose = forms.ChoiceField(
        label=_("What do you need the case for?"),
        choices=[("", _("Choose the reason")), *PURPOSES.items()],
        error_messages={"required": _("Choose what you need the case for: it stands in the journal.")},
    )
    in_full = forms.BooleanField(
        label=_("Contacts and IIN in full"),
        help_text=_("Without this they are masked. The journal keeps that you took them in full."),
        required=False,
    )


@staff_page
@require_http_methods(["GET", "HEAD", "POST"])
def case_file(request: HttpRequest, number: str) -> HttpResponseBase:
    """GET asks what for; POST gives the file, or begins to make it when the case is large."""
    appeal, staff = get_appeal(request, number), staff_of(request)
    if request.method == "POST":
        refuse_readers(request)
    form = CaseFileForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        context = {"head": head_of(appeal, staff), "number": number, "form": form}
        return show(request, "case_file/form.html", context, status=422 if form.is_bound else 200)
    asked = CaseFile(
        staff=staff,
        appeal=appeal,
        asked_at=timezone.now(),
        language=current_language(),
        format=form.cleaned_data["format"],
        purpose=form.cleaned_data["purpose"],
        in_full=form.cleaned_data["in_full"],
    )
    return _begin(asked) if is_large(appeal, asked.format) else _give(asked)


@staff_page
@require_safe
def case_file_progress(request: HttpRequest, case_file_id: int) -> HttpResponseBase:
    """How far a large case file is. The page works by loading it again, and by itself with JavaScript."""
    asked, appeal = _own(request, case_file_id)
    context = {
        "head": head_of(appeal, staff_of(request)),
        "number": appeal.number,
        "asked": asked,
        "part": PART,
        "format": FORMATS[asked.format],
        "purpose": PURPOSES.get(asked.purpose, asked.purpose),
    }
    if request.headers.get("HX-Target") != PART:
        return show(request, "case_file/progress.html", context)
    if asked.goes_on:
        return HttpResponse(status=204)
    return show(request, "case_file/how_far.html", context, status=HTMX_STOP_POLLING)


@staff_page
@require_safe
def case_file_ready(request: HttpRequest, case_file_id: int) -> HttpResponseBase:
    """The file of a large case, for whoever asked for it, as long as it is kept."""
    asked, appeal = _own(request, case_file_id)
    if (file := asked.opened()) is None:
        return redirect("desk:case_file_progress", asked.pk)
    note_opening(request, [appeal], part="file", purpose=asked.purpose)
    return _response(file, asked, appeal)


@transaction.atomic
def _begin(asked: CaseFile) -> HttpResponseBase:
    asked.save()
    make_case_file.defer(case_file_id=asked.pk)
    return redirect("desk:case_file_progress", asked.pk)


def _give(asked: CaseFile) -> HttpResponseBase:
    appeal = whole_appeal(asked)
    if appeal is None:
        raise Http404
    # It has no name, so nothing is left behind whatever happens.
    file = tempfile.TemporaryFile(prefix="qorgau-case-")  # noqa: SIM115 - the answer closes it
    make(asked, appeal, file)
    file.seek(0)
    return _response(file, asked, appeal)


def _response(file: IO[bytes], asked: CaseFile, appeal: Appeal) -> FileResponse:
    name = f"{appeal.number}-case.{asked.format}"
    return FileResponse(file, as_attachment=True, filename=name, content_type=_TYPES[asked.format])


def _own(request: HttpRequest, case_file_id: int) -> tuple[CaseFile, Appeal]:
    """The case file, for whoever asked for it and may still see the appeal; for anybody else it does not exist."""
    asked = CaseFile.objects.select_related("staff__desk").filter(pk=case_file_id, staff=staff_of(request)).first()
    appeal = whole_appeal(asked) if asked else None
    if asked is None or appeal is None:
        raise Http404
    return asked, appeal
