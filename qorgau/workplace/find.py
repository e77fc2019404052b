"""Finding an appeal: by its number, forgiving about how it is typed; by its person, by its words."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from qorgau.lib.speech import say
from qorgau.people.models import Staff
from qorgau.rules.numbers import near_numbers, parse_number
from qorgau.rules.privacy import is_half_hidden, mask_iin, shown_of_masked_iin
from qorgau.rules.problems import Problem
from qorgau.workplace.access import staff_of, staff_page
from qorgau.workplace.discretion import sees_personal_data
from qorgau.workplace.found import Found, found
from qorgau.workplace.found_rows import found_rows
from qorgau.workplace.listing import visible_numbers
from qorgau.workplace.showing import show


@staff_page
@require_http_methods(["GET", "HEAD", "POST"])
def find(request: HttpRequest) -> HttpResponse:
    """The card of the number; or why there is none, with the numbers one slip away that this person may see, and the
    appeals that what was typed may mean otherwise.

    The page's own form comes by POST, since an identity number typed by mistake must not stand in an address; a link
    may carry the number of an appeal.
    """
    staff, typed = staff_of(request), request.POST.get("number", request.GET.get("number", ""))
    near: list[str] = []
    others = None
    try:
        number = parse_number(typed)
    except Problem as problem:
        near = visible_numbers(staff, near_numbers(typed))
        others = found(staff, typed)
        why = _of_masked_iin(typed, others, staff) or say(problem.sentence)
    else:
        if visible_numbers(staff, [number]):
            return redirect("desk:appeal", number=number)
        why = _("There is no appeal %(number)s, or it is not yours to see.") % {"number": number}
    context = {
        "why": why,
        "near": near,
        "typed": typed,
        "found": others and found_rows(others, staff),
        "several": bool(shown_of_masked_iin(typed)),
    }
    return show(request, "find.html", context)


def _of_masked_iin(typed: str, others: Found, staff: Staff) -> str:
    """What there is to say of an IIN with hidden digits; "" of anything else, and to those who may not know people."""
    if not sees_personal_data(staff):
        return ""
    if shown := shown_of_masked_iin(typed):
        if others.of_the_person:
            said = _("These are appeals of everybody whose IIN ends in %(digits)s: look who is meant.")
        else:
            said = _("You may see no appeal of anybody whose IIN ends in %(digits)s.")
        return said % {"digits": shown}
    if is_half_hidden(typed):
        example = mask_iin("000000000106")
        return _("A masked IIN is found by its last four digits, as pages show it: %(example)s.") % {"example": example}
    return ""
