"""Whose work somebody may ask for in the queue: the people of their own desk; the Fund may name anybody's."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from qorgau.lib.kept_queries import KeptQuery, any_of, given
from qorgau.people.models import Staff
from qorgau.rules.ladder import DeskKind, fund_level
from qorgau.rules.roles import HANDLERS

_MOST_NAMED = 50


def colleagues(staff: Staff, *, named: Iterable[str] = ()) -> dict[int, str]:
    """Names by key, in the order of the alphabet: who works at the desk, and those whom an address names besides."""
    return _names(NAMES.all(desk=staff.desk_id, named=keys_named(staff, named)))


def keys_named(staff: Staff, named: Iterable[str]) -> list[int]:
    """The people whom an address names, as far as this person may ask for the work of others."""
    return _keys(named)[:_MOST_NAMED] if _watches_others(staff) else []


def names_of(named: Iterable[str]) -> dict[int, str]:
    """Names by key of those whom addresses that were read once name, wherever they work now. One query, or none."""
    keys = _keys(named)
    return _names(NAMES.all(desk=None, named=keys)) if keys else {}


def _keys(named: Iterable[str]) -> list[int]:
    return [int(key) for key in named if key.isascii() and key.isdigit() and len(key) < 10]


def _names(people: Iterable[Staff]) -> dict[int, str]:
    return {person.pk: person.short_name for person in people}


def _named_or_at_the_desk() -> QuerySet[Staff]:
    at_the_desk = Q(desk_id=given("desk"), role__in=sorted(HANDLERS), is_active=True)
    rows = Staff.objects.filter(at_the_desk | Q(any_of("pk", "named"))).order_by("last_name", "first_name", "pk")
    return rows.only("first_name", "last_name", "patronymic", "username")


NAMES = KeptQuery(_named_or_at_the_desk)


def _watches_others(staff: Staff) -> bool:
    """Whether appeals of other desks are within the scope of this person's desk (`register/scope.py`)."""
    return staff.desk is not None and fund_level(DeskKind(staff.desk.kind)) is not None
