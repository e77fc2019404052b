"""Whoever was offered an appeal learns how the offer ended, and no more of the appeal than that."""

from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from qorgau.directory.models import Desk
from qorgau.directory.reference import refresh
from qorgau.handling.accept import accept
from qorgau.handling.merge import merge
from qorgau.handling.pass_on import pass_on
from qorgau.handling.return_back import return_back
from qorgau.handling.separate import separate
from qorgau.handling.take_back import take_back
from qorgau.handling.withdraw import withdraw
from qorgau.notices.models import Notice
from qorgau.notices.wording import message_for
from qorgau.people.models import Staff
from qorgau.register.models import Appeal, Handover
from qorgau.rules.problems import NotAllowed
from qorgau.rules.roles import Role
from tests import factories
from tests.factories import NOON, World
from tests.workplace.conftest import SignIn, statements

SAID = "Терапевт отказался принять."
WHY = "Ошиблись подразделением."
LATER = NOON + timedelta(minutes=30)


@pytest.fixture
def giver(world: World) -> Staff:
    return factories.staff(Role.BRANCH_SPECIALIST, world.branch)


@pytest.fixture
def receiver(world: World) -> Staff:
    return factories.staff(Role.CLINIC_SPECIALIST, world.clinic_desk)


@pytest.fixture
def offered(world: World, giver: Staff) -> Appeal:
    return offer(world, giver)


def offer(world: World, giver: Staff) -> Appeal:
    made = factories.appeal(text=SAID, wish="fund", region=world.astana.kato)
    accept(made, staff=giver, at=NOON)
    pass_on(made, staff=giver, to=world.clinic_desk, reason="Ваш пациент", at=NOON)
    return made


def take(appeal: Appeal, giver: Staff) -> None:
    take_back(appeal, staff=giver, reason=WHY, at=LATER)


def card(appeal: Appeal) -> str:
    return reverse("desk:appeal", args=[appeal.number])


def test_the_desk_gets_a_letter_that_says_it_was_taken_back(world: World, giver: Staff, offered: Appeal) -> None:
    Desk.objects.filter(pk=world.clinic_desk.pk).update(email="clinic@example.kz")
    refresh()
    take(offered, giver)
    notice = Notice.objects.get(topic="taken_back")
    notice.language = "en"
    letter = message_for(notice)
    assert (notice.address, notice.for_staff) == ("clinic@example.kz", True)
    assert letter.subject == f"Appeal {offered.number} is no longer offered to you"
    assert "Филиал по городу Астана" in letter.body and card(offered) in letter.body
    assert WHY not in letter.body and SAID not in letter.body


def test_its_address_says_who_took_it_back_when_and_why(
    giver: Staff, receiver: Staff, offered: Appeal, sign_in: SignIn
) -> None:
    client = sign_in(receiver)
    assert SAID in client.get(card(offered)).content.decode()
    take(offered, giver)
    for path in (card(offered), reverse("desk:acceptance", args=[offered.number])):
        answer = client.get(path)
        page = answer.content.decode()
        assert answer.status_code == 404
        assert f">{offered.number}</span>" in page
        assert "The desk that offered this appeal to yours has taken the offer back." in page
        assert WHY in page and "Филиал по городу Астана" in page
        assert SAID not in page and "Ваш пациент" not in page
        assert 'id="find-number"' in page and reverse("desk:queue") + "?tab=offered" in page


def test_what_was_being_written_about_it_stays_to_be_copied(
    giver: Staff, receiver: Staff, offered: Appeal, sign_in: SignIn
) -> None:
    take(offered, giver)
    path = reverse("desk:return", args=[offered.number])
    page = sign_in(receiver).post(path, {"reason": "Пациент <b>прикреплён</b> не к нам", "seen_version": "3"})
    assert page.status_code == 404
    assert "Пациент &lt;b&gt;прикреплён&lt;/b&gt; не к нам" in page.content.decode()


def test_an_open_card_is_told_in_its_place_and_asks_no_more(
    giver: Staff, receiver: Staff, offered: Appeal, sign_in: SignIn
) -> None:
    client = sign_in(receiver)
    take(offered, giver)
    answer = client.get(reverse("desk:here", args=[offered.number]), headers={"HX-Request": "true"})
    assert answer.status_code == 286
    told = answer.content.decode()
    assert "The desk that offered this appeal to yours has taken the offer back." in told
    assert f'href="{card(offered)}"' in told and "<html" not in told


def test_a_step_pressed_on_an_open_card_leads_to_the_page_that_explains(
    giver: Staff, receiver: Staff, offered: Appeal, sign_in: SignIn
) -> None:
    take(offered, giver)
    path = reverse("desk:acceptance", args=[offered.number])
    answer = sign_in(receiver).get(path, headers={"HX-Request": "true"})
    assert (answer.status_code, answer["HX-Redirect"]) == (404, card(offered))


