"""The rows of the queue, the counts of its views, and numbers looked up in it. Everything starts from the scope."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import lru_cache, reduce
from operator import or_
from typing import Any, cast

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from qorgau.directory.models import Desk
from qorgau.directory.reference import current
from qorgau.lib.for_a_while import TrueForAWhile
from qorgau.lib.kept_queries import KeptQuery, filled, given
from qorgau.lib.planned import beside_indexes, planned_for_its_values
from qorgau.people.models import Staff
from qorgau.register.checklists import with_open_steps
from qorgau.register.details import with_any_label
from qorgau.register.models import Appeal, InformationRequest
from qorgau.register.scope import Listed, appeals_for, appeals_to_list, scope_of, somebody_like
from qorgau.register.words import AskedWords, Way, found_by
from qorgau.rules.states import OPEN
from qorgau.workplace.queue.filters import NOBODY, Due, Filters
from qorgau.workplace.queue.places import Place, Sort, in_order, latest_first, place_of
from qorgau.workplace.queue.row import COLUMNS, Row
from qorgau.workplace.queue.tabs import Reader, Tab, assigned_to, condition, is_of_the_desk
from qorgau.workplace.queue.unread import unread_at_the_desk, unread_elsewhere

ROWS_ON_A_PAGE = 30

MOST_COUNTED = 1_000
"""Counting stops here: whoever has more than that before them needs no exact number, and a million rows take a second
to count."""

MOST_UNREAD = 99
"""Counting what is unread stops here: each takes a look into its journal, and nobody reads a hundred at once."""


@dataclass(frozen=True, slots=True)
class View:
    """The queue as one person looks at it. The ids are what the filters mean in the directory."""

    staff: Staff
    reader: Reader
    filters: Filters
    today: date
    topics: tuple[int, ...] = ()
    regions: tuple[int, ...] = ()
    organisations: tuple[int, ...] = ()
    assignees: tuple[int, ...] = ()
    words: AskedWords | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the list, and where the next one begins."""

    rows: Sequence[Row]
    next: Place | None


def page(view: View) -> Page:
    """The rows of a view, from the place that its address names."""
    filters = view.filters
    with planned_for_its_values():
        found = list(_rows(view)) if filters.after else _first_page(view)
    rows = [Row(*facts) for facts in found[:ROWS_ON_A_PAGE]]
    more = len(found) > ROWS_ON_A_PAGE
    return Page(rows, place_of(rows[-1], filters.sort) if more else None)


def _rows(view: View, *, words: Q | None = None) -> "QuerySet[Appeal, tuple[Any, ...]]":
    """The facts of the rows of a page, and of one more when there are more. `words` stands for those of the view."""
    columns = (*COLUMNS, "due_here") if view.filters.tab == Tab.ASKED else COLUMNS
    return everything(view, after=view.filters.after, words=words).values_list(*columns)[: ROWS_ON_A_PAGE + 1]


def _first_page(view: View) -> list[tuple[Any, ...]]:
    if view.words is None:
        return _first_rows(_alike(view)).all(**scope_of(view.staff))
    if not view.words:
        return []
    way, value = view.words.sought
    alike = _alike(replace(view, filters=view.filters.but(words="")))
    return _first_rows_with_words(alike, way).all(sought=value, **scope_of(view.staff))


@dataclass(frozen=True, slots=True)
class _Alike:
    """What views have in common that differ in nothing but the person: they are the same in SQL, but for the values of
    `scope_of`. At every desk of a kind people look at the same few views all day.
    """

    shape: tuple[Hashable, ...]
    one_of_them: View = field(compare=False)

    def view(self) -> View:
        """The view of whoever: their keys are given when the query is sent."""
        view = self.one_of_them
        desk, me = cast(Desk, view.staff.desk), view.reader.staff_id
        # The region of a desk decides how its list is made, so it is no value.
        somebody = somebody_like(view.staff, desk, region_id=desk.region_id)
        return replace(
            view,
            staff=somebody,
            reader=replace(view.reader, staff_id=somebody.pk, desk_id=cast(int, somebody.desk_id)),
            assignees=tuple(somebody.pk if key == me else key for key in view.assignees),
        )


