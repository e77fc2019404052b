"""The next and the previous appeal of the view from which a card was opened.

Looked up only when somebody goes there, by the place of the row that was opened: one row behind it, or one before.
So the card costs nothing more, and the way goes on although the appeal itself may have left the view meanwhile.
"""

from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from qorgau.register.models import Appeal
from qorgau.workplace.access import staff_of, staff_page
from qorgau.workplace.keyboard.way import way_of, ways_to_rows
from qorgau.workplace.queue.asked import asked_for
from qorgau.workplace.queue.listing import everything
from qorgau.workplace.queue.places import Place
from qorgau.workplace.queue.view import View


@staff_page
@require_safe
def next_appeal(request: HttpRequest) -> HttpResponse:
    """To the card behind the place in the address, or back to the view with a word that it has ended."""
    return _beside(request, forward=True)


@staff_page
@require_safe
def previous_appeal(request: HttpRequest) -> HttpResponse:
    """To the card before the place in the address, or back to the view with a word that it begins here."""
    return _beside(request, forward=False)


def _beside(request: HttpRequest, *, forward: bool) -> HttpResponse:
    way = way_of(request)
    asked = asked_for(way.read(), staff_of(request))
    if asked is None:
        return redirect("desk:queue")
    appeal = row_beside(asked.view, forward=forward)
    if appeal is not None:
        return redirect(ways_to_rows(asked.view.filters)(appeal))
    ends = _("That was the last appeal of this view.") if forward else _("That was the first appeal of this view.")
    messages.info(request, ends)
    return redirect(way.view)


def row_beside(view: View, *, forward: bool) -> Appeal | None:
    """The row behind the place that the view's address names, or the one before it. Costs the same everywhere."""
    place = view.filters.after
    if forward:
        return everything(view, after=place).first()
    return _before(everything(view), place).first() if place else None


def _before(appeals: QuerySet[Appeal], place: Place) -> QuerySet[Appeal]:
    """Rows before a place, the nearest first: the order of the list turned round, and entered at the place."""
    names = [str(name) for name in appeals.query.order_by]
    # What an order begins with, as an address says it: a day counted from year 1, or a topic.
    rank = int(place.address().partition(".")[0])
    begins: Any = date.fromordinal(rank) if names[0].startswith("due") else rank
    values = [begins, place.moment, place.row][-len(names) :]
    # Without the first column alone, the database would not enter the index at the place.
    within = Q(**{f"{names[0].lstrip('-')}__{'gte' if names[0].startswith('-') else 'lte'}": values[0]})
    nearer, same = Q(), Q()
    for name, value in zip(names, values, strict=True):
        column = name.lstrip("-")
        sign = "gt" if name.startswith("-") else "lt"
        nearer |= same & Q(**{f"{column}__{sign}": value})
        same &= Q(**{column: value})
    return appeals.filter(within, nearer).reverse()