def test_only_the_desk_that_was_offered_it_learns_of_it(
    world: World, giver: Staff, offered: Appeal, sign_in: SignIn
) -> None:
    take(offered, giver)
    for stranger in (
        factories.staff(Role.CLINIC_SPECIALIST, world.private_clinic_desk),
        factories.staff(Role.ADMINISTRATOR, world.clinic_desk),
    ):
        page = sign_in(stranger).get(card(offered)).content.decode()
        assert "There is no such page" in page and WHY not in page


def test_of_one_that_became_sensitive_nothing_is_told(
    giver: Staff, receiver: Staff, offered: Appeal, sign_in: SignIn
) -> None:
    take(offered, giver)
    Appeal.objects.filter(pk=offered.pk).update(sensitive=True, version=F("version") + 1)
    client = sign_in(receiver)
    assert "There is no such page" in client.get(card(offered)).content.decode()
    for page in ("?tab=offered", ""):
        assert offered.number not in client.get(reverse("desk:queue") + page).content.decode()


def test_it_says_that_the_own_desk_returned_it_or_that_it_ended(
    world: World, giver: Staff, receiver: Staff, offered: Appeal, sign_in: SignIn
) -> None:
    ended = offer(world, giver)
    return_back(offered, staff=receiver, reason="Не наш пациент", at=LATER)
    withdraw(ended, reason="", at=LATER)
    client = sign_in(factories.staff(Role.CLINIC_SPECIALIST, world.clinic_desk))
    returned = client.get(card(offered)).content.decode()
    assert "Your desk returned this appeal to the one that offered it." in returned
    assert "Сейітова А." in returned and "Не наш пациент" in returned
    assert "Work on this appeal ended before your desk accepted it." in client.get(card(ended)).content.decode()


def test_the_last_offer_is_the_one_that_is_told_of(
    world: World, giver: Staff, receiver: Staff, offered: Appeal, sign_in: SignIn
) -> None:
    take(offered, giver)
    pass_on(offered, staff=giver, to=world.clinic_desk, reason="Всё-таки ваш", at=LATER)
    client = sign_in(receiver)
    assert SAID in client.get(card(offered)).content.decode()
    assert "No longer offered" not in client.get(reverse("desk:queue") + "?tab=offered").content.decode()
    return_back(offered, staff=receiver, reason="Не наш пациент", at=LATER)
    assert "Your desk returned this appeal" in client.get(card(offered)).content.decode()


