"""Appeals found by their words: what was typed, and which of them it finds."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from qorgau.handling.add_message import add_message
from qorgau.intake.new_appeal import Person
from qorgau.people.models import Staff
from qorgau.register.known_words import begun, gather
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


def test_beginnings_find_the_same_when_the_words_are_gathered(
    client: Client, appeals: dict[str, Appeal], world: World
) -> None:
    assert gather() == len(appeals)
    test_what_is_typed_finds_what_is_meant(client, appeals)
    later = factories.appeal(text="Маммограф сломан второй месяц.", organisation_id=world.state_clinic.pk)
    assert numbers(client, "?tab=all&words=маммо") == [later.number]
    # Those before are read once more, because keys may be committed out of order.
    assert gather() == len(appeals) + 1
    assert numbers(client, "?tab=all&words=маммо") == [later.number]
    assert begun(["маммо", "нетакого"]) == [["маммограф"], None]


def test_what_the_applicant_writes_later_is_found(client: Client, world: World) -> None:
    appeal = factories.appeal(organisation_id=world.state_clinic.pk)
    add_message(appeal, text="Забыл сказать про томографию.", at=timezone.now(), delivery_key="later")
    assert numbers(client, "?tab=all&words=томография") == [appeal.number]
    assert numbers(client, "?tab=all&words=томогр") == [appeal.number]


def test_many_with_several_words_are_found_as_few_are(
    client: Client, appeals: dict[str, Appeal], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qorgau.register.words._FEW", 0)
    assert numbers(client, "?tab=all&words=врач ребёнка") == [appeals["coupons"].number]
    assert numbers(client, "?tab=all&words=врач инсулин") == []
