"""How many appeals the views of the queue hold."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, cast

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from qorgau.lib.for_a_while import TrueForAWhile
from qorgau.lib.kept_queries import filled
from qorgau.lib.planned import planned_for_its_values
from qorgau.people.models import Staff
from qorgau.register.scope import scope_of
from qorgau.workplace.for_you.listed import new_notes_for
from qorgau.workplace.queue.belonging import in_the_view, unread_in_the_view
from qorgau.workplace.queue.filters import Filters
from qorgau.workplace.queue.view import Alike, View, alike

MOST_COUNTED = 1_000
"""Counting stops here: whoever has more than that before them needs no exact number, and a million rows take a second
to count."""

MOST_UNREAD = 99
"""Counting what is unread stops here: each takes a look into its journal, and nobody reads a hundred at once."""


_HOLD_MORE = TrueForAWhile(seconds=300, at_most=10_000)


NEW_NOTES = "new-notes"
"""The name of the count of notes that wait for the person."""


def how_many(views: Mapping[str, View], *, new_notes: bool = False) -> dict[str, int]:
    """How many appeals each of several views of one person holds, whatever their filters, in one query; and how many
    notes that name the person wait to be opened, by the name NEW_NOTES.

    One more than are counted means that there are more; `count_words` says so. A view that holds more than a thousand
    is not counted again for some minutes: thousands do not become hundreds meanwhile.
    """
    if not views:
        return {}
    common = {name: alike(view) for name, view in views.items()}
    # All that a count depends on but for the appeals themselves.
    person = tuple(scope_of(next(iter(views.values())).staff).values())
    known = {name: MOST_COUNTED + 1 for name, one in common.items() if (person, one.shape) in _HOLD_MORE}
    counted = [name for name in views if name not in known]
    parts = {name: _counted(common[name]) for name in counted}
    somebody = next(iter(common.values()))
    if new_notes:
        parts[NEW_NOTES] = _new_notes(somebody)
    found = known | dict(zip(parts, _counts(list(parts.values()), somebody.one_of_them.staff), strict=True))
    for name in counted:
        if found[name] > MOST_COUNTED:
            _HOLD_MORE.add((person, common[name].shape))
    return found


_Part = tuple[str, tuple[Any, ...]]
"""SQL that counts something, and its parameters."""


def _counts(counted: Sequence[_Part], staff: Staff) -> Sequence[int]:
    if not counted:
        return ()
    values = scope_of(staff)
    with planned_for_its_values(), connection.cursor() as cursor:
        statement = f"SELECT {', '.join(part for part, _ in counted)}"
        cursor.execute(statement, [value for _, parameters in counted for value in filled(parameters, values)])
        return cast(Sequence[int], cursor.fetchone())


@lru_cache(maxsize=500)
def _new_notes(common: Alike) -> _Part:
    return _count_of(new_notes_for(common.view().staff).values("pk"))


def _counted(common: Alike) -> _Part:
    """What counts one view. What words are found by depends on the appeals."""
    view = common.one_of_them
    most = _most_counted(view.filters)
    return _put_into_sql(view, most) if view.words else _put_into_sql_once(common, most)


@lru_cache(maxsize=5_000)
def _put_into_sql_once(common: Alike, most: int) -> _Part:
    """For views that are asked for again and again, by whoever."""
    return _put_into_sql(common.view(), most)


def _put_into_sql(view: View, most: int) -> _Part:
    rows = unread_in_the_view(view) if view.filters.unread else in_the_view(view).appeals.order_by().values("pk")
    return _count_of(rows[: most + 1])


def _count_of(rows: QuerySet[Any, Any]) -> _Part:
    try:
        statement, parameters = rows.query.sql_with_params()
    except EmptyResultSet:
        return "0", ()
    return f"(SELECT count(*) FROM ({statement}) AS counted)", parameters  # noqa: S608 - values are parameters


def count_words(count: int, filters: Filters) -> str:
    """The count of a view as people read it: "1000+" when there are more than were counted."""
    most = _most_counted(filters)
    return str(count) if count <= most else f"{most}+"


def _most_counted(filters: Filters) -> int:
    return MOST_UNREAD if filters.unread else MOST_COUNTED
