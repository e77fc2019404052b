"""The saved views as links beside the queue, each with how many appeals it holds."""

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils import timezone

from qorgau.directory.reference import Reference, current
from qorgau.lib.read_together import ReadTogether
from qorgau.people import absences
from qorgau.people.models import Staff
from qorgau.workplace.colleagues import NAMES, keys_named
from qorgau.workplace.models import SavedView
from qorgau.workplace.queue.asked import Asked, asked_for, view_of
from qorgau.workplace.queue.filters import Filters, read_filters
from qorgau.workplace.queue.tabs import Reader, tabs_of
from qorgau.workplace.queue.view import View
from qorgau.workplace.saved_views.rights import PINNED, pinned_for, views_of


class _Anybody:
    """Whoever was named when a view was saved stays in it: the queue itself judges when the view is opened."""

    def __contains__(self, key: object) -> bool:
        return True


@dataclass(frozen=True, slots=True)
class Beside:
    """A saved view and what it means now for one reader."""

    saved: SavedView
    view: View

    @property
    def key(self) -> str:
        """Its name among the counts."""
        return f"saved-{self.saved.pk}"


_IN_ONE_TRIP = ReadTogether(absences.FOR_SOMEBODY, NAMES, PINNED)


def asked_and_pinned(query: QueryDict, staff: Staff) -> tuple[Asked, list[Beside]] | None:
    """The queue that an address asks for, with the views beside it; None for those who have no queue.

    What both depend on is asked in one trip.
    """
    named = keys_named(staff, query.getlist("assignee"))
    with _IN_ONE_TRIP.of(
        substitute=staff.pk, day=timezone.localdate(), desk=staff.desk_id, named=named, staff=staff.pk
    ):
        asked = asked_for(query, staff)
        return (asked, pinned_views(staff, asked.view.reader, current())) if asked else None


def pinned_views(staff: Staff, reader: Reader, reference: Reference) -> list[Beside]:
    """The views that stand beside the queue of this person. A view that their role does not have is left out."""
    tabs = tabs_of(works=reader.works)
    found = []
    for saved in pinned_for(staff):
        asked = QueryDict(saved.address)
        if asked.get("tab", tabs[0].value) not in tabs:
            continue
        filters, _notes = read_filters(asked, tabs=tabs, reference=reference, people=_Anybody())
        found.append(Beside(saved, view_of(filters, staff, reader, reference)))
    return found


def first_address(staff: Staff) -> str:
    """The address of the view with which this person's queue opens; empty for the view everybody begins with."""
    first = views_of(staff).filter(firstview__staff=staff).values_list("address", flat=True).first()
    return first or ""


def links(beside: list[Beside], counts: dict[str, str], open_now: Filters) -> list[dict[str, Any]]:
    """As tabs: the one whose filters are those of the page is the current one."""
    return [
        {
            "text": one.saved.words,
            "href": one.view.filters.address(),
            "count": counts.get(one.key, ""),
            "count_id": f"count-{one.key}",
            "current": one.view.filters == open_now,
        }
        for one in beside
    ]