def _alike(view: View) -> _Alike:
    staff, desk, reader = view.staff, view.staff.desk, view.reader
    scope = (staff.role, staff.is_active, staff.may_read_sensitive, *((desk.kind, desk.region_id) if desk else ()))
    assignees = tuple("me" if key == reader.staff_id else key for key in view.assignees)
    meant = (view.topics, view.regions, view.organisations, assignees, current().stamp)
    most = most_counted(view.filters)
    return _Alike((*scope, reader.works, reader.stands_in_for, view.filters.but(), view.today, *meant, most), view)


@lru_cache(maxsize=1_000)
def _first_rows(alike: _Alike) -> KeptQuery[tuple[Any, ...]]:
    """The first page of views, put into SQL once."""
    return KeptQuery(lambda: _rows(alike.view()))


@lru_cache(maxsize=200)
def _first_rows_with_words(alike: _Alike, way: Way) -> KeptQuery[tuple[Any, ...]]:
    """The same, whatever the words: what is sought is given each time, since it depends on the appeals."""
    return KeptQuery(lambda: _rows(alike.view(), words=found_by(way, given("sought"))))


def everything(view: View, *, after: Place | None = None, words: Q | None = None) -> QuerySet[Appeal]:
    """All appeals of a view in its order, or those behind a place. `words` is the condition that stands for its words,
    where it was made already.
    """
    sort, listed = view.filters.sort, _in_the_view(view, words=words)
    appeals, due_here = listed.appeals, None
    if view.filters.tab == Tab.ASKED:
        due_here = "due_here"
        appeals = appeals.annotate(due_here=_due_of_the_request(view.reader))
    if sort == Sort.NEWEST:
        return latest_first(appeals, after, received_at=listed.column("received_at"), key=listed.column("pk"))
    return in_order(appeals, sort, after, due_here=due_here)


def how_many(views: Mapping[str, View]) -> dict[str, int]:
    """How many appeals each of several views of one person holds, whatever their filters, in one query.

    One more than are counted means that there are more; `count_words` says so. A view that holds more than a thousand
    is not counted again for some minutes: thousands do not become hundreds meanwhile.
    """
    if not views:
        return {}
    alike = {name: _alike(view) for name, view in views.items()}
    # All that a count depends on but for the appeals themselves.
    person = tuple(scope_of(next(iter(views.values())).staff).values())
    known = {name: MOST_COUNTED + 1 for name, one in alike.items() if (person, one.shape) in _HOLD_MORE}
    counted = [name for name in views if name not in known]
    found = known | dict(zip(counted, _counts([alike[name] for name in counted]), strict=True))
    for name in counted:
        if found[name] > MOST_COUNTED:
            _HOLD_MORE.add((person, alike[name].shape))
    return found


def most_counted(filters: Filters) -> int:
    """Where counting stops in a view with these filters."""
    return MOST_UNREAD if filters.unread else MOST_COUNTED


_HOLD_MORE = TrueForAWhile(seconds=300, at_most=10_000)


def _counts(views: Sequence[_Alike]) -> Sequence[int]:
    if not views:
        return ()
    counted = [_counted(one.one_of_them) if one.one_of_them.words else _counted_again(one) for one in views]
    values = scope_of(views[0].one_of_them.staff)
    with planned_for_its_values(), connection.cursor() as cursor:
        statement = f"SELECT {', '.join(part for part, _ in counted)}"
        cursor.execute(statement, [value for _, parameters in counted for value in filled(parameters, values)])
        return cast(Sequence[int], cursor.fetchone())


@lru_cache(maxsize=5_000)
def _counted_again(alike: _Alike) -> tuple[str, tuple[Any, ...]]:
    """The same for views that are asked for again and again, by whoever."""
    return _counted(alike.view())


def _counted(view: View) -> tuple[str, tuple[Any, ...]]:
    """SQL that counts one view, and its parameters."""
    rows = _unread(view) if view.filters.unread else _in_the_view(view).appeals.order_by().values("pk")
    try:
        statement, parameters = rows[: most_counted(view.filters) + 1].query.sql_with_params()
    except EmptyResultSet:
        return "0", ()
    return f"(SELECT count(*) FROM ({statement}) AS counted)", parameters  # noqa: S608 - values are parameters


