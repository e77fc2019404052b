"""The security officer finds whose data were looked at: by number, IIN, telephone, e-mail, and by who looked."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from qorgau.intake.new_appeal import Person
from qorgau.people.models import Staff
from qorgau.register.models import Appeal, Opening
from qorgau.register.openings import Opened, write
from qorgau.rules.roles import Role
from tests import factories
from tests.factories import NOON, World
from tests.workplace.conftest import SignIn, statements

PAGE = "/desk/who-looked/"
MOTHER, CHILD = "900101300106", "150615601119"
LIST = "Every opening, the latest first"


@pytest.fixture
def specialist(world: World) -> Staff:
    return named(world, "Ахметова", "Дана")


@pytest.fixture
def officer(world: World, sign_in: SignIn) -> Client:
    return sign_in(factories.staff(Role.AUDITOR, world.centre))


@pytest.fixture
def about_child(world: World) -> Appeal:
    """A mother's appeal about her child."""
    return factories.appeal(
        organisation_id=world.state_clinic.pk,
        applicant=Person(surname="Оспанова", iin=MOTHER, phone="+7 701 000 00 67", email="mother@example.kz"),
        patient=Person(surname="Оспанов", iin=CHILD),
    )


@pytest.fixture
def other(world: World) -> Appeal:
    return factories.appeal(organisation_id=world.state_clinic.pk, applicant=Person(surname="Ким"))


def named(world: World, last_name: str, first_name: str) -> Staff:
    person = factories.staff(Role.CLINIC_SPECIALIST, world.clinic_desk)
    Staff.objects.filter(pk=person.pk).update(last_name=last_name, first_name=first_name)
    return person


def opened(person: Staff, *appeals: Appeal) -> None:
    write(person, [Opened(appeal.pk, "card") for appeal in appeals], at=NOON)


def listed(client: Client, *appeals: Appeal, **typed: object) -> list[bool]:
    """Which of the appeals stand in the list that comes by the form, wherever it leads."""
    page = client.post(PAGE, typed, follow=True).content.decode().partition(LIST)[2]
    return [appeal.number in page for appeal in appeals]


@pytest.mark.parametrize(
    "whose",
    [MOTHER, "900101 300106", CHILD, "••••••••1119", "8 (701) 000-00-67", "Mother@example.kz"],
)
def test_openings_are_found_by_whose_data_they_were(
    specialist: Staff, officer: Client, about_child: Appeal, other: Appeal, whose: str
) -> None:
    opened(specialist, about_child, other)
    assert listed(officer, about_child, other, whose=whose) == [True, False]


def test_a_number_is_found_as_before_and_stands_in_the_address(
    specialist: Staff, officer: Client, about_child: Appeal, other: Appeal
) -> None:
    opened(specialist, about_child, other)
    answer = officer.post(PAGE, {"whose": f"№ {about_child.number}"})
    assert (answer.status_code, f"number={about_child.number}" in answer["Location"]) == (302, True)
    assert listed(officer, about_child, other, whose=about_child.number) == [True, False]


def test_nobodys_identity_stands_in_an_address(specialist: Staff, officer: Client, about_child: Appeal) -> None:
    opened(specialist, *[about_child] * 60)
    answer = officer.post(PAGE, {"whose": MOTHER})
    page = answer.content.decode()
    assert answer.status_code == 200
    addresses = re.findall(r'(?:href|action)="([^"]*)"', page)
    assert not [address for address in addresses if MOTHER in address]
    by_address = officer.get(PAGE, {"whose": MOTHER, "number": MOTHER}).content.decode()
    assert "is no number of an appeal" in by_address, "what stands in an address is not looked up"
    assert page.count("The card</td>") == 50
    hidden = dict(re.findall(r'name="(\w+)" value="([^"]*)"', page.partition(LIST)[2]))
    assert hidden["whose"] == MOTHER and hidden["before"]
    del hidden["csrfmiddlewaretoken"]
    assert officer.post(PAGE, hidden).content.decode().count("The card</td>") == 10


def test_what_is_no_ones_is_said(officer: Client) -> None:
    page = officer.post(PAGE, {"whose": "Оспанов"}).content.decode()
    assert "“Оспанов” is no number of an appeal, IIN, telephone or e-mail address." in page


