"""The rows of the queue, and numbers looked up in it. Everything starts from the scope."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery

from qorgau.lib.kept_queries import KeptQuery, given
from qorgau.lib.planned import planned_for_its_values
from qorgau.people.models import Staff
from qorgau.register.models import Appeal, InformationRequest
from qorgau.register.scope import appeals_for, scope_of, sees_few
from qorgau.register.words import Way, found_by
from qorgau.rules.states import State
from qorgau.workplace.queue.belonging import holds_only_what_is_open, in_the_view
from qorgau.workplace.queue.places import Place, Sort, in_order, key_of, latest_first, may_be_over, place_of
from qorgau.workplace.queue.row import COLUMNS, Row
from qorgau.workplace.queue.tabs import Reader, Tab
from qorgau.workplace.queue.view import Alike, View, alike

ROWS_ON_A_PAGE = 30


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the list, and where the next one begins."""

    rows: Sequence[Row]
    next: Place | None


def page(view: View) -> Page:
    """The rows of a view, from the place that its address names."""
    with planned_for_its_values():
        found = _what_is_open_first(view) if _begins_with_what_is_open(view) else _found(view)
    rows, more = found[:ROWS_ON_A_PAGE], len(found) > ROWS_ON_A_PAGE
    return Page(rows, place_of(rows[-1], view.filters.sort) if more else None)


def _found(view: View) -> list[Row]:
    """The rows of a page, and one more when there are more."""
    return [Row(*facts) for facts in (_rows(view) if view.filters.after else _first_page(view))]


def _begins_with_what_is_open(view: View) -> bool:
    """Whether what is open comes first in a list of few appeals, of which most are over."""
    filters = view.filters
    by_its_end = filters.tab == Tab.ALL and filters.sort in (Sort.DUE, Sort.WAITING)
    mixed = not (holds_only_what_is_open(filters) or filters.state or filters.unread or filters.words)
    return by_its_end and mixed and sees_few(view.staff, view.regions)


def _what_is_open_first(view: View) -> list[Row]:
    """The same rows, what is over being looked through only when the page is not full without it."""
    sort, found, rest = view.filters.sort, _found(replace(view, is_open=True)), view.filters
    if len(found) > ROWS_ON_A_PAGE and not may_be_over(place_of(found[-1], sort), sort):
        if sort == Sort.DUE:
            return found
        # Whoever's appeal is part of another one still waits, so it stands among those that are open.
        rest = replace(rest, state=(State.MERGED,))
    over = _found(replace(view, filters=rest, is_open=False))
    # What ended between the two questions came with both.
    rows = {row.pk: row for row in (*found, *over)}.values()
    return sorted(rows, key=lambda row: key_of(place_of(row, sort), sort))[: ROWS_ON_A_PAGE + 1]


def _rows(view: View, *, words: Q | None = None) -> "QuerySet[Appeal, tuple[Any, ...]]":
    """The facts of the rows of a page, and of one more when there are more. `words` stands for those of the view."""
    columns = (*COLUMNS, "due_here") if view.filters.tab == Tab.ASKED else COLUMNS
    return everything(view, after=view.filters.after, words=words).values_list(*columns)[: ROWS_ON_A_PAGE + 1]


def _first_page(view: View) -> list[tuple[Any, ...]]:
    if view.words is None:
        return _first_rows(alike(view)).all(**scope_of(view.staff))
    if not view.words:
        return []
    way, value = view.words.sought
    common = alike(replace(view, filters=view.filters.but(words="")))
    return _first_rows_with_words(common, way).all(sought=value, **scope_of(view.staff))


@lru_cache(maxsize=1_000)
def _first_rows(common: Alike) -> KeptQuery[tuple[Any, ...]]:
    """The first page of views, put into SQL once."""
    return KeptQuery(lambda: _rows(common.view()))


@lru_cache(maxsize=200)
def _first_rows_with_words(common: Alike, way: Way) -> KeptQuery[tuple[Any, ...]]:
    """The same, whatever the words: what is sought is given each time, since it depends on the appeals."""
    return KeptQuery(lambda: _rows(common.view(), words=found_by(way, given("sought"))))


def everything(view: View, *, after: Place | None = None, words: Q | None = None) -> QuerySet[Appeal]:
    """All appeals of a view in its order, or those behind a place. `words` is the condition that stands for its words,
    where it was made already.
    """
    sort, listed = view.filters.sort, in_the_view(view, words=words)
    appeals, due_here = listed.appeals, None
    if view.filters.tab == Tab.ASKED:
        due_here = "due_here"
        appeals = appeals.annotate(due_here=_due_of_the_request(view.reader))
    if sort == Sort.NEWEST:
        return latest_first(appeals, after, received_at=listed.column("received_at"), key=listed.column("pk"))
    return in_order(appeals, sort, after, due_here=due_here)


def visible_numbers(staff: Staff, numbers: Iterable[str]) -> list[str]:
    """Those of the numbers that belong to appeals this person may see, in the order given."""
    wanted = list(numbers)
    seen = set(appeals_for(staff).filter(number__in=wanted).values_list("number", flat=True)) if wanted else set()
    return [number for number in wanted if number in seen]


def _due_of_the_request(reader: Reader) -> Subquery:
    return Subquery(
        InformationRequest.objects.filter(
            appeal_id=OuterRef("pk"), asked_id=reader.desk_id, replied_at__isnull=True
        ).values("clock__due_on")[:1]
    )
