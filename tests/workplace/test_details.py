"""Labels and own fields on the card: their form, what is refused in it, and what the time line tells."""

import pytest
from django.urls import reverse

from qorgau.directory.models import Label, OwnField
from qorgau.directory.reference import refresh
from qorgau.handling.set_details import set_details
from qorgau.people.models import Staff
from qorgau.register.details import values_of
from qorgau.register.models import Appeal, AppealLabel, FieldValue
from qorgau.rules.roles import Role
from tests import factories
from tests.factories import NOON, World
from tests.workplace.conftest import SignIn
from tests.workplace.counting import queries_of

WAYS = [
    {"code": "amb", "kk": "Амбулаторлық", "ru": "Амбулаторно", "en": "Outpatient", "offered": True},
    {"code": "inp", "kk": "Стационар", "ru": "Стационар", "en": "Inpatient", "offered": False},
]


@pytest.fixture
def specialist(world: World) -> Staff:
    Label.objects.create(code="urgent", name_ru="Срочно", name_en="Urgent", colour="late")
    Label.objects.create(code="press", name_ru="Пресса", name_en="Press")
    OwnField.objects.create(code="ward", kind="text", name_ru="Отделение", name_en="Ward")
    OwnField.objects.create(code="beds", kind="number", name_ru="Койки", name_en="Beds")
    OwnField.objects.create(code="came", kind="date", name_ru="Поступил", name_en="Came on")
    OwnField.objects.create(code="way", kind="choice", name_ru="Вид", name_en="Way", options=WAYS)
    OwnField.objects.create(code="paid", kind="yes_no", name_ru="Платно", name_en="Paid", required=True)
    refresh()
    return factories.staff(Role.CLINIC_SPECIALIST, world.clinic_desk)


@pytest.fixture
def appeal(world: World, specialist: Staff) -> Appeal:
    return factories.appeal(organisation_id=world.state_clinic.pk)


FILLED_IN = {
    "labels": ["urgent"], "own_ward": "хирургия", "own_beds": "2,5", "own_came": "2026-06-01", "own_way": "amb",
    "own_paid": "no", "seen_version": 1,
}  # fmt: skip


def test_where_nothing_is_set_up_the_form_says_so_and_offers_no_button(world: World, sign_in: SignIn) -> None:
    appeal = factories.appeal(organisation_id=world.state_clinic.pk)
    client = sign_in(factories.staff(Role.CLINIC_SPECIALIST, world.clinic_desk))
    page = client.get(reverse("desk:details", args=[appeal.number])).content.decode()
    assert "There are no labels and no fields here yet." in page
    assert '<button class="button button-primary"' not in page.partition('id="verb-form"')[2]
    many = client.get(reverse("desk:many", args=["labels"]), {"row": f"{appeal.number}.{appeal.version}"})
    assert "There are no labels yet. Administrators add them." in many.content.decode()


def test_labels_and_fields_are_set_and_told_on_the_card(sign_in: SignIn, specialist: Staff, appeal: Appeal) -> None:
    client, path = sign_in(specialist), reverse("desk:details", args=[appeal.number])
    page = client.get(path).content.decode()
    assert ("Urgent" in page, "Outpatient" in page, "Inpatient" in page) == (True, True, False)
    assert client.post(path, FILLED_IN).status_code == 302
    assert values_of([appeal.pk])[appeal.pk] == {
        "ward": "хирургия", "beds": "2.5", "came": "2026-06-01", "way": "amb", "paid": "no",
    }  # fmt: skip
    card = client.get(reverse("desk:appeal", args=[appeal.number])).content.decode()
    assert "badge-late" in card
    for told in ("Labels and fields were set", "none → Urgent", "empty → хирургия", "empty → Outpatient"):
        assert told in card, told


def test_what_is_wrong_stands_beside_its_field_and_nothing_is_lost(
    sign_in: SignIn, specialist: Staff, appeal: Appeal
) -> None:
    path = reverse("desk:details", args=[appeal.number])
    wrong = FILLED_IN | {"own_ward": "звонить 8 701 000 00 67"}
    answer = sign_in(specialist).post(path, wrong)
    page = answer.content.decode()
    assert (answer.status_code, "do not belong here" in page, "8 701 000 00 67" in page) == (422, True, True)
    for changed in ({"own_beds": "много"}, {"own_paid": ""}, {"own_way": "inp"}, {"labels": ["nonsense"]}):
        assert sign_in(specialist).post(path, FILLED_IN | changed).status_code == 422, changed
    assert not AppealLabel.objects.exists()
    assert not FieldValue.objects.exists()


def test_an_installation_without_any_shows_nothing(world: World, sign_in: SignIn) -> None:
    appeal = factories.appeal(organisation_id=world.state_clinic.pk)
    client = sign_in(factories.staff(Role.CLINIC_SPECIALIST, world.clinic_desk))
    assert 'id="details"' not in client.get(reverse("desk:appeal", args=[appeal.number])).content.decode()


def test_a_form_that_is_old_is_told_so(sign_in: SignIn, specialist: Staff, appeal: Appeal) -> None:
    client, path = sign_in(specialist), reverse("desk:details", args=[appeal.number])
    assert client.post(path, FILLED_IN).status_code == 302
    answer = client.post(path, FILLED_IN | {"labels": ["press"]})
    assert (answer.status_code, "What changed meanwhile" in answer.content.decode()) == (409, True)


def test_thirty_labels_and_fields_cost_what_one_costs(sign_in: SignIn, specialist: Staff, appeal: Appeal) -> None:
    client, counted = sign_in(specialist), []
    card = reverse("desk:appeal", args=[appeal.number])
    for numbers in (range(1), range(1, 30)):
        for number in numbers:
            label = Label.objects.create(code=f"l{number}", name_ru=f"Метка {number}")
            field = OwnField.objects.create(code=f"f{number}", kind="text", name_ru=f"Поле {number}")
            AppealLabel.objects.create(appeal=appeal, label=label, put_at=NOON, put_by=specialist)
            FieldValue.objects.create(appeal=appeal, field=field, value="x", set_at=NOON, set_by=specialist)
        refresh()
        counted.append(len(queries_of(client, card)))
    assert counted[0] == counted[1]


def test_the_queue_shows_labels_and_is_filtered_by_them(
    world: World, sign_in: SignIn, specialist: Staff, appeal: Appeal
) -> None:
    other = factories.appeal(organisation_id=world.state_clinic.pk)
    set_details(appeal, staff=specialist, labels=["urgent"], values={"paid": "no"}, at=NOON)
    client, queue = sign_in(specialist), reverse("desk:queue")
    page = client.get(queue, {"tab": "desk"}).content.decode()
    assert (appeal.number in page, other.number in page, "Press" in page) == (True, True, True)
    page = client.get(queue, {"tab": "desk", "label": ["urgent", "press"]}).content.decode()
    assert (appeal.number in page, other.number in page) == (True, False)
    page = client.get(queue, {"tab": "desk", "label": "nonsense"}).content.decode()
    assert "Left aside, because it could not be read in the address: the label." in page


def test_thirty_labelled_rows_take_as_many_queries_as_one(world: World, sign_in: SignIn, specialist: Staff) -> None:
    client, counted = sign_in(specialist), []
    for more in (1, 29):
        for _number in range(more):
            made = factories.appeal(organisation_id=world.state_clinic.pk)
            set_details(made, staff=specialist, labels=["urgent", "press"], values={"paid": "no"}, at=NOON)
        counted.append(len(queries_of(client, reverse("desk:queue") + "?tab=desk&label=urgent")))
    assert counted[0] == counted[1]
