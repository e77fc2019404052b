"""Appeals found by their words: what was typed, and which of them it finds."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from qorgau.intake.new_appeal import Person
from qorgau.people.models import Staff
from qorgau.register.models import Appeal, AppealWords
from qorgau.rules.roles import Role
from tests import factories
from tests.factories import World
from tests.workplace.conftest import SignIn
from tests.workplace.test_queue import numbers

TEXTS = {
    "coupons": "Участковый врач отказалась принять: «талонов нет, приходите завтра». У ребёнка температура 39.",
    "queue": "Дәрігерге кезекте тұрмын, балаларымызды емханада қабылдамады. Көмегіңізді сұраймын.",
    "insulin": "Две недели не выдают инсулин, в аптеке №4 пусто. Мой телефон 8 701 000 00 67, ИИН 900101300106.",
    "referral": "They refused a referral to the cardiologist and told me to pay for the tests.",
    "balcony": "Балкон палаты не закрывается, дует на больных.",
}

FOUND = [
    ("талон", {"coupons"}),
    ("талоны", {"coupons"}),
    ("ТАЛОНОВ", {"coupons"}),
    ("тало", {"coupons"}),
    ("тaлoн", {"coupons"}),  # with Latin letters among them
    ("отказать", {"coupons"}),
    ("ребенок", {"coupons"}),
    ("врач ребёнка", {"coupons"}),
    ("врач инсулин", set()),
    ("кезек", {"queue"}),
    ("кезегінде", {"queue"}),
    ("кабылдамады", {"queue"}),
    ("даригер емхана", {"queue"}),
    ("бала", {"queue"}),
    ("балк", {"balcony"}),
    ("көмек", {"queue"}),
    ("комек", {"queue"}),
    ("инсулинді", {"insulin"}),
    ("аптеки 4", {"insulin"}),
    ("refuse referrals", {"referral"}),
    ("cardio", {"referral"}),
    # Numbers of people are no words of a text, nor are the words in every text.
    ("87010000067", set()),
    ("900101300106", set()),
    ("и в", set()),
    ("' | & ! :* \\", set()),
    ("больн", {"balcony"}),
]  # fmt: skip


@pytest.fixture
def appeals(world: World) -> dict[str, Appeal]:
    return {
        name: factories.appeal(
            text=text, organisation_id=world.state_clinic.pk, received_at=timezone.now() - timedelta(days=1)
        )
        for name, text in TEXTS.items()
    }


@pytest.fixture
def specialist(world: World) -> Staff:
    return factories.staff(Role.CLINIC_SPECIALIST, world.clinic_desk)


@pytest.fixture
def client(specialist: Staff, sign_in: SignIn) -> Client:
    return sign_in(specialist)


def test_what_is_typed_finds_what_is_meant(client: Client, appeals: dict[str, Appeal]) -> None:
    names = {appeal.number: name for name, appeal in appeals.items()}
    found = {}
    for typed, _wanted in FOUND:
        page = client.get(reverse("desk:queue"), {"tab": "all", "words": typed}).content.decode()
        found[typed] = {name for number, name in names.items() if number in page}
    assert found == dict(FOUND)


def test_words_stay_in_the_address_of_every_view(client: Client, appeals: dict[str, Appeal]) -> None:
    page = client.get(reverse("desk:queue"), {"tab": "all", "words": "талон"}).content.decode()
    assert "?tab=desk&amp;words=%D1%82" in page
    assert "«талон»" in page
    assert numbers(client, "?tab=desk&words=талон") == [appeals["coupons"].number]
    assert numbers(client, "?tab=mine&words=талон") == []


def test_words_find_nothing_beyond_the_scope(world: World, appeals: dict[str, Appeal], sign_in: SignIn) -> None:
    other = sign_in(factories.staff(Role.CLINIC_SPECIALIST, world.private_clinic_desk))
    assert numbers(other, "?tab=all&words=талон") == []


def test_a_sensitive_appeal_is_found_by_those_who_are_named_for_them_only(world: World, sign_in: SignIn) -> None:
    hidden = factories.appeal(text="Требуют благодарность за операцию", topic="extortion", region=world.astana.kato)
    blind = sign_in(factories.staff(Role.BRANCH_SPECIALIST, world.branch))
    assert numbers(blind, "?tab=all&words=благодарность") == []
    assert AppealWords.objects.filter(appeal=hidden).exists()


def test_names_are_kept_apart_from_words(client: Client, world: World) -> None:
    factories.appeal(
        text="Не принимают.",
        organisation_id=world.state_clinic.pk,
        applicant=Person(surname="Талонов", given_name="Ержан"),
    )
    assert numbers(client, "?tab=all&words=талонов") == []
