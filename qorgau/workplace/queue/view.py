"""The queue as one person looks at it, and what such views have in common."""

from collections.abc import Hashable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import cast

from qorgau.directory.models import Desk
from qorgau.directory.reference import current
from qorgau.people.models import Staff
from qorgau.register.scope import somebody_like
from qorgau.register.words import AskedWords
from qorgau.workplace.queue.filters import Filters
from qorgau.workplace.queue.tabs import Reader


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
    is_open: bool | None = None
    """Of the view, only what is open, or only what is over."""


@dataclass(frozen=True, slots=True)
class Alike:
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


def alike(view: View) -> Alike:
    """What this view has in common with those of others."""
    staff, desk, reader = view.staff, view.staff.desk, view.reader
    scope = (staff.role, staff.is_active, staff.may_read_sensitive, *((desk.kind, desk.region_id) if desk else ()))
    assignees = tuple("me" if key == reader.staff_id else key for key in view.assignees)
    meant = (view.topics, view.regions, view.organisations, assignees, current().stamp)
    part = (view.filters.but(), view.is_open)
    return Alike((*scope, reader.works, reader.stands_in_for, *part, view.today, *meant), view)
