"""The time line of an appeal: everything, what people wrote, or what changed; on the card and on a page of its own."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from qorgau.lib.kept_queries import KeptQuery, given
from qorgau.people.models import Staff
from qorgau.register.models import Appeal, JournalLine
from qorgau.workplace.access import get_appeal, staff_of, staff_page
from qorgau.workplace.card.head import head_of
from qorgau.workplace.showing import show
from qorgau.workplace.timeline.entries import CHANGE, WORDS, entries
from qorgau.workplace.timeline.spoken import Spoken, spoken_of
from qorgau.workplace.timeline.ticks import ticks_together

ON_THE_CARD = 40
"""Lines that a card shows; the page of the time line has all of them."""

SHOWN: dict[str, Promise] = {"": _("Everything"), WORDS: _("Words"), CHANGE: _("Changes")}
"""What can be chosen, by its value in the address."""

PART_ONLY = "history-body"
"""Id of the part of a page that changes with the choice; a request for it alone names it in HX-Target."""


def _lines() -> QuerySet[JournalLine]:
    return JournalLine.objects.filter(appeal_id=given("appeal")).select_related("staff").order_by("-sequence")


_ALL, LATEST = KeptQuery(_lines), KeptQuery(lambda: _lines()[:ON_THE_CARD])


def history_of(
    appeal: Appeal, staff: Staff, said: list[Spoken], *, what: str = "", latest_only: bool = False
) -> dict[str, Any]:
    """The latest entries first; `latest_only` reads what a card shows, `left` says how many are left."""
    lines = (LATEST if latest_only else _ALL).all(appeal=appeal.pk)
    told = entries(lines, staff, appeal=appeal, said=said)
    if latest_only and appeal.version > ON_THE_CARD:
        oldest = min((entry["when"] for entry in told[:ON_THE_CARD]), default=None)
        told = [entry for place, entry in enumerate(told) if place < ON_THE_CARD or entry["when"] >= oldest]
    told.sort(key=lambda entry: entry["when"], reverse=True)
    page = reverse("desk:history", args=[appeal.number])
    return {
        "entries": ticks_together([entry for entry in told if what in ("", entry["kind"])]),
        "choices": [
            {"text": text, "href": f"{page}?show={value}" if value else page, "current": value == what}
            for value, text in SHOWN.items()
        ],
        "what": what,
        "left": max(appeal.version - ON_THE_CARD, 0) if latest_only else 0,
        "all": page,
    }


@staff_page
@require_safe
def history(request: HttpRequest, number: str) -> HttpResponse:
    """The whole time line, or the part of it that was chosen; what is chosen wrongly shows everything."""
    appeal, staff = get_appeal(request, number), staff_of(request)
    what = request.GET.get("show", "")
    what = what if what in SHOWN else ""
    context = {
        "head": head_of(appeal, staff),
        "number": number,
        "history": history_of(appeal, staff, spoken_of(appeal, staff), what=what),
    }
    only_part = request.headers.get("HX-Target") == PART_ONLY
    response = show(request, "timeline/history_body.html" if only_part else "timeline/history.html", context)
    response["Vary"] = "HX-Target"
    return response
