from datetime import date

import pytest
from django.db import connection
from django.utils.translation import override

from qorgau.directory.changes import change_of, field_name, record, record_all, values_of
from qorgau.directory.models import Change, DirectoryVersion, Topic
from qorgau.people.models import Staff
from qorgau.rules.roles import Role
from tests import factories
from tests.factories import World


@pytest.fixture
def administrator(world: World) -> Staff:
    return factories.staff(Role.ADMINISTRATOR, world.centre)


def test_a_new_row_is_told_whole(administrator: Staff) -> None:
    topic = Topic.objects.create(code="wait", name_kk="Күту", name_ru="Ожидание", valid_from=date(2026, 1, 1))
    record(topic, before={}, by=administrator)
    change = Change.objects.get()
    assert (change.model, change.row_id, change.by) == ("directory.topic", topic.pk, administrator)
    assert change.before == {}
    assert change.after["name_ru"] == "Ожидание"
    assert change.after["valid_from"] == "2026-01-01"
    assert "id" not in change.after


def test_an_edited_row_tells_only_what_differs(administrator: Staff) -> None:
    topic = Topic.objects.get(code="refusal")
    before = values_of(topic)
    topic.valid_to = date(2026, 12, 31)
    topic.save()
    record(topic, before=before, by=administrator)
    change = Change.objects.get()
    assert (change.before, change.after) == ({"valid_to": None}, {"valid_to": "2026-12-31"})


def test_saving_without_a_difference_leaves_no_line_and_no_version(administrator: Staff) -> None:
    topic = Topic.objects.get(code="refusal")
    version = DirectoryVersion.objects.values_list("number", flat=True).first()
    assert record(topic, before=values_of(topic), by=administrator) is None
    assert not Change.objects.exists()
    assert DirectoryVersion.objects.values_list("number", flat=True).first() == version


def test_passwords_never_enter_the_history(administrator: Staff) -> None:
    change = change_of(administrator, before={})
    assert change is not None
    assert "password" not in change.after
    assert change.after["username"] == administrator.username


def test_a_relation_is_told_by_its_row(world: World) -> None:
    assert values_of(world.branch)["region_id"] == world.astana.pk


@pytest.mark.django_db(transaction=True)
def test_a_line_outside_the_transaction_of_its_change_is_refused() -> None:
    assert not connection.in_atomic_block
    with pytest.raises(RuntimeError, match="transaction"):
        record_all([], organisations=False)


def test_history_calls_fields_by_the_names_people_know() -> None:
    with override("en"):
        assert field_name(Topic, "parent_id") == "group"
        assert field_name(Topic, "gone") == "field that is no more: gone"
