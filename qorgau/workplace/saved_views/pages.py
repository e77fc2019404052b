"""Keeping a view of the queue, naming it anew, and the list in which views are arranged."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from qorgau.directory.reference import current
from qorgau.lib.row_ids import row_id
from qorgau.people.models import Staff
from qorgau.workplace.access import staff_of, staff_page
from qorgau.workplace.colleagues import colleagues
from qorgau.workplace.models import FirstView, SavedView
from qorgau.workplace.queue.asked import asked_for
from qorgau.workplace.queue.choices import chips
from qorgau.workplace.queue.filters import Filters
from qorgau.workplace.queue.tabs import NAMES
from qorgau.workplace.saved_views.form import SavedViewForm
from qorgau.workplace.saved_views.rights import may_change, siblings, view_to_change, views_of
from qorgau.workplace.showing import show

_WRONG = 422


@staff_page
@require_safe
def saved_views(request: HttpRequest) -> HttpResponse:
    """The views somebody has beside the queue, to be arranged; and the one just deleted, to be put back."""
    staff = staff_of(request)
    views = list(views_of(staff).select_related("made_by"))
    first = FirstView.objects.filter(staff=staff).values_list("view_id", flat=True).first()
    deleted = row_id(request.GET.get("deleted", ""))
    gone = SavedView.objects.filter(pk=deleted, deleted_at__isnull=False).first() if deleted else None
    context = {
        "section": "saved_views",
        "own": [_line(view, staff, first) for view in views if view.desk_id is None],
        "shared": [_line(view, staff, first) for view in views if view.desk_id is not None],
        "gone": gone if gone is not None and may_change(gone, staff) else None,
    }
    return show(request, "saved_views/list.html", context)


@staff_page
@require_http_methods(["GET", "HEAD", "POST"])
def save_view(request: HttpRequest) -> HttpResponse:
    """Keep the filters of the address as a view: a new one, or in place of one there is."""
    staff = staff_of(request)
    if request.method == "POST":
        form = SavedViewForm(request.POST, staff=staff)
        filters = _filters(QueryDict(form["address"].value() or ""), staff)
        if form.is_valid() and filters is not None:
            view = form.replaced or _new(form, staff)
            view.address = filters.address().removeprefix("?")
            view.save()
            messages.success(request, _("The view is saved."))
            return redirect(f"{reverse('desk:queue')}{filters.address()}")
        return _show_form(request, form, filters, status=_WRONG)
    filters = _filters(request.GET, staff)
    address = filters.address().removeprefix("?") if filters else ""
    form = SavedViewForm(initial={"address": address, "pinned": True}, staff=staff)
    return _show_form(request, form, filters)


@staff_page
@require_http_methods(["GET", "HEAD", "POST"])
def saved_view(request: HttpRequest, key: int) -> HttpResponse:
    """Name a view anew, and say for whom it is."""
    staff = staff_of(request)
    view = view_to_change(staff, key)
    filters = _filters(QueryDict(view.address), staff)
    if request.method == "POST":
        form = SavedViewForm(request.POST, staff=staff, view=view)
        if form.is_valid():
            _take(view, form, staff)
            view.save()
            messages.success(request, _("The view is saved."))
            return redirect("desk:saved_views")
        return _show_form(request, form, filters, view=view, status=_WRONG)
    names = ("name", "name_kk", "name_ru", "name_en", "pinned")
    initial = {name: getattr(view, name) for name in names} | {"shared": view.desk_id is not None}
    return _show_form(request, SavedViewForm(initial=initial, staff=staff, view=view), filters, view=view)


def _filters(query: QueryDict, staff: Staff) -> Filters | None:
    """What of an address can be kept; the page of the list is no part of a view."""
    asked = asked_for(query, staff)
    return asked.view.filters.but() if asked else None


def _new(form: SavedViewForm, staff: Staff) -> SavedView:
    view = SavedView(made_by=staff)
    _take(view, form, staff)
    view.position = siblings(view).count()
    return view


def _take(view: SavedView, form: SavedViewForm, staff: Staff) -> None:
    for name in ("name", "name_kk", "name_ru", "name_en", "pinned"):
        setattr(view, name, form.cleaned_data[name])
    if "shared" in form.cleaned_data:
        view.desk = staff.desk if form.cleaned_data["shared"] else None
        # What was everybody's becomes the own view of the head who takes it back, whoever made it.
        view.made_by = view.made_by if view.desk else staff


def _line(view: SavedView, staff: Staff, first: int | None) -> dict[str, Any]:
    changes = may_change(view, staff)
    return {
        "key": view.pk,
        "name": view.words,
        "href": f"{reverse('desk:queue')}?{view.address}",
        "made_by": view.made_by.short_name,
        "pinned": view.pinned,
        "first": view.pk == first,
        "may_change": changes,
    }


def _show_form(
    request: HttpRequest,
    form: SavedViewForm,
    filters: Filters | None,
    *,
    view: SavedView | None = None,
    status: int = 200,
) -> HttpResponse:
    staff = staff_of(request)
    named = filters.assignee if filters else ()
    context = {
        "section": "queue",
        "form": form,
        "view": view,
        "tab_name": NAMES[filters.tab] if filters else "",
        "filters_on": [chip["text"] for chip in chips(filters, current(), colleagues(staff, named=named))]
        if filters
        else [],
        "back": f"{reverse('desk:queue')}{filters.address()}" if filters else reverse("desk:queue"),
    }
    return show(request, "saved_views/form.html", context, status=status)