def count_words(count: int, filters: Filters) -> str:
    """The count of a view as people read it: "1000+" when there are more than were counted."""
    most = most_counted(filters)
    return str(count) if count <= most else f"{most}+"


def visible_numbers(staff: Staff, numbers: Iterable[str]) -> list[str]:
    """Those of the numbers that belong to appeals this person may see, in the order given."""
    wanted = list(numbers)
    seen = set(appeals_for(staff).filter(number__in=wanted).values_list("number", flat=True)) if wanted else set()
    return [number for number in wanted if number in seen]


def _in_the_view(view: View, *, words: Q | None = None) -> Listed:
    """The appeals of a view, in no order yet."""
    if view.filters.unread:
        return Listed(Appeal.objects.filter(pk__in=_unread(view, words=words)))
    listed = _listed(view, held=is_of_the_desk(view.filters.tab, view.reader))
    return Listed(_of_the_view(listed, view, words=words), listed.part)


def _unread(view: View, *, words: Q | None = None) -> "QuerySet[Appeal, Any]":
    """The keys of what is unread in a view: at the desk and elsewhere. Each is narrowed for itself: for both in one
    condition PostgreSQL looks through whatever a filter leaves of the register.
    """
    reader = view.reader
    if not reader.works:
        return Appeal.objects.none().values("pk")
    held = _listed(view, held=True)
    unread = unread_at_the_desk(reader, held.appeals)
    at_the_desk = _of_the_view(Listed(unread, held.part), view, words=words).order_by().values("pk")
    if is_of_the_desk(view.filters.tab, reader):
        return at_the_desk
    seen = _listed(view, held=False)
    unread = unread_elsewhere(reader, seen.appeals)
    elsewhere = _of_the_view(Listed(unread, seen.part), view, words=words).order_by().values("pk")
    return at_the_desk.union(elsewhere, all=True)


def _listed(view: View, *, held: bool) -> Listed:
    """What this person may see of the appeals that came as the filters say, or what their desk holds of them."""
    return appeals_to_list(
        view.staff,
        held=held,
        kind=view.filters.kind,
        channel=view.filters.channel,
        language=view.filters.language,
        topic_id=view.topics,
        region_id=view.regions,
    )


def _of_the_view(listed: Listed, view: View, *, words: Q | None = None) -> QuerySet[Appeal]:
    """Of the appeals that `_listed` gives, those that belong to the view and pass its filters but "unread"."""
    filters = view.filters
    appeals = listed.appeals.filter(condition(filters.tab, view.reader, view.today))
    if filters.state:
        # A desk that sees few appeals has read them all before the register has told which are in a rare state.
        state = beside_indexes("state") if listed.part else F("state")
        appeals = appeals.alias(state_read=state).filter(state_read__in=filters.state)
    if filters.organisation or filters.organisation_words:
        appeals = appeals.filter(organisation_id__in=view.organisations)
    if view.words is not None:
        appeals = appeals.filter(view.words.condition if words is None else words)
    if filters.assignee:
        nobody = [Q(assignee__isnull=True)] if NOBODY in filters.assignee else []
        people = [assigned_to(view.assignees)] if view.assignees else []
        appeals = appeals.filter(reduce(or_, [*people, *nobody]))
    if filters.label:
        appeals = appeals.filter(with_any_label(filters.label))
    if filters.checklist:
        # By reason, the oldest of each come first, and those are closed.
        appeals = appeals.filter(with_open_steps(in_front=filters.sort != Sort.TOPIC))
    if filters.due:
        appeals = appeals.filter(_due(filters.due, view.today), state__in=sorted(OPEN))
    return appeals


def _due(due: Due, today: date) -> Q:
    match due:
        case Due.OVERDUE:
            return Q(due_on__lt=today)
        case Due.TODAY:
            return Q(due_on=today)
        case Due.THREE_DAYS | Due.WEEK:
            return Q(due_on__gte=today, due_on__lte=today + timedelta(days=int(due.value)))


def _due_of_the_request(reader: Reader) -> Subquery:
    return Subquery(
        InformationRequest.objects.filter(
            appeal_id=OuterRef("pk"), asked_id=reader.desk_id, replied_at__isnull=True
        ).values("clock__due_on")[:1]
    )
