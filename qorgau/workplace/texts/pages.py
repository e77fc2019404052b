"""The pages of ready texts: all that one may use, and making, changing, copying and deleting those of one's own."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from qorgau.directory.template_variables import VARIABLES
from qorgau.people.models import Staff
from qorgau.workplace.access import refuse_readers, staff_of, staff_page
from qorgau.workplace.models import OwnText
from qorgau.workplace.showing import show
from qorgau.workplace.texts.belonging import MINE, may_make_for_desk
from qorgau.workplace.texts.forms import TextForm
from qorgau.workplace.texts.keeping import ChangedMeanwhile, asked_for, delete, save
from qorgau.workplace.texts.ready import GROUPS, ReadyText, found, ready_texts

_LANGUAGES = ("text_kk", "text_ru", "text_en")


@staff_page
@require_safe
def texts(request: HttpRequest) -> HttpResponse:
    """Every ready text, those that hold the words that were asked for."""
    refuse_readers(request)
    staff, words = staff_of(request), request.GET.get("words", "").strip()[:200]
    every = ready_texts(staff)
    shown = found(every, words) if words else every
    context = {
        "section": "texts",
        "asked": words,
        "any": bool(every),
        "groups": [
            (name, [_row(text, staff) for text in shown if text.group == group]) for group, name in GROUPS.items()
        ],
        "shown": len(shown),
    }
    return show(request, "texts/list.html", context)


@staff_page
@require_http_methods(["GET", "HEAD", "POST"])
def text(request: HttpRequest) -> HttpResponse:
    """One text: a new one, a copy of another, or one that is changed or deleted."""
    refuse_readers(request)
    staff = staff_of(request)
    row = asked_for(OwnText, request, "text", staff, to_change=True)
    if request.method != "POST":
        return _show(request, row, TextForm(initial=_initial(request, row), staff=staff, is_new=row is None))
    if "delete" in request.POST and row is not None:
        delete(request, row)
        return redirect("desk:texts")
    form = TextForm(request.POST, staff=staff, is_new=row is None)
    if not form.is_valid():
        return _show(request, row, form, status=422)
    said = form.cleaned_data
    try:
        values = {name: said[name] for name in ("name", *_LANGUAGES)}
        save(row, OwnText, staff, said.get("whose", MINE), said["version"], values)
    except ChangedMeanwhile:
        return _show(request, row, _after_somebody_else(request, row, staff), status=409)
    messages.success(request, _("“%(name)s” is saved.") % {"name": said["name"]})
    return redirect("desk:texts")


def _initial(request: HttpRequest, row: OwnText | None) -> dict[str, Any]:
    if row is not None:
        return {name: getattr(row, name) for name in ("name", "version", *_LANGUAGES)}
    copied = next((one for one in ready_texts(staff_of(request)) if one.key == request.GET.get("copy", "")), None)
    if copied is None:
        return {"whose": MINE}
    return {
        "whose": MINE,
        "name": _("%(name)s (copy)") % {"name": copied.name},
        **{f"text_{code}": words for code, words in copied.texts.items()},
    }


def _after_somebody_else(request: HttpRequest, row: OwnText | None, staff: Staff) -> TextForm:
    """The form with everything typed, able to save over what the other one wrote."""
    typed = request.POST.copy()
    if row is not None:
        row.refresh_from_db()
        typed["version"] = str(row.version)
    form = TextForm(typed, staff=staff, is_new=row is None)
    form.is_valid()
    form.add_error(None, _("Somebody saved this a moment ago. Yours is below; saving again replaces theirs."))
    return form


def _show(request: HttpRequest, row: OwnText | None, form: TextForm, *, status: int = 200) -> HttpResponse:
    context = {
        "section": "texts",
        "row": row,
        "form": form,
        "of_desk": row is not None and row.owner_id is None,
        "variables": VARIABLES,
        "deleting": row is not None and "delete" in request.GET,
    }
    return show(request, "texts/text.html", context, status=status)


def _row(text: ReadyText, staff: Staff) -> dict[str, Any]:
    number = text.key.partition("-")[2]
    own = text.key.startswith("own-")
    changes = own and (text.group == MINE or may_make_for_desk(staff))
    address = reverse("desk:text")
    return {
        "name": text.name,
        "beginning": text.beginning,
        "languages": list(text.texts),
        "used": text.used,
        "edit": f"{address}?text={number}" if changes else "",
        "copy": f"{address}?copy={text.key}",
        "delete": f"{address}?text={number}&delete=1" if changes else "",
    }
