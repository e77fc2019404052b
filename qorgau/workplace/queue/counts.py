"""How many appeals the views beside a list hold: on the page itself, or told when the list already stands.

Counting costs more than listing, and nobody opens the queue to read the counts first. So a browser that runs scripts
says so by a cookie (`counts_later.js`), gets the list at once, and asks for the counts by itself; any other gets them
with the page. What a count stands in has an id, so that nothing else of the page changes when it comes.
"""

from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from qorgau.workplace.access import staff_of, staff_page
from qorgau.workplace.queue import tabs as views
from qorgau.workplace.queue.asked import Asked
from qorgau.workplace.queue.counting import NEW_NOTES, count_words, how_many
from qorgau.workplace.queue.filters import Filters
from qorgau.workplace.queue.tabs import Tab
from qorgau.workplace.queue.view import View
from qorgau.workplace.saved_views.beside_queue import Beside, asked_and_pinned
from qorgau.workplace.showing import show

COOKIE, LATER = "counts", "later"
_NOW = "now"
_UNREAD = "unread"


def come_later(request: HttpRequest) -> bool:
    """Whether this browser will ask for the counts by itself; `?counts=now` has them all the same."""
    return request.COOKIES.get(COOKIE) == LATER and request.GET.get(COOKIE) != _NOW


@dataclass(frozen=True, slots=True)
class Counts:
    """The counts of one page in words. Empty words: not told yet."""

    tabs: dict[Tab, str]
    saved: dict[str, str]
    of_the_list: str
    unread: int | None
    """None where nothing is unread: for those who only read, or not told yet."""
    unread_words: str = ""
    new_notes: int = 0
    """How many notes name the reader and were not opened since."""


def counts_beside(view: View, tabs: list[Tab], beside: list[Beside]) -> Counts:
    """All counts of a page, in one statement."""
    asked = {tab.value: replace(view, filters=view.filters.but(tab=tab)) for tab in tabs}
    asked |= {one.key: one.view for one in beside}
    if view.reader.works:
        asked[_UNREAD] = replace(view, filters=view.filters.but(unread=True))
    found = how_many(asked, new_notes=view.reader.works)
    words = {name: count_words(found[name], one.filters) for name, one in asked.items()}
    return Counts(
        tabs={tab: words[tab.value] for tab in tabs},
        saved={one.key: words[one.key] for one in beside},
        of_the_list=words[view.filters.tab.value],
        unread=found.get(_UNREAD),
        unread_words=words.get(_UNREAD, ""),
        new_notes=found.get(NEW_NOTES, 0),
    )


NOT_YET = Counts(tabs={}, saved={}, of_the_list="", unread=None)


def unread_of(filters: Filters, counts: Counts) -> dict[str, Any]:
    """How much of a view is unread, the way to it or back, and how many notes wait for the reader."""
    there = filters.without("unread") if filters.unread else filters.but(unread=True)
    return {"count": counts.unread, "words": counts.unread_words, "href": there.address(), "on": filters.unread} | {
        "new_notes": counts.new_notes
    }


def title_of(tab: Tab, counts: Counts) -> str:
    """What the tab of the browser says."""
    name = str(views.NAMES[tab])
    return _("%(view)s (%(count)s)") % {"view": name, "count": counts.of_the_list} if counts.of_the_list else name


@staff_page
@require_safe
def queue_counts(request: HttpRequest) -> HttpResponse:
    """The counts of the queue that the query of this address asks for, each for its place on the page."""
    staff = staff_of(request)
    found = asked_and_pinned(request.GET, staff)
    if found is None:
        return HttpResponse(status=204)
    return show(request, "queue/counts.html", _told(*found))


def _told(asked: Asked, beside: list[Beside]) -> dict[str, Any]:
    view = asked.view
    counts = counts_beside(view, asked.tabs, beside)
    return {
        "title": title_of(view.filters.tab, counts),
        "counts": {f"count-{tab}": words for tab, words in counts.tabs.items()}
        | {f"count-{key}": words for key, words in counts.saved.items()},
        "how_many": counts.of_the_list,
        "unread": unread_of(view.filters, counts) if view.reader.works else None,
    }
