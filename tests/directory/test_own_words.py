"""Labels, own fields and own words for states: who makes them, what is refused, and what the snapshot says of them."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils.translation import override
from pytest_django import DjangoAssertNumQueries

from qorgau.directory.models import Change, Label, OwnField, StateLabel, Topic
from qorgau.directory.own_fields import fields_for, read_value, say_value
from qorgau.directory.own_states import own_words
from qorgau.directory.reference import current, refresh
from qorgau.people.models import Staff
from qorgau.rules.problems import Problem
from qorgau.rules.roles import Role
from tests import factories
from tests.directory.conftest import TODAY
from tests.directory.test_administration import address, errors_of
from tests.factories import World

TABLES = ("label", "ownfield", "statelabel")
NAMES = {"name_kk": "Шұғыл", "name_ru": "Срочно", "name_en": "Urgent"}


@pytest.fixture
def administrator(world: World, settings: Any) -> Staff:
    settings.SECOND_FACTOR_REQUIRED = False
    return factories.staff(Role.ADMINISTRATOR, world.centre)


@pytest.fixture
def area(client: Client, administrator: Staff) -> Client:
    client.force_login(administrator)
    return client


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_only_administrators_make_them(client: Client, world: World, role: Role, settings: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED = False
    desks = {
        Role.OPERATOR: world.contact_centre,
        Role.CLINIC_SPECIALIST: world.clinic_desk,
        Role.CLINIC_MANAGER: world.clinic_desk,
        Role.HEALTH_DEPARTMENT_SPECIALIST: world.health_department,
        Role.CENTRAL_EXPERT: world.centre,
    }
    client.force_login(factories.staff(role, desks.get(role, world.branch)))
    for table in TABLES:
        assert client.get(address(table, "changelist")).status_code in (302, 403)
        assert client.post(address(table, "add"), {**NAMES, "code": "urgent"}).status_code in (302, 403)
    assert (Label.objects.count(), OwnField.objects.count(), StateLabel.objects.count()) == (0, 0, 0)


def test_a_label_is_made_with_its_history_and_every_page_opens(area: Client, administrator: Staff) -> None:
    answer = area.post(address("label", "add"), {**NAMES, "code": "urgent", "colour": "late", "position": 10})
    assert answer.status_code == 302
    label = Label.objects.get()
    change = Change.objects.get()
    assert (change.by, change.model, change.row_id, change.after["colour"]) == (
        administrator, "directory.label", label.pk, "late",
    )  # fmt: skip
    StateLabel.objects.create(state="in_work", staff_ru="Ждём выписку")
    OwnField.objects.create(code="ward", kind="text", name_ru="Отделение")
    for table in TABLES:
        row = next(row for row in (label, OwnField.objects.get(), StateLabel.objects.get()) if _table(row) == table)
        for page in (address(table, "changelist"), address(table, "add"), address(table, "change", row.pk)):
            assert area.get(page).status_code == 200
        assert area.get(address(table, "history", row.pk)).status_code == 200
        assert area.post(address(table, "delete", row.pk), {"post": "yes"}).status_code == 403


def _table(row: Any) -> str:
    return str(row._meta.model_name)


def test_the_pages_say_that_personal_data_have_no_place_there(area: Client) -> None:
    assert "Never ask for personal data" in area.get(address("ownfield", "add")).content.decode()
    assert "never about a person" in area.get(address("label", "add")).content.decode()


CHOICE = {
    **NAMES,
    "code": "way",
    "kind": "choice",
    "options": "amb: Амбулаторлық | Амбулаторно | Outpatient\n-inp: Стационар | Стационар | Inpatient",
    "position": 10,
    "desk_kinds": ["clinic", "branch"],
}


def test_a_choice_keeps_its_options_with_their_words(area: Client) -> None:
    assert area.post(address("ownfield", "add"), CHOICE).status_code == 302
    field = OwnField.objects.get()
    assert field.desk_kinds == ["clinic", "branch"]
    assert field.options == [
        {"code": "amb", "kk": "Амбулаторлық", "ru": "Амбулаторно", "en": "Outpatient", "offered": True},
        {"code": "inp", "kk": "Стационар", "ru": "Стационар", "en": "Inpatient", "offered": False},
    ]
    page = area.get(address("ownfield", "change", field.pk)).content.decode()
    assert "amb: Амбулаторлық | Амбулаторно | Outpatient\n-inp: " in page


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"options": "амбулаторно"}, "options"),
        ({"options": "amb: а | б"}, "options"),
        ({"options": ""}, "options"),
        ({"options": "a: а | б | в\na: г | д | е"}, "options"),
        ({"kind": "number"}, "options"),
        ({"valid_from": "2026-02-01", "valid_to": "2026-01-01"}, "valid_to"),
    ],
)
def test_a_field_that_cannot_work_is_refused(area: Client, changed: dict[str, str], field: str) -> None:
    answer = area.post(address("ownfield", "add"), CHOICE | changed)
    assert list(errors_of(answer)) == [field]
    assert not OwnField.objects.exists()


def test_an_option_that_was_offered_stays(area: Client) -> None:
    area.post(address("ownfield", "add"), CHOICE)
    field = OwnField.objects.get()
    answer = area.post(address("ownfield", "change", field.pk), CHOICE | {"options": "amb: а | б | в"})
    assert errors_of(answer) == {"options": ["An option that was offered stays: put a minus before “inp” instead."]}


STATE = {
    "state": "in_work",
    "desk_kind": "clinic",
    "staff_kk": "Көшірмені күту",
    "staff_ru": "Ждём выписку",
    "staff_en": "Waiting for the record",
}


def test_own_words_are_said_in_all_languages_or_in_none(area: Client) -> None:
    answer = area.post(address("statelabel", "add"), STATE | {"citizen_ru": "Проверяем"})
    assert set(errors_of(answer)) == {"citizen_kk", "citizen_en"}
    answer = area.post(address("statelabel", "add"), {"state": "in_work", "staff_kk": " "})
    assert errors_of(answer) == {"__all__": ["Write own words for staff, for citizens, or for both."]}
    assert area.post(address("statelabel", "add"), STATE).status_code == 302
    again = area.post(address("statelabel", "add"), STATE)
    assert list(errors_of(again)) == ["valid_from"]


def test_the_nearest_own_words_count_and_cost_no_query(
    world: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    group = Topic.objects.create(code="group", name_ru="Группа")
    topic = Topic.objects.create(code="in-group", name_ru="Тема", parent=group)
    yesterday = TODAY - timedelta(days=1)
    rows = [
        ({}, "everywhere"),
        ({"desk_kind": "clinic"}, "at clinics"),
        ({"topic": group}, "of the group"),
        ({"topic": topic, "desk_kind": "clinic"}, "of the topic at clinics"),
        ({"state": "closed", "valid_to": yesterday}, "no longer"),
    ]
    for where, words in rows:
        StateLabel.objects.create(**{"state": "in_work", "staff_en": words, **where})
    refresh()
    with django_assert_num_queries(0), override("en"):
        said = {
            (desk.kind, topic_id): own_words("staff", "in_work", desk_id=desk.pk, topic_id=topic_id)
            for desk in (world.clinic_desk, world.branch)
            for topic_id in (None, topic.pk)
        }
        assert said == {
            ("clinic", None): "at clinics",
            ("branch", None): "everywhere",
            ("clinic", topic.pk): "of the topic at clinics",
            ("branch", topic.pk): "of the group",
        }
        assert own_words("staff", "closed", desk_id=world.branch.pk, topic_id=None) == ""
        assert own_words("citizen", "in_work", desk_id=world.branch.pk, topic_id=None) == ""


def test_the_snapshot_knows_labels_in_force_in_their_places(world: World) -> None:
    for code, place, ends in (("b", 20, None), ("a", 10, None), ("old", 1, date(2020, 1, 1))):
        Label.objects.create(code=code, name_ru=code, position=place, valid_to=ends)
    assert [label.code for label in refresh().labels_in_force()] == ["a", "b"]


def test_fields_are_asked_where_they_belong(world: World) -> None:
    group = Topic.objects.create(code="group", name_ru="Группа")
    topic = Topic.objects.create(code="in-group", name_ru="Тема", parent=group)
    other = Topic.objects.get(code="refusal")
    rows: list[tuple[str, Any, list[str]]] = [
        ("any", None, []), ("group", group, []), ("clinics", None, ["clinic"]), ("other", other, []),
    ]  # fmt: skip
    for place, (code, about, desk_kinds) in enumerate(rows):
        OwnField.objects.create(
            code=code, name_ru=code, kind="text", topic=about, desk_kinds=desk_kinds, position=place
        )
    refresh()
    held = current().topics[topic.pk]
    assert [field.code for field in fields_for(held, "branch")] == ["any", "group"]
    assert [field.code for field in fields_for(None, "clinic")] == ["any", "clinics"]


OPTIONS = [{"code": "amb", "kk": "а", "ru": "б", "en": "out", "offered": False}]


@pytest.mark.parametrize(
    ("kind", "typed", "kept", "said"),
    [
        ("text", "  палата\u200b №4 ", "палата №4", "палата №4"),
        ("number", "1 200,50", "1200.5", "1200.5"),
        ("number", "-7", "-7", "-7"),
        ("number", "1000", "1000", "1000"),
        ("date", "2026-06-02", "2026-06-02", "2 June 2026"),
        ("choice", "amb", "amb", "out"),
        ("yes_no", "no", "no", "no"),
        ("yes_no", "", "", ""),
    ],
)
def test_values_are_kept_in_one_form_and_said_in_words(kind: str, typed: str, kept: str, said: str) -> None:
    field = OwnField(code="x", kind=kind, options=OPTIONS)
    with override("en"):
        assert read_value(field, typed) == kept
        assert say_value(field, kept).replace("June 2, 2026", "2 June 2026") == said


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        ("number", "много"),
        ("number", "NaN"),
        ("number", "1e400"),
        ("number", "9" * 40),
        ("date", "вчера"),
        ("date", "2026-02-30"),
        ("choice", "other"),
        ("yes_no", "maybe"),
        ("text", "x" * 201),
        ("text", "звонить +7 701 000 00 67"),
        ("text", "ИИН 900101300106"),
        ("text", "a@example.kz"),
    ],
)
def test_what_is_no_such_value_and_what_is_personal_is_refused(kind: str, typed: str) -> None:
    with pytest.raises(Problem) as refused:
        read_value(OwnField(code="x", kind=kind, options=OPTIONS), typed)
    assert refused.value.field == "own_x"
