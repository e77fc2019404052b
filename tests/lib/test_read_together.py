"""Several kept queries in one trip."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from qorgau.directory.models import Desk
from qorgau.lib.kept_queries import KeptQuery, any_of, given
from qorgau.lib.read_together import ReadTogether
from qorgau.people.models import Staff
from qorgau.rules.roles import Role
from tests import factories

at_a_desk = KeptQuery(lambda: Staff.objects.filter(desk_id=given("desk")).select_related("desk").order_by("username"))
names = KeptQuery(lambda: Staff.objects.filter(any_of("pk", "people")).order_by("-pk").values_list("username", "role"))
desks = KeptQuery(lambda: Desk.objects.filter(pk=given("desk")).order_by("kind").values_list("pk"))
nobody = KeptQuery(lambda: Staff.objects.none())
together = ReadTogether(at_a_desk, names, desks, nobody)


@pytest.fixture
def staff(world: factories.World) -> Staff:
    return factories.staff(Role.OPERATOR, world.contact_centre)


def test_each_place_finds_the_answer_it_would_have_got_alone(staff: Staff) -> None:
    alone = at_a_desk.all(desk=staff.desk_id), names.all(people=[staff.pk]), desks.all(desk=staff.desk_id)
    with together.of(desk=staff.desk_id, people=[staff.pk]), CaptureQueriesContext(connection) as asked:
        assert (at_a_desk.all(desk=staff.desk_id), names.all(people=[staff.pk]), desks.all(desk=staff.desk_id)) == alone
        assert [one.desk for one in at_a_desk.all(desk=staff.desk_id)] == [one.desk for one in alone[0]]
        assert nobody.all() == []
    assert len(asked) == 0


def test_all_of_them_are_asked_and_counted(staff: Staff) -> None:
    with CaptureQueriesContext(connection) as asked, together.of(desk=staff.desk_id, people=[staff.pk]):
        pass
    assert len(asked) == 3


def test_other_values_are_asked_of_the_database(staff: Staff) -> None:
    with together.of(desk=staff.desk_id, people=[staff.pk]):
        assert names.all(people=[]) == []
        assert names.all(people=[staff.pk]) == [(staff.username, staff.role)]


def test_afterwards_what_changed_is_read_anew(staff: Staff) -> None:
    with together.of(desk=staff.desk_id, people=[staff.pk]):
        Staff.objects.filter(pk=staff.pk).update(username="renamed")
        assert names.all(people=[staff.pk]) == [(staff.username, staff.role)]
    assert names.all(people=[staff.pk]) == [("renamed", staff.role)]


def test_a_page_that_breaks_off_leaves_no_answer_behind(staff: Staff) -> None:
    with pytest.raises(ZeroDivisionError), together.of(desk=staff.desk_id, people=[staff.pk]):
        _ = 1 / 0
    Staff.objects.filter(pk=staff.pk).update(username="renamed")
    assert names.all(people=[staff.pk]) == [("renamed", staff.role)]


def test_a_value_that_is_missing_is_an_error(staff: Staff) -> None:
    with pytest.raises(KeyError, match="people"), together.of(desk=staff.desk_id):
        pass