def test_whoever_looked_is_found_by_a_part_of_the_name(
    world: World, specialist: Staff, officer: Client, about_child: Appeal, other: Appeal
) -> None:
    namesake = named(world, "Ахметова", "Әлия")
    named(world, "Ахметов", "Ерлан")  # opened nothing
    opened(specialist, about_child)
    opened(namesake, other)
    several = officer.post(PAGE, {"who": "ахметова"}).content.decode()
    assert "Several people are called so" in several
    assert [f"staff={one.pk}" in several for one in (specialist, namesake)] == [True, True]
    one = officer.post(PAGE, {"who": "алия ахм"})
    assert (one.status_code, f"staff={namesake.pk}" in one["Location"]) == (302, True)
    assert listed(officer, about_child, other, who=specialist.username) == [True, False]
    nobody = officer.post(PAGE, {"who": "Ахметов Ерлан"}).content.decode()
    assert "Nobody called “Ахметов Ерлан” opened anything in this period." in nobody


def test_both_are_asked_together(
    world: World, specialist: Staff, officer: Client, about_child: Appeal, other: Appeal
) -> None:
    curious = named(world, "Любопытный", "Серик")
    opened(specialist, about_child, other)
    opened(curious, about_child)
    page = officer.post(PAGE, {"whose": CHILD, "who": "Любопытный"}).content.decode().partition(LIST)[2]
    assert page.count("The card</td>") == 1 and "Любопытный" in page
    assert officer.post(PAGE, {"whose": CHILD, "staff": specialist.pk}).content.decode().count("The card</td>") == 1


def test_a_branchs_officer_finds_of_the_branch_only(
    world: World, specialist: Staff, sign_in: SignIn, about_child: Appeal
) -> None:
    person = Person(surname="Оспанова", iin=MOTHER)
    elsewhere = factories.appeal(wish="fund", region=world.almaty.kato, applicant=person)
    stranger = named(world, "Чужая", "Алия")
    opened(specialist, about_child, elsewhere)
    opened(stranger, elsewhere)
    client = sign_in(factories.staff(Role.AUDITOR, world.branch))
    assert listed(client, about_child, elsewhere, whose=MOTHER) == [True, False]
    assert "Nobody called “Чужая” opened anything" in client.post(PAGE, {"who": "Чужая"}).content.decode()


def test_a_sensitive_appeal_is_found_by_those_who_may_know_of_it(
    world: World, specialist: Staff, sign_in: SignIn
) -> None:
    one = factories.appeal(
        topic="extortion", organisation_id=world.state_clinic.pk, applicant=Person(surname="Ким", iin=MOTHER)
    )
    opened(specialist, one)
    plain, trusted = (factories.staff(Role.AUDITOR, world.centre, may_read_sensitive=may) for may in (False, True))
    assert listed(sign_in(plain), one, whose=MOTHER) == [False]
    assert listed(sign_in(trusted), one, whose=MOTHER) == [True]


def test_whose_appeals_the_officer_was_shown_is_written_down_too(
    specialist: Staff, officer: Client, about_child: Appeal, other: Appeal
) -> None:
    opened(specialist, about_child, about_child, other)
    officer.get(PAGE)
    assert Opening.objects.count() == 3, "a list of openings names nobody"
    for _again in range(2):
        officer.post(PAGE, {"whose": MOTHER})
    assert list(Opening.objects.exclude(staff=specialist).values_list("appeal", "part", "purpose")) == [
        (about_child.pk, "person", "search")
    ]


def test_the_form_is_for_the_security_officer_alone(world: World, specialist: Staff, sign_in: SignIn) -> None:
    assert sign_in(specialist).post(reverse("desk:who_looked"), {"whose": MOTHER}).status_code == 403


def test_many_openings_of_a_person_take_as_many_statements_as_one(
    specialist: Staff, officer: Client, about_child: Appeal
) -> None:
    counted = []
    for more in (1, 40):
        opened(specialist, *[about_child] * more)
        officer.post(PAGE, {"whose": MOTHER})
        with CaptureQueriesContext(connection) as seen:
            officer.post(PAGE, {"whose": MOTHER})
        counted.append(statements(seen))
    assert counted[0] == counted[1]