def test_the_view_of_offers_names_for_a_week_what_was_taken_back(
    giver: Staff, receiver: Staff, offered: Appeal, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, view = sign_in(receiver), reverse("desk:queue") + "?tab=offered"
    assert "No longer offered" not in client.get(view).content.decode()
    take(offered, giver)
    below = client.get(view).content.decode().partition("No longer offered")[2]
    assert offered.number in below and WHY in below and "Филиал по городу Астана" in below
    assert "No longer offered" not in client.get(reverse("desk:queue") + "?tab=desk").content.decode()
    monkeypatch.setattr(timezone, "now", lambda: NOON + timedelta(days=7, hours=1))
    assert "No longer offered" not in sign_in(receiver).get(view).content.decode()


def test_whoever_had_opened_it_finds_it_under_for_you(
    world: World, giver: Staff, receiver: Staff, offered: Appeal, sign_in: SignIn
) -> None:
    client, page = sign_in(receiver), reverse("desk:for_you")
    client.get(card(offered))
    assert "No longer offered" not in client.get(page).content.decode()
    take(offered, giver)
    told = client.get(page).content.decode()
    assert "No longer offered to your desk" in told and offered.number in told and WHY in told
    colleague = factories.staff(Role.CLINIC_SPECIALIST, world.clinic_desk)
    assert "No longer offered" not in sign_in(colleague).get(page).content.decode(), "never opened it"


def test_a_desk_that_goes_on_seeing_it_is_led_to_the_card(world: World, giver: Staff, sign_in: SignIn) -> None:
    made = factories.appeal(text=SAID, wish="fund", region=world.astana.kato)
    accept(made, staff=giver, at=NOON)
    pass_on(made, staff=giver, to=world.centre, reason="К вам", at=NOON)
    take(made, giver)
    client = sign_in(factories.staff(Role.CENTRAL_EXPERT, world.centre))
    assert made.number in client.get(reverse("desk:queue") + "?tab=offered").content.decode()
    shown = client.get(card(made))
    assert shown.status_code == 200 and "Taken back: " + WHY in shown.content.decode()


@pytest.fixture
def with_part(world: World, giver: Staff) -> tuple[Appeal, Appeal]:
    """What is offered to the clinic, and an appeal that is part of it and was never offered by itself."""
    leading, part = (factories.appeal(text=SAID, wish="fund", region=world.astana.kato) for _ in range(2))
    accept(leading, staff=giver, at=NOON)
    merge(part, into=leading, staff=giver, reason="Одна и та же очередь", at=NOON)
    leading.refresh_from_db()
    pass_on(leading, staff=giver, to=world.clinic_desk, reason="Ваш пациент", at=NOON)
    return leading, part


def test_what_is_offered_becomes_no_part_of_another_meanwhile(world: World, giver: Staff, offered: Appeal) -> None:
    other = factories.appeal(text=SAID, wish="fund", region=world.astana.kato)
    accept(other, staff=giver, at=NOON)
    for appeal, into in ((offered, other), (other, offered)):
        with pytest.raises(NotAllowed, match="has been handed to another desk"):
            merge(appeal, into=into, staff=giver, reason="Одно и то же", at=LATER)


@pytest.mark.parametrize("outcome", ["taken_back", "returned", "lapsed"])
def test_a_part_of_what_was_offered_tells_how_that_offer_ended(
    giver: Staff, receiver: Staff, with_part: tuple[Appeal, Appeal], sign_in: SignIn, outcome: str
) -> None:
    leading, part = with_part
    client = sign_in(receiver)
    assert SAID in client.get(card(part)).content.decode()
    match outcome:
        case "taken_back":
            take(leading, giver)
            told = "which is no longer offered to it."
        case "returned":
            return_back(leading, staff=receiver, reason=WHY, at=LATER)
            told = "which your desk returned."
        case _:
            withdraw(leading, reason="", at=LATER)
            told = "work on that one ended before you accepted it."
    answer = client.get(card(part))
    page = answer.content.decode()
    assert answer.status_code == 404
    assert "It was shown to your desk as part of another appeal" in page and told in page
    assert f">{leading.number}</span>" in page and f">{part.number}</span>" in page
    assert f'href="{card(leading)}"' not in page, "nor do they see that one"
    assert (WHY in page) == (outcome != "lapsed") and SAID not in page


def test_a_part_that_was_separated_leads_to_what_is_still_offered(
    giver: Staff, receiver: Staff, with_part: tuple[Appeal, Appeal], sign_in: SignIn
) -> None:
    leading, part = with_part
    part.refresh_from_db()
    separate(part, staff=giver, reason="О другом враче", at=LATER)
    client = sign_in(receiver)
    page = client.get(card(part)).content.decode()
    assert "as part of another appeal, and is answered on its own again." in page
    assert f'href="{card(leading)}"' in page and "О другом враче" not in page
    told = client.get(reverse("desk:here", args=[part.number]), headers={"HX-Request": "true"})
    assert (told.status_code, "is answered on its own again." in told.content.decode()) == (286, True)
    leading.refresh_from_db()
    take_back(leading, staff=giver, reason=WHY, at=LATER + timedelta(minutes=1))
    page = client.get(card(part)).content.decode()
    assert "is answered on its own again." in page
    assert f'href="{card(leading)}"' not in page and WHY not in page


def test_of_a_part_nobody_else_learns_and_nobody_once_it_is_sensitive(
    world: World, giver: Staff, receiver: Staff, with_part: tuple[Appeal, Appeal], sign_in: SignIn
) -> None:
    leading, part = with_part
    take(leading, giver)
    for stranger in (
        factories.staff(Role.CLINIC_SPECIALIST, world.private_clinic_desk),
        factories.staff(Role.ADMINISTRATOR, world.clinic_desk),
    ):
        assert "There is no such page" in sign_in(stranger).get(card(part)).content.decode()
    Appeal.objects.filter(pk=leading.pk).update(sensitive=True, version=F("version") + 1)
    assert "There is no such page" in sign_in(receiver).get(card(part)).content.decode()


def test_many_offers_that_ended_take_as_many_statements_as_one(
    world: World, giver: Staff, receiver: Staff, sign_in: SignIn
) -> None:
    client, counted = sign_in(receiver), []
    for more in (1, 14):
        for _ in range(more):
            appeal = offer(world, giver)
            client.get(card(appeal))
            take(appeal, giver)
        for path in (reverse("desk:queue") + "?tab=offered", reverse("desk:for_you")):
            client.get(path)
            with CaptureQueriesContext(connection) as seen:
                assert client.get(path).content.decode().count(WHY) == (1 if more == 1 else 10)
            counted.append(statements(seen))
    assert counted[:2] == counted[2:]
    assert Handover.objects.filter(outcome="taken_back").count() == 15
