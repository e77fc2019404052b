"""Splitting begins in the queue too: one chosen appeal leads to its form, of several one says which."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from qorgau.rules.kinds import Kind
from qorgau.rules.states import Verb
from qorgau.workplace.access import refuse_readers, staff_of, staff_page
from qorgau.workplace.bulk.chosen import MOST, appeals_chosen, read_chosen
from qorgau.workplace.showing import show
from qorgau.workplace.wording import KINDS, VERBS


@staff_page
@require_safe
def split_chosen(request: HttpRequest) -> HttpResponse:
    """To the form of the chosen appeal, or the chosen ones to choose from."""
    refuse_readers(request)
    chosen = read_chosen(request.GET.getlist("row"))
    appeals = appeals_chosen(chosen[:MOST], staff_of(request))
    if len(appeals) == len(chosen) == 1:
        return redirect("desk:split", number=chosen[0].number)
    rows = [
        {"number": number, "href": reverse("desk:split", args=[number]), "kind": KINDS[Kind(appeal.kind)]}
        for number, appeal in appeals.items()
    ]
    return show(request, "bulk/split.html", {"section": "queue", "title": VERBS[Verb.SPLIT], "rows": rows})
