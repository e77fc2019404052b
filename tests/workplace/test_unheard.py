"""The card says when no message reached the applicant, so that the desk telephones or writes."""

from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from qorgau.handling.accept import accept
from qorgau.handling.answer import answer
from qorgau.handling.ask_applicant import ask_applicant
from qorgau.handling.draft import draft
from qorgau.intake.new_appeal import Person
from qorgau.notices.chats.linking import link
from qorgau.notices.chats.models import Chat
from qorgau.notices.chats.reaching import mute
from qorgau.notices.models import Notice
from qorgau.notices.outbox import instead, tell
from qorgau.notices.topics import Topic
from qorgau.people.models import Staff
from qorgau.register.models import Appeal
from qorgau.rules.roles import Role
from tests import factories
from tests.factories import NOON, World
from tests.workplace.conftest import SignIn

UNHEARD = "No message has reached the applicant"
LANDLINE = "8 (7172) 55-12-34"


@pytest.fixture(autouse=True)
def bot(settings: Any) -> None:
    settings.TELEGRAM_TOKEN = "4242:token"


@pytest.fixture
def specialist(world: World) -> Staff:
    return factories.staff(Role.CLINIC_SPECIALIST, world.clinic_desk)


@pytest.fixture
def desk(specialist: Staff, sign_in: SignIn) -> Client:
    return sign_in(specialist)


def taken(world: World, specialist: Staff, **contacts: str) -> Appeal:
    """In work, of somebody who follows it from a chat and left these contacts."""
    made = factories.appeal(
        organisation_id=world.state_clinic.pk, applicant=Person(surname="Оспанов", given_name="Ержан", **contacts)
    )
    Chat.objects.create(id=77, language="ru", begun_at=NOON, heard_at=NOON)
    link(made.applicant_id, 77, NOON)
    accept(made, staff=specialist, at=NOON)
    Notice.objects.all().delete()
    return made


def card(client: Client, appeal: Appeal) -> str:
    return client.get(reverse("desk:appeal", args=[appeal.number])).content.decode()


def ask(appeal: Appeal, specialist: Staff) -> None:
    ask_applicant(appeal, staff=specialist, question="Когда это было?", at=NOON)


def test_whoever_silenced_the_bot_and_left_nothing_else_does_not_miss_the_answer_in_silence(
    world: World, specialist: Staff, desk: Client
) -> None:
    appeal = taken(world, specialist)
    mute(77, NOON)
    words = {"text": "Врач примет вас завтра.", "legal_basis": "", "how_to_appeal": ""}
    draft(appeal, staff=specialist, decision="founded", language="ru", at=NOON, **words)
    assert UNHEARD not in card(desk, appeal)
    answer(appeal, staff=specialist, at=NOON)

    page = card(desk, appeal)
    assert UNHEARD in page and "They have not heard: There is an answer." in page
    assert "They left no other contact." in page


@pytest.mark.parametrize(
    ("contacts", "advice"),
    [
        ({"phone": LANDLINE}, "Telephone them, and write a note that you did."),
        ({"phone": LANDLINE, "postal_address": "Астана, Абай 5"}, "Telephone them, and write a note that you did."),
        ({"postal_address": "Астана, Абай 5"}, "Write to their postal address."),
    ],
)
def test_it_says_by_what_the_desk_may_reach_them(
    world: World, specialist: Staff, desk: Client, contacts: dict[str, str], advice: str
) -> None:
    appeal = taken(world, specialist, **contacts)
    mute(77, NOON)
    ask(appeal, specialist)
    page = card(desk, appeal)
    assert "They have not heard: A question to the applicant." in page and advice in page
    assert "55-12-34" not in page and "Абай 5" not in page


def test_nothing_is_said_while_another_way_still_may_reach_them(world: World, specialist: Staff, desk: Client) -> None:
    appeal = taken(world, specialist, phone="8 701 123 45 67")
    ask(appeal, specialist)
    notice = Notice.objects.get()
    with transaction.atomic():
        Notice.objects.update(state="failed")
        mute(77, NOON)
        sms = instead(notice, at=NOON)
        assert sms is not None
        sms.save()
    assert (sms.transport, UNHEARD in card(desk, appeal)) == ("sms", False)
    Notice.objects.filter(pk=sms.pk).update(state="failed")
    page = card(desk, appeal)
    assert UNHEARD in page and page.count("They have not heard: A question to the applicant.") == 1


def test_of_several_chats_one_that_heard_is_enough(world: World, specialist: Staff, desk: Client) -> None:
    appeal = taken(world, specialist)
    Chat.objects.create(id=78, language="kk", begun_at=NOON, heard_at=NOON)
    link(appeal.applicant_id, 78, NOON)
    ask(appeal, specialist)
    first, second = Notice.objects.order_by("pk")
    Notice.objects.filter(pk=first.pk).update(state="failed")
    assert UNHEARD not in card(desk, appeal)
    Notice.objects.filter(pk=second.pk).update(state="failed")
    page = card(desk, appeal)
    assert page.count("A question to the applicant.") == 1 and UNHEARD in page


def test_what_reached_them_later_ends_the_warning(world: World, specialist: Staff, desk: Client) -> None:
    appeal = taken(world, specialist)
    mute(77, NOON)
    ask(appeal, specialist)
    assert UNHEARD in card(desk, appeal)
    mute(77, None)
    with transaction.atomic():
        tell(topic=Topic.EXTENDED, appeal_number=appeal.number, applicant=appeal.applicant, facts={}, at=NOON)
    Notice.objects.filter(topic="extended").update(state="sent", sent_at=NOON)
    assert UNHEARD not in card(desk, appeal)


def test_news_on_the_way_is_no_reason_to_telephone(world: World, specialist: Staff, desk: Client) -> None:
    """The receipt was handed out, and that an appeal is in work is a courtesy."""
    appeal = taken(world, specialist)
    mute(77, NOON)
    with transaction.atomic():
        for topic in (Topic.RECEIPT, Topic.ACCEPTED):
            tell(topic=topic, appeal_number=appeal.number, applicant=appeal.applicant, facts={}, at=NOON)
    assert {row.state for row in Notice.objects.all()} == {"undeliverable"}
    assert UNHEARD not in card(desk, appeal)
