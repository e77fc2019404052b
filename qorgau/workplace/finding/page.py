"""Finding an appeal: by its number, forgiving about how it is typed; by its person, its organisation, its words."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from qorgau.lib.speech import say
from qorgau.people.models import Staff
from qorgau.rules.numbers import EXAMPLE, is_shaped_like_a_number, parse_number
from qorgau.rules.privacy import is_half_hidden, mask_iin, shown_of_masked_iin
from qorgau.rules.problems import Problem
from qorgau.workplace.access import staff_of, staff_page
from qorgau.workplace.discretion import sees_personal_data
from qorgau.workplace.finding.found import Found, found
from qorgau.workplace.finding.numbers_meant import numbers_meant
from qorgau.workplace.finding.rows import found_rows
from qorgau.workplace.openings import note_opening
from qorgau.workplace.queue.listing import visible_numbers
from qorgau.workplace.showing import show

SEARCH = "search"
"""The purpose of an opening by this page, which names people."""


@staff_page
@require_http_methods(["GET", "HEAD", "POST"])
def find(request: HttpRequest) -> HttpResponse:
    """The card of the number; or the appeals and organisations that what was typed may mean, and the numbers that may
    be meant and this person may see; or why there is nothing.

    The page's own form comes by POST, since an identity number typed by mistake must not stand in an address; a link
    may carry the number of an appeal.
    """
    staff, typed = staff_of(request), request.POST.get("number", request.GET.get("number", ""))
    near: tuple[str, ...] = ()
    try:
        number = parse_number(typed)
    except Problem as problem:
        near, why = numbers_meant(typed), say(problem.sentence)
    else:
        if visible_numbers(staff, [number]):
            return redirect("desk:appeal", number=number)
        # The ten digits may still be those of a telephone.
        why = _("There is no appeal %(number)s, or it is not yours to see.") % {"number": number}
    meant = found(staff, typed, near=near)
    said = _of_masked_iin(typed, meant, staff) or _what_is_wrong(typed, meant, why)
    if sees_personal_data(staff):
        note_opening(request, meant.appeals, part="person", purpose=SEARCH)
    rows = found_rows(meant, typed, staff)
    context = {
        "said": said,
        "typed": typed,
        "found": rows,
        "several": bool(shown_of_masked_iin(typed)) or len({row["name"] for row in rows["of_the_person"]}) > 1,
    }
    return show(request, "finding/page.html", context)


def _what_is_wrong(typed: str, meant: Found, why: str) -> str:
    """Why the number leads nowhere, where one was meant; otherwise that nothing was found. "" when something was:
    whoever looks for a name or a telephone has made no mistake.
    """
    if not typed.strip() or (meant.near and is_shaped_like_a_number(typed)):
        return why
    if meant:
        return ""
    if is_shaped_like_a_number(typed):
        return why
    return _(
        "Nothing was found that you may see. Try fewer words, or another spelling; the number of an appeal looks like "
        "%(example)s."
    ) % {"example": EXAMPLE}


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
