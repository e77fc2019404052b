"""Queries that are put into SQL once."""

import threading

import pytest
from django.db import connection
from django.db.models import Q, QuerySet
from django.db.models.functions import Length
from django.test.utils import CaptureQueriesContext

from qorgau.lib.kept_queries import KeptQuery, any_of, given
from qorgau.people.models import Staff
from qorgau.rules.roles import Role
from tests import factories

of_a_desk = KeptQuery(
    lambda: Staff.objects.filter(desk_id=given("desk"), is_active=True).select_related("desk").order_by("username")
)
names = KeptQuery(lambda: Staff.objects.filter(pk=given("staff")).values_list("username", "role")[:1])


@pytest.fixture
def staff(world: factories.World) -> Staff:
    return factories.staff(Role.OPERATOR, world.contact_centre)


def test_rows_are_models_with_what_is_related_to_them(staff: Staff) -> None:
    with CaptureQueriesContext(connection) as asked:
        found = of_a_desk.all(desk=staff.desk_id)
        assert [one.desk for one in found if one == staff] == [staff.desk]
    assert len(asked) == 1
    assert found == list(Staff.objects.filter(desk_id=staff.desk_id, is_active=True).order_by("username"))


def test_models_are_those_that_django_makes(world: factories.World) -> None:
    """With what is related to what is related, what is annotated, and where nothing is related."""

    def everybody() -> QuerySet[Staff]:
        return (
            Staff.objects.select_related("desk__region", "desk__organisation")
            .annotate(letters=Length("username"), at_a_desk=Q(desk__isnull=False))
            .order_by("pk")
        )

    factories.staff(Role.OPERATOR, world.contact_centre)
    Staff.objects.filter(pk=factories.staff(Role.ADMINISTRATOR, world.centre).pk).update(desk=None)
    with CaptureQueriesContext(connection) as asked:
        kept = [_all_of(one) for one in KeptQuery(everybody).all()]
    assert len(asked) == 1
    assert kept == [_all_of(one) for one in everybody()]


def test_what_belongs_to_one_object_is_no_kept_query(world: factories.World) -> None:
    with pytest.raises(ValueError, match="manager"):
        KeptQuery(lambda: world.contact_centre.staff.all()).all()


def _all_of(staff: Staff) -> list[object]:
    facts = dict(vars(staff))
    state = facts.pop("_state")
    related = state.fields_cache.get("desk")
    return [facts, (state.db, state.adding), related and (related.region, related.organisation)]


def test_each_call_has_its_own_values(staff: Staff) -> None:
    assert names.first(staff=staff.pk) == (staff.username, staff.role)
    assert names.first(staff=-1) is None
    assert names.any(staff=staff.pk)
    assert names.all(staff=staff.pk) == [(staff.username, staff.role)]


def test_the_query_is_put_together_once_in_a_thread(staff: Staff) -> None:
    made = []

    def make():  # type: ignore[no-untyped-def]
        made.append(threading.get_ident())
        return Staff.objects.filter(pk=given("staff"))

    query = KeptQuery(make)
    for _ in range(3):
        assert query.first(staff=staff.pk) == staff
    assert len(made) == 1


def test_a_value_that_is_missing_is_an_error(staff: Staff) -> None:
    with pytest.raises(KeyError, match="desk"):
        of_a_desk.all(other=1)


def test_changed_rows_are_read_anew(staff: Staff) -> None:
    assert names.first(staff=staff.pk) == (staff.username, staff.role)
    Staff.objects.filter(pk=staff.pk).update(username="renamed")
    assert names.first(staff=staff.pk) == ("renamed", staff.role)


def test_a_list_of_any_length_is_one_value(world: factories.World) -> None:
    several = [factories.staff(Role.OPERATOR, world.contact_centre).pk for _ in range(3)]
    these = KeptQuery(lambda: Staff.objects.filter(any_of("pk", "keys")).order_by("pk").values_list("pk"))
    for keys in (several, several[:1], []):
        assert these.all(keys=keys) == [(key,) for key in keys]


def test_a_query_for_nothing_asks_nothing(db: None) -> None:
    nobody = KeptQuery(lambda: Staff.objects.none())
    with CaptureQueriesContext(connection) as asked:
        assert nobody.all() == []
    assert len(asked) == 0
