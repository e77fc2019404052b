"""The palette: everything one can do or go to from here, found by a few letters. Without scripts it is a page."""

from collections.abc import Iterator

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from qorgau.lib.keyboard_layouts import meant
from qorgau.people.models import Staff
from qorgau.register.models import Appeal
from qorgau.register.scope import appeals_for
from qorgau.rules.numbers import number_in
from qorgau.workplace.access import get_appeal, staff_of, staff_page
from qorgau.workplace.finding.numbers_meant import numbers_meant
from qorgau.workplace.keyboard import commands
from qorgau.workplace.keyboard.commands import Command
from qorgau.workplace.keyboard.way import Way, way_of
from qorgau.workplace.showing import show
from qorgau.workplace.state_words import state_words

LIST_ONLY = "palette-list"
"""Id of the list in the dialog; a request for it alone names it in HX-Target."""

_LONGEST_WORDS = 200
_MOST_APPEALS = 8

Groups = list[tuple[str | Promise, list[Command]]]


@staff_page
@require_http_methods(["GET", "HEAD", "POST"])
def palette(request: HttpRequest) -> HttpResponse:
    """What can be done from a page, narrowed by words.

    Words come by POST only: people type identity numbers into any field there is, and none may stand in an address.
    """
    asked = request.POST if request.method == "POST" else request.GET
    typed = request.POST.get("words", "")[:_LONGEST_WORDS]
    card, way = asked.get("card", ""), way_of(request)
    groups = _groups(request, typed, card, way)
    context = {
        "groups": groups,
        "number": sum(len(found) for _group, found in groups),
        "typed": typed,
        "card": card,
        "back": way.to(reverse("desk:appeal", args=[card])) if _is_number(card) else reverse("desk:queue"),
    }
    only_list = request.headers.get("HX-Target") == LIST_ONLY
    response = show(request, "keyboard/palette_found.html" if only_list else "keyboard/palette.html", context)
    response["Vary"] = "HX-Target"
    return response


def _groups(request: HttpRequest, typed: str, card: str, way: Way) -> Groups:
    staff = staff_of(request)
    appeal = _at_hand(request, card) if card else None
    every: Groups = [
        (_("Appeals"), list(_appeals(staff, typed))),
        (_("This appeal"), commands.called(commands.of_the_appeal(appeal, staff, way), typed) if appeal else []),
        (_("Views of the queue"), commands.called(commands.views(staff), typed)),
        (_("Go to"), commands.called(commands.pages(staff), typed)),
        (_("Language"), commands.called(commands.languages(), typed)),
        (_("Search"), commands.search(staff, typed)),
    ]
    return [(name, found) for name, found in every if found]


def _at_hand(request: HttpRequest, card: str) -> Appeal | None:
    """The appeal whose card is open; None for one that this person may not see."""
    try:
        return get_appeal(request, card)
    except Http404:
        return None


def _is_number(card: str) -> bool:
    return bool(card) and number_in(card) == card


def _appeals(staff: Staff, typed: str) -> Iterator[Command]:
    numbers = dict.fromkeys(number for reading in meant(typed) for number in numbers_meant(reading))
    if not numbers:
        return
    seen = appeals_for(staff).filter(number__in=list(numbers)).only("number", "state", "holder_id", "topic_id")
    found = {appeal.number: appeal for appeal in seen}
    for number in [number for number in numbers if number in found][:_MOST_APPEALS]:
        yield Command(
            id=f"appeal-{number}",
            words=number,
            href=reverse("desk:appeal", args=[number]),
            detail=state_words(found[number]),
        )
