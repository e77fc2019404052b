"""Statements written by hand, alone and together with others."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from qorgau.lib.kept_queries import KeptQuery, given
from qorgau.lib.read_together import ReadTogether
from qorgau.lib.written_statement import WrittenStatement
from qorgau.people.models import Staff
from qorgau.rules.roles import Role
from tests import factories

renamed = WrittenStatement(
    "UPDATE people_staff SET last_name = %s WHERE id = %s AND last_name <> %s RETURNING id", "name", "person", "name"
)
names = KeptQuery(lambda: Staff.objects.filter(pk=given("person")).values_list("last_name"))
together = ReadTogether(renamed, names)


@pytest.fixture
def person(world: factories.World) -> int:
    return factories.staff(Role.OPERATOR, world.contact_centre).pk


def test_a_value_may_stand_in_several_places(person: int) -> None:
    assert renamed.all(person=person, name="Қасым") == [(person,)]
    assert renamed.all(person=person, name="Қасым") == []


def test_a_missing_value_is_no_null(person: int) -> None:
    with pytest.raises(KeyError, match="name"):
        renamed.all(person=person)


def test_what_is_written_in_a_trip_is_read_by_what_comes_after_it(person: int) -> None:
    with together.of(person=person, name="Қасым"):
        assert names.all(person=person) == [("Қасым",)]


def test_it_is_sent_once_in_a_trip_and_again_afterwards(person: int) -> None:
    with together.of(person=person, name="Қасым"), CaptureQueriesContext(connection) as asked:
        assert renamed.all(person=person, name="Қасым") == [(person,)]
        assert renamed.all(person=person, name="Қасым") == [(person,)]
    assert len(asked) == 0
    assert renamed.all(person=person, name="Қасым") == []


def test_other_values_are_sent(person: int) -> None:
    with together.of(person=person, name="Қасым"):
        assert renamed.all(person=person, name="Сәуле") == [(person,)]
