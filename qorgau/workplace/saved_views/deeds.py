"""What is done with a saved view by one press: up, down, pinned, first, deleted, put back."""

from collections.abc import Callable
from datetime import timedelta

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from qorgau.people.models import Staff
from qorgau.workplace.access import staff_of, staff_page
from qorgau.workplace.models import FirstView, SavedView
from qorgau.workplace.saved_views.rights import siblings, view_to_change, view_to_show

_KEPT_TO_PUT_BACK = timedelta(days=1)


@staff_page
@require_POST
def view_deed(request: HttpRequest, key: int, deed: str) -> HttpResponse:
    """Do it, and show the list of views again."""
    staff = staff_of(request)
    if deed in OF_ONES_OWN:
        OF_ONES_OWN[deed](view_to_show(staff, key), staff)
    elif deed in OF_THE_VIEW:
        OF_THE_VIEW[deed](view_to_change(staff, key))
    else:
        raise Http404
    if deed == "delete":
        return redirect(f"{reverse('desk:saved_views')}?deleted={key}")
    messages.success(request, _("Done."))
    return redirect("desk:saved_views")


def _open_first(view: SavedView, staff: Staff) -> None:
    FirstView.objects.update_or_create(staff=staff, defaults={"view": view})


def _open_as_always(view: SavedView, staff: Staff) -> None:
    FirstView.objects.filter(staff=staff, view=view).delete()


@transaction.atomic
def _move(view: SavedView, by: int) -> None:
    in_order = list(siblings(view).select_for_update())
    place = next((n for n, other in enumerate(in_order) if other.pk == view.pk), None)
    if place is None or not 0 <= place + by < len(in_order):
        return
    in_order[place], in_order[place + by] = in_order[place + by], in_order[place]
    for position, other in enumerate(in_order):
        other.position = position
    SavedView.objects.bulk_update(in_order, ["position"])


def _pin(view: SavedView, pinned: bool) -> None:
    view.pinned = pinned
    view.save(update_fields=["pinned"])


def _delete(view: SavedView) -> None:
    """It can be put back for a day; those deleted earlier go for good."""
    now = timezone.now()
    SavedView.objects.filter(made_by_id=view.made_by_id, deleted_at__lt=now - _KEPT_TO_PUT_BACK).delete()
    SavedView.objects.filter(pk=view.pk, deleted_at__isnull=True).update(deleted_at=now)


def _put_back(view: SavedView) -> None:
    SavedView.objects.filter(pk=view.pk).update(deleted_at=None)


OF_ONES_OWN: dict[str, Callable[[SavedView, Staff], None]] = {"first": _open_first, "not-first": _open_as_always}
"""What everybody does for themselves, with a view of the desk too."""

OF_THE_VIEW: dict[str, Callable[[SavedView], None]] = {
    "up": lambda view: _move(view, -1),
    "down": lambda view: _move(view, +1),
    "pin": lambda view: _pin(view, True),
    "unpin": lambda view: _pin(view, False),
    "delete": _delete,
    "put-back": _put_back,
}
"""What only those do who may change the view."""
