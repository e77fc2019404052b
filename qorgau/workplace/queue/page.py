"""The queue: what waits for whom, in the order in which it is due."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from qorgau.directory.models import Organisation
from qorgau.directory.reference import current
from qorgau.lib.speech import name_in
from qorgau.workplace.access import staff_of, staff_page
from qorgau.workplace.bulk.pages import bar, first_of_bar
from qorgau.workplace.keyboard.way import ways_to_rows
from qorgau.workplace.offers_ended import lately_taken_from
from qorgau.workplace.queue import tabs as views
from qorgau.workplace.queue.beside_rows import beside as beside_rows
from qorgau.workplace.queue.choices import chips
from qorgau.workplace.queue.counts import NOT_YET, come_later, counts_beside, title_of, unread_of
from qorgau.workplace.queue.filter_panel import filter_panel
from qorgau.workplace.queue.filters import Filters, default_sort
from qorgau.workplace.queue.listing import page
from qorgau.workplace.queue.rows import Choice, shown_rows
from qorgau.workplace.queue.tabs import Tab
from qorgau.workplace.saved_views.beside_queue import asked_and_pinned, first_address, links
from qorgau.workplace.showing import show

LIST_ONLY = "queue-list"
"""Id of the part of the page that changes with the filters; a request for it alone names it in HX-Target."""


@staff_page
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """One page of one view. Filters that cannot be read in the address are left aside with a note."""
    staff, reference = staff_of(request), current()
    if not request.GET and (address := first_address(staff)):
        return redirect(f"{reverse('desk:queue')}?{address}")
    found = asked_and_pinned(request.GET, staff)
    if found is None:
        return show(request, "queue/no_queue.html", {})
    asked, beside = found
    view, tabs, filters = asked.view, asked.tabs, asked.view.filters
    shown = page(view)
    later, way = come_later(request), ways_to_rows(filters)
    counts = NOT_YET if later else counts_beside(view, tabs, beside)
    many, all_chosen = view.reader.works, request.GET.get("choose") == "page"
    on = chips(filters, reference, asked.people)
    context = {
        "section": "queue",
        "filters": filters,
        "notes": asked.notes,
        "tabs": [_tab(tab, filters, counts.tabs.get(tab, "")) for tab in tabs],
        "tab_name": views.NAMES[filters.tab],
        "title": title_of(filters.tab, counts),
        "how_many": counts.of_the_list,
        "counts_later": f"{reverse('desk:queue_counts')}{filters.but().address()}" if later else "",
        "saved_views": links(beside, counts.saved, filters),
        "unread": unread_of(filters, counts) if view.reader.works else None,
        "many": bar() if many else "",
        "many_address": first_of_bar(),
        "choose_page": f"{filters.address()}&choose=page",
        "rows": shown_rows(
            shown.rows, view, beside_rows(shown.rows, staff, view.reader), Choice(many, all_chosen), way
        ),
        "nothing": views.NOTHING_THERE[filters.tab],
        "offers_ended": lately_taken_from(staff, at=timezone.now()) if filters.tab == Tab.OFFERED else [],
        "first_page": filters.but().address() if filters.after else "",
        "next_page": filters.but(after=shown.next).address() if shown.next else "",
        "chips": on,
        "without_filters": Filters(tab=filters.tab, sort=filters.sort).address(),
        "words_mean_nothing": bool(filters.organisation_words) and not asked.meant,
        "organisations_meant": _narrower(filters, asked.meant),
        "filter_panel": filter_panel(filters, asked.people, on=len(on), works=view.reader.works),
    }
    only_list = request.headers.get("HX-Target") == LIST_ONLY
    response = show(request, "queue/list.html" if only_list else "queue/page.html", context)
    response["Vary"] = "HX-Target"
    return response


def _tab(tab: Tab, filters: Filters, count: str) -> dict[str, Any]:
    """Another view under the same filters; an order that was chosen stays, otherwise each view has its own."""
    sort = default_sort(tab) if filters.sort == default_sort(filters.tab) else filters.sort
    return {
        "text": views.NAMES[tab],
        "href": filters.but(tab=tab, sort=sort).address(),
        "count": count,
        "count_id": f"count-{tab}",
        "current": tab == filters.tab,
    }


def _narrower(filters: Filters, meant: list[Organisation]) -> list[dict[str, str]]:
    """The organisations that the words in the filter mean, each a way to narrow the list to it, or to add it."""
    return [
        {
            "text": name_in(organisation),
            "detail": name_in(organisation.region),
            "href": filters.but(organisation=(*filters.organisation, organisation.pk), organisation_words="").address(),
        }
        for organisation in meant
        if organisation.pk not in filters.organisation
    ]
