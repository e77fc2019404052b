"""What an open card asks every minute: who else is here, and has anything changed since it was opened?"""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_safe

from qorgau.people.models import Staff
from qorgau.register.models import Appeal
from qorgau.workplace.access import get_appeal, staff_of, staff_page
from qorgau.workplace.card.meanwhile import changes_since
from qorgau.workplace.offers_ended import OfferEnded
from qorgau.workplace.presence.present import others_at, sign_of
from qorgau.workplace.showing import show

_STOP_ASKING = 286
"""A status by which htmx ends the asking of an element. https://htmx.org/docs/#polling"""


def here(request: HttpRequest, number: str) -> HttpResponseBase:
    """Who is at the card and what changed since the version it shows, as a fragment; 204 while both stay the same."""
    if request.headers.get("HX-Request") and not _is_signed_in(request):
        # The page must not be led away from under somebody who is writing.
        response: HttpResponseBase = HttpResponse(status=_STOP_ASKING)
    else:
        response = _here(request, number)
    return response


@staff_page
@require_safe
def _here(request: HttpRequest, number: str) -> HttpResponse:
    staff = staff_of(request)
    try:
        appeal = get_appeal(request, number)
    except OfferEnded as ended:
        # Told in its place: the page must not be led away from under somebody who is writing.
        return show(request, "card/offer_ended.html", {"offer": ended.told}, status=_STOP_ASKING)
    doing, seen = request.GET.get("doing", ""), _version(request.GET.get("version", ""))
    context = who_is_here(appeal, staff, doing=doing, seen=seen)
    if context["sign"] == request.GET.get("sign"):
        return HttpResponse(status=204)
    return show(request, "card/here.html", {"number": number, "company": context})


def who_is_here(
    appeal: Appeal, staff: Staff, *, doing: str = "", seen: int | None = None, at: datetime | None = None
) -> dict[str, Any]:
    """The others at a card, and the titles of what happened since the version `seen`. `at` is now unless it is said."""
    people = others_at(appeal.pk, staff, doing=doing, at=at or timezone.now())
    news = []
    if seen is not None and seen < appeal.version:
        news = [entry for entry in changes_since(appeal, staff, seen=seen) if entry["staff_id"] != staff.pk]
    return {
        "people": people,
        "news": news[-5:],
        "version": seen if seen is not None else appeal.version,
        "sign": sign_of(people, appeal.version if news else 0),
    }


def _version(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None


def _is_signed_in(request: HttpRequest) -> bool:
    return isinstance(request.user, Staff) and request.user.works_today
