"""Finding by number: typed anyhow, with a slip, or not there."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from qorgau.directory.changes import new_version
from qorgau.directory.reference import refresh
from qorgau.intake.new_appeal import Person
from qorgau.lib.speech import name_in, say_date
from qorgau.register.models import Appeal, Opening
from qorgau.rules.roles import Role
from qorgau.workplace.state_words import state_words
from qorgau.workplace.who_looked import purpose_words
from tests import factories
from tests.factories import World
from tests.workplace.conftest import SignIn


@pytest.fixture
def client(world: World, sign_in: SignIn) -> Client:
    return sign_in(factories.staff(Role.CLINIC_SPECIALIST, world.clinic_desk))


@pytest.fixture
def appeal(world: World) -> Appeal:
    return factories.appeal(organisation_id=world.state_clinic.pk)


def find(client: Client, typed: str):  # type: ignore[no-untyped-def]
    return client.get(reverse("desk:find"), {"number": typed})


def test_a_number_leads_to_its_card_however_it_is_typed(client: Client, appeal: Appeal) -> None:
    digits = appeal.number.replace("-", "")
    for typed in (appeal.number, digits, f" №{appeal.number} ", f"{digits[:2]} {digits[2:9]} {digits[9]}"):
        answer = find(client, typed)
        assert answer.status_code == 302, typed
        assert answer["Location"] == reverse("desk:appeal", args=[appeal.number])


def test_a_slip_brings_up_the_number_that_was_meant(client: Client, appeal: Appeal) -> None:
    slip = appeal.number[:-1] + str((int(appeal.number[-1]) + 1) % 10)
    page = find(client, slip)
    assert page.status_code == 200
    assert "has a slip" in page.content.decode()
    assert f'href="{reverse("desk:appeal", args=[appeal.number])}"' in page.content.decode()


def test_a_part_of_a_number_brings_up_the_appeal_without_a_word_of_a_mistake(client: Client, appeal: Appeal) -> None:
    year, serial, check = appeal.number.split("-")
    for typed in (f"{year}-{serial}", serial, serial.lstrip("0"), f"{int(serial)}-{check}"):
        page = find(client, typed).content.decode()
        assert f'href="{reverse("desk:appeal", args=[appeal.number])}"' in page, typed
        assert "Was one of these meant?" in page and "is not the number of an appeal" not in page


def test_a_number_that_is_not_there_looks_like_one_that_is_not_theirs(client: Client, world: World) -> None:
    foreign = factories.appeal(organisation_id=world.private_clinic.pk)
    page = find(client, foreign.number).content.decode()
    assert f"There is no appeal {foreign.number}, or it is not yours to see." in page


def test_the_form_keeps_what_is_typed_out_of_the_address(client: Client, appeal: Appeal) -> None:
    page = client.post(reverse("desk:find"), {"number": "900101300106"})
    assert page.status_code == 200
    assert re.search(r'<form class="desk-find"[^>]*method="post"', page.content.decode())
    found = client.post(reverse("desk:find"), {"number": appeal.number})
    assert found["Location"] == reverse("desk:appeal", args=[appeal.number])


@pytest.mark.parametrize("typed", ["", " ", "абв", "1" * 5000, "900101300106", "<script>", "\x00", "26-00000000000"])
def test_nonsense_is_answered_with_what_a_number_looks_like(client: Client, typed: str) -> None:
    page = find(client, typed)
    assert page.status_code == 200
    assert "26-0001234-" in page.content.decode()
    assert "<script>" not in page.content.decode().replace("<script src", "")


@pytest.mark.parametrize(
    "typed", ["Оспанов", "оспановой", "ержан оспан", "8 701 000 00 67", "+77010000067", "900101300106"]
)
def test_an_appeal_is_found_by_whose_it_is(client: Client, world: World, typed: str) -> None:
    person = Person(surname="Оспанов", given_name="Ержан", phone="+7 701 000 00 67", iin="900101300106")
    own = factories.appeal(organisation_id=world.state_clinic.pk, applicant=person)
    foreign = factories.appeal(organisation_id=world.private_clinic.pk, applicant=person)
    page = client.post(reverse("desk:find"), {"number": typed}).content.decode()
    assert "Appeals of this person" in page
    assert own.number in page
    assert foreign.number not in page
    assert "900101300106" not in page.replace('value="900101300106"', "")


def test_an_appeal_is_found_by_its_words(client: Client, appeal: Appeal) -> None:
    page = client.post(reverse("desk:find"), {"number": "терапевту отказаться"}).content.decode()
    assert "Appeals with these words" in page
    assert appeal.number in page


def test_whoever_finds_something_has_made_no_mistake(client: Client, world: World) -> None:
    person = Person(surname="Оспанов", phone="+7 701 000 00 67")
    one = factories.appeal(organisation_id=world.state_clinic.pk, applicant=person)
    for typed in ("Оспанов", "701 000 00 67", "терапевту"):
        page = client.post(reverse("desk:find"), {"number": typed}).content.decode()
        assert one.number in page, typed
        assert "notice-warning" not in page, typed
    for typed in ("Ибраев", "лекарство"):
        page = client.post(reverse("desk:find"), {"number": typed}).content.decode()
        assert "Nothing was found that you may see." in page and "notice-warning" in page, typed


def test_an_appeal_is_found_by_the_person_it_is_about(client: Client, world: World) -> None:
    child = Person(surname="Оспанова", iin="150615601119")
    one = factories.appeal(
        organisation_id=world.state_clinic.pk, applicant=Person(surname="Ким"), patient=child, relation="Мать"
    )
    page = client.post(reverse("desk:find"), {"number": "150615601119"}).content.decode()
    assert "Appeals of this person" in page and one.number in page


def test_a_surname_may_be_that_of_several_people(client: Client, world: World) -> None:
    for name in ("Ержан", "Динара"):
        person = Person(surname="Оспанов", given_name=name)
        factories.appeal(organisation_id=world.state_clinic.pk, applicant=person)
    page = client.post(reverse("desk:find"), {"number": "Оспанов"}).content.decode()
    assert "Appeals of these people" in page
    assert "Appeals of this person" in client.post(reverse("desk:find"), {"number": "Оспанов Ержан"}).content.decode()


def test_organisations_of_the_desks_own_region_come_first(client: Client, world: World) -> None:
    factories.organisation(world.almaty, name="Поликлиника №4")
    new_version(organisations=True)
    refresh()
    page = client.post(reverse("desk:find"), {"number": "поликлиника 4"}).content.decode()
    assert page.index("Городская поликлиника №4") < page.index(">Поликлиника №4")


def test_an_organisation_leads_to_the_queue_of_its_appeals(client: Client, world: World, appeal: Appeal) -> None:
    page = client.post(reverse("desk:find"), {"number": name_in(world.state_clinic)}).content.decode()
    assert "Appeals about an organisation" in page
    assert f'href="/desk/?tab=all&amp;organisation={world.state_clinic.pk}"' in page


def test_more_than_are_shown_are_in_the_queue_unless_what_was_typed_may_be_somebodys(
    client: Client, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qorgau.workplace.finding.found.MOST_FOUND", 1)
    monkeypatch.setattr("qorgau.workplace.finding.rows.MOST_FOUND", 1)
    factories.appeal(organisation_id=world.state_clinic.pk, text="Терапевт 8 раз отказался принять.")
    page = client.post(reverse("desk:find"), {"number": "терапевт"}).content.decode()
    assert 'href="/desk/?tab=all&amp;words=' in page and "The latest 1 are shown." in page
    page = client.post(reverse("desk:find"), {"number": "терапевт 8"}).content.decode()
    assert "&amp;words=" not in page


def test_a_day_and_a_state_read_as_everywhere_at_the_desk(client: Client, appeal: Appeal) -> None:
    page = client.post(reverse("desk:find"), {"number": "терапевту"}).content.decode()
    assert say_date(timezone.localdate(appeal.received_at)) in page
    assert timezone.localdate(appeal.received_at).isoformat() not in page
    assert state_words(appeal) in page


def test_whom_the_search_names_is_written_down_once(client: Client, world: World, appeal: Appeal) -> None:
    client.post(reverse("desk:find"), {"number": "терапевту"})
    client.post(reverse("desk:find"), {"number": "лекарство"})
    assert list(Opening.objects.values_list("appeal", "part", "purpose")) == [(appeal.pk, "person", "search")]
    assert purpose_words("search", part="person") == "Search"


def test_those_who_may_not_know_people_do_not_find_by_them(world: World, sign_in: SignIn, appeal: Appeal) -> None:
    analyst = sign_in(factories.staff(Role.ANALYST, world.centre))
    for typed in ("Оспанов", "8 701 000 00 67"):
        page = analyst.post(reverse("desk:find"), {"number": typed}).content.decode()
        assert appeal.number not in page
    assert "Ержан" not in analyst.post(reverse("desk:find"), {"number": "терапевт"}).content.decode()


PERSON = Person(surname="Оспанов", given_name="Ержан", iin="900101300106")


@pytest.mark.parametrize("typed", ["••••••••0106", "********0106", " xxxx 0106", "…0106"])
def test_an_appeal_is_found_by_an_iin_as_pages_mask_it(client: Client, world: World, typed: str) -> None:
    own = factories.appeal(organisation_id=world.state_clinic.pk, applicant=PERSON)
    other = factories.appeal(organisation_id=world.state_clinic.pk, applicant=Person(surname="Ким", iin="840229401515"))
    foreign = factories.appeal(organisation_id=world.private_clinic.pk, applicant=PERSON)
    page = client.post(reverse("desk:find"), {"number": typed}).content.decode()
    assert "These are appeals of everybody whose IIN ends in 0106" in page
    assert "Appeals of these people" in page and "Appeals of this person" not in page
    assert own.number in page
    assert other.number not in page and foreign.number not in page


def test_a_mask_of_nobody_and_a_mask_of_another_shape_are_told(client: Client, appeal: Appeal) -> None:
    for typed, said in {
        "••••••••9999": "You may see no appeal of anybody whose IIN ends in 9999.",
        "850317******": "A masked IIN is found by its last four digits, as pages show it: ••••••••0106.",
    }.items():
        page = client.post(reverse("desk:find"), {"number": typed}).content.decode()
        assert said in page and appeal.number not in page


def test_who_may_not_know_people_learns_nothing_by_a_mask(world: World, sign_in: SignIn) -> None:
    appeal = factories.appeal(organisation_id=world.state_clinic.pk, applicant=PERSON)
    page = sign_in(factories.staff(Role.ANALYST, world.centre)).post(reverse("desk:find"), {"number": "••••••••0106"})
    assert appeal.number not in page.content.decode() and "ends in" not in page.content.decode()
