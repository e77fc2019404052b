"""Saving and deleting what belongs to a person or a desk: nobody overwrites what they have not seen."""

from typing import Any, TypeVar

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import F, Model
from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from qorgau.people.models import Staff
from qorgau.workplace.texts.belonging import MINE, belongs_to, find, may_change, may_make_for_desk

Row = TypeVar("Row", bound=Model)


class ChangedMeanwhile(Exception):
    """Somebody else saved it after the form was opened."""


def asked_for(model: type[Row], request: HttpRequest, name: str, staff: Staff, *, to_change: bool) -> Row | None:
    """The row that the request names, None for a new one; 404 for one that is not theirs to see, 403 to change."""
    key = (request.POST if request.method == "POST" else request.GET).get(name, "")
    if not key:
        return None
    row = find(model, key, staff)
    if row is None:
        raise Http404
    if to_change and not may_change(row, staff):
        raise PermissionDenied
    return row


def save(row: Any, model: type[Any], staff: Staff, whose: str, seen: int | None, values: dict[str, Any]) -> None:
    """Save a new row or a changed one; raises ChangedMeanwhile when the row is not at the version that was seen."""
    values |= {"changed_at": timezone.now(), "changed_by_id": staff.pk}
    if row is None:
        if whose != MINE and not may_make_for_desk(staff):
            raise PermissionDenied
        model.objects.create(**belongs_to(whose, staff), **values)
    elif not model.objects.filter(pk=row.pk, version=seen).update(version=F("version") + 1, **values):
        raise ChangedMeanwhile


def delete(request: HttpRequest, row: Any) -> None:
    """Delete it, and say so."""
    row.delete()
    messages.success(request, _("“%(name)s” is deleted.") % {"name": row.name})
