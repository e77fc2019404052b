"""Labels and own fields of an appeal: who sets them, what is refused, and what the journal keeps."""

from typing import Any

import pytest

from qorgau.directory.models import Label, OwnField
from qorgau.directory.reference import refresh
from qorgau.handling.set_details import add_labels, set_details
from qorgau.people.models import Staff
from qorgau.register.change import SomebodyWasFaster
from qorgau.register.details import label_codes, labels_of, values_of, with_any_label
from qorgau.register.journal import verify
from qorgau.register.models import Appeal, AppealLabel, FieldValue, JournalLine
from qorgau.rules.problems import NotAllowed, Problem
from qorgau.rules.roles import Role
from tests import factories
from tests.factories import NOON, World

WAYS = [
    {"code": "amb", "kk": "Амбулаторлық", "ru": "Амбулаторно", "en": "Outpatient", "offered": True},
    {"code": "inp", "kk": "Стационар", "ru": "Стационар", "en": "Inpatient", "offered": False},
]


@pytest.fixture
def specialist(world: World) -> Staff:
    for place, code in enumerate(("urgent", "press", "pilot")):
        Label.objects.create(code=code, name_ru=code, position=place)
    OwnField.objects.create(code="ward", kind="text", name_ru="Отделение")
    OwnField.objects.create(code="way", kind="choice", name_ru="Вид помощи", options=WAYS)
    refresh()
    return factories.staff(Role.CLINIC_SPECIALIST, world.clinic_desk)


@pytest.fixture
def appeal(world: World, specialist: Staff) -> Appeal:
    return factories.appeal(organisation_id=world.state_clinic.pk)


def last_line(appeal: Appeal) -> JournalLine:
    return JournalLine.objects.filter(appeal=appeal).latest("sequence")


def codes(appeal: Appeal) -> list[str]:
    return [label.code for label in labels_of([appeal.pk]).get(appeal.pk, [])]


def test_one_line_tells_what_was_before_and_after(appeal: Appeal, specialist: Staff) -> None:
    set_details(appeal, staff=specialist, labels=["press", "urgent"], values={"ward": "хирургия"}, at=NOON)
    set_details(appeal, staff=specialist, labels=["urgent"], values={"ward": "", "way": "amb"}, at=NOON)
    line = last_line(appeal)
    assert (line.verb, line.staff_id, line.sequence) == ("set_details", specialist.pk, 3)
    assert line.before == {"labels": "press, urgent", "own_ward": "хирургия", "own_way": ""}
    assert line.after == {"labels": "urgent", "own_ward": "", "own_way": "amb"}
    assert (codes(appeal), values_of([appeal.pk])) == (["urgent"], {appeal.pk: {"way": "amb"}})
    assert list(verify(appeal.number)) == []


def test_the_same_again_writes_nothing(appeal: Appeal, specialist: Staff) -> None:
    for _ in range(2):
        set_details(appeal, staff=specialist, labels=["urgent"], values={"ward": "хирургия"}, at=NOON)
    assert (appeal.version, JournalLine.objects.filter(appeal=appeal).count()) == (2, 2)


def test_labels_alone_leave_fields_alone_and_the_other_way_round(appeal: Appeal, specialist: Staff) -> None:
    set_details(appeal, staff=specialist, labels=["urgent"], at=NOON)
    set_details(appeal, staff=specialist, values={"ward": "хирургия"}, at=NOON)
    add_labels(appeal, staff=specialist, labels=["press"], at=NOON)
    assert (codes(appeal), values_of([appeal.pk])[appeal.pk]) == (["urgent", "press"], {"ward": "хирургия"})


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"labels": ["urgent", "nonsense"]}, "labels"),
        ({"values": {"way": "inp"}}, "own_way"),
        ({"values": {"way": "x"}}, "own_way"),
        ({"values": {"ward": "Оспанов, 8 701 000 00 67"}}, "own_ward"),
        ({"values": {"gone": "1"}}, ""),
    ],
)
def test_a_refusal_leaves_nothing_half_done(
    appeal: Appeal, specialist: Staff, said: dict[str, Any], field: str
) -> None:
    with pytest.raises(Problem) as refused:
        set_details(appeal, staff=specialist, at=NOON, **{"labels": ["press"], "values": {"ward": "1"}} | said)
    assert refused.value.field == field
    assert (AppealLabel.objects.count(), FieldValue.objects.count(), JournalLine.objects.count()) == (0, 0, 1)


def test_what_must_be_filled_in_is_asked_for(appeal: Appeal, specialist: Staff) -> None:
    OwnField.objects.filter(code="way").update(required=True)
    refresh()
    with pytest.raises(Problem) as refused:
        set_details(appeal, staff=specialist, labels=["urgent"], values={"ward": "1"}, at=NOON)
    assert refused.value.field == "own_way"


def test_a_label_that_is_over_stays_where_it_is_and_comes_nowhere_else(
    world: World, appeal: Appeal, specialist: Staff
) -> None:
    set_details(appeal, staff=specialist, labels=["pilot"], at=NOON)
    Label.objects.filter(code="pilot").update(valid_to="2020-01-01")
    refresh()
    set_details(appeal, staff=specialist, labels=["pilot", "urgent"], at=NOON)
    assert codes(appeal) == ["urgent", "pilot"]
    other = factories.appeal(organisation_id=world.state_clinic.pk)
    with pytest.raises(Problem):
        set_details(other, staff=specialist, labels=["pilot"], at=NOON)


def test_only_the_desk_that_holds_it_sets_them(world: World, appeal: Appeal) -> None:
    watching = factories.staff(Role.BRANCH_SPECIALIST, world.branch)
    with pytest.raises(NotAllowed):
        set_details(appeal, staff=watching, labels=["urgent"], at=NOON)
    assert not AppealLabel.objects.exists()


def test_whoever_was_slower_hears_of_it(appeal: Appeal, specialist: Staff) -> None:
    seen = Appeal.objects.get(pk=appeal.pk)
    set_details(appeal, staff=specialist, labels=["urgent"], at=NOON)
    with pytest.raises(SomebodyWasFaster):
        set_details(seen, staff=specialist, labels=["press"], at=NOON)
    with pytest.raises(SomebodyWasFaster):
        set_details(appeal, staff=specialist, labels=["press"], at=NOON, seen_version=1)
    assert codes(appeal) == ["urgent"]


def test_many_appeals_are_read_in_one_query_each(
    world: World, specialist: Staff, django_assert_num_queries: Any
) -> None:
    appeals = [factories.appeal(organisation_id=world.state_clinic.pk) for _ in range(3)]
    for appeal in appeals[:2]:
        set_details(appeal, staff=specialist, labels=["press", "urgent"], values={"ward": "1"}, at=NOON)
    keys = [appeal.pk for appeal in appeals]
    with django_assert_num_queries(2):
        labels, values = labels_of(keys), values_of(keys)
    assert [label_codes(labels, key) for key in keys] == ["urgent, press", "urgent, press", ""]
    assert values == {key: {"ward": "1"} for key in keys[:2]}
    assert set(Appeal.objects.filter(with_any_label(["press"]))) == set(appeals[:2])
    assert not Appeal.objects.filter(with_any_label(["pilot"])).exists()
