"""Am I insured? The number leaves the chat, the verdict comes with a picture, and without proof little is told."""

import pytest

from qorgau.channels.telegram.models import Dialogue, Received
from qorgau.insured.models import LookUp
from qorgau.lib.sealed import unseal
from tests.channels.portal.insurance.conftest import people, today  # noqa: F401 - the people of the register
from tests.channels.telegram.phone import Phone
from tests.insured.conftest import load, rows  # noqa: F401 - the register that is asked
from tests.insured.files import AIGUL, DANA, STRANGER, TIMUR

pytestmark = pytest.mark.usefixtures("people")


@pytest.fixture
def phone() -> Phone:
    return Phone()


def test_the_number_gives_the_verdict_a_picture_and_the_reasons(phone: Phone) -> None:
    phone.writes("/status").writes(f"{AIGUL[:6]} {AIGUL[6:]}")

    verdict, more = phone.messages
    assert verdict.title == "You are insured"
    assert verdict.picture is not None and verdict.picture.content.startswith(b"\x89PNG")
    assert "12 of the last 12 months are paid." in verdict.text
    assert verdict.text.count("✅") == 12
    assert AIGUL not in verdict.text and f"••••••••{AIGUL[-4:]}" in verdict.text
    assert "Each of the last 12 months before this one is paid." in more.text
    assert phone.buttons == [
        "Check another IIN",
        "Show everything: prove that it is you",
        "See everything on the site",
        "Main menu",
    ]


def test_who_is_not_insured_hears_the_ways_out(phone: Phone) -> None:
    phone.writes("/status").writes(DANA)

    assert "You are not insured" in phone.text
    assert "Not paid: July 2026 – October 2026." in phone.text
    words = phone.text.replace("\N{NO-BREAK SPACE}", " ")
    assert "▪ Pay the 4 months that are missing (The cheapest)\n17 000 ₸" in words
    assert phone.messages[0].text.count("❌") == 4


def test_the_ground_that_is_for_the_person_alone_is_not_told(phone: Phone) -> None:
    phone.writes("/status").writes(TIMUR)

    assert "The ground is shown to you alone" in phone.text
    assert "student" not in phone.text.lower()


def test_the_message_with_the_number_is_taken_out_of_the_chat_and_kept_nowhere(phone: Phone) -> None:
    phone.writes("/status")
    question = phone.message(text=AIGUL)
    phone.delivered({"message": question})

    assert phone.deleted == [question["message_id"]]
    assert not Received.objects.filter(content__isnull=False).exists()
    assert AIGUL not in unseal(bytes(Dialogue.objects.get().state))


def test_a_look_up_is_written_down_with_its_door(phone: Phone) -> None:
    phone.writes("/status").writes(AIGUL)

    assert list(LookUp.objects.values_list("who", "purpose")) == [("telegram", "own_status")]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("12345", "An IIN has 12 digits, and these are 5."),
        ("900101300107", "one of the digits is wrong"),
        ("my number", "An IIN has 12 digits and nothing else."),
        ("000000000000", "twelve equal digits"),
    ],
)
def test_what_is_no_number_is_asked_for_again(phone: Phone, typed: str, said: str) -> None:
    phone.writes("/status").writes(typed)

    assert said in phone.text
    assert phone.buttons == ["‹ Back", "Main menu"]
    assert "You are insured" in phone.writes(AIGUL).text


def test_an_unknown_person_is_not_called_uninsured(phone: Phone) -> None:
    phone.writes("/status").writes(STRANGER)

    assert "This does not mean “not insured”" in phone.text
    assert "You are not insured" not in phone.text


def test_many_questions_about_one_person_are_slowed_down(phone: Phone, settings: object) -> None:
    settings.LOOKUPS_PER_IIN = 1  # type: ignore[attr-defined]
    phone.writes("/status").writes(AIGUL)
    other = Phone(chat=700_000_002).writes("/status").writes(AIGUL)

    assert "Please wait 6 seconds and send the IIN once more." in other.text
    assert "You are insured" in other.later(seconds=7).writes(AIGUL).text


def test_a_number_that_is_typed_into_the_menu_is_understood_and_taken_out(phone: Phone) -> None:
    phone.writes("/menu").writes(f" {AIGUL} ")

    assert "You are insured" in phone.text
    assert len(phone.deleted) == 1


@pytest.mark.parametrize(
    ("language", "verdict", "why"),
    [
        ("kk", "Сіз сақтандырылмағансыз", "Соңғы 12 айдың 8 айы төленген."),
        ("ru", "Вы не застрахованы", "Из последних 12 месяцев оплачено: 8."),
        ("uz", "Сіз сақтандырылмағансыз", "Соңғы 12 айдың 8 айы төленген."),
    ],
)
def test_the_verdict_is_told_in_the_language_of_the_person(language: str, verdict: str, why: str) -> None:
    phone = Phone(language=language).writes("/status").writes(DANA)

    assert phone.messages[0].title == verdict
    assert why in phone.messages[0].text
    assert "not" not in phone.text.replace("Qoldau", "")


def test_a_command_or_back_in_the_middle_leaves(phone: Phone) -> None:
    assert phone.writes("/status").writes("Back").messages[-1].title == "Main menu"
    assert "Contact centre" in phone.writes("/status").writes("/contacts").text
