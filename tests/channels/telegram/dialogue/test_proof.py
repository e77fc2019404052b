"""Who one is, is proved by the telephone that is known, never by a name; a code never comes into the chat that asks."""

from typing import Any

import pytest
from django.utils import timezone

from qorgau.channels.telegram.forgetting import forget_what_had_its_time
from qorgau.channels.telegram.models import Dialogue
from qorgau.lib.sealed import keyed_hash, unseal
from qorgau.notices.chats.models import Saying
from qorgau.notices.models import Notice
from qorgau.people.models import Applicant, OneTimeCode
from qorgau.people.one_time_codes import digits_of
from tests.channels.portal.insurance.conftest import people, today  # noqa: F401 - the people of the register
from tests.channels.telegram.phone import Phone
from tests.insured.conftest import load, rows  # noqa: F401 - the register that is asked
from tests.insured.files import AIGUL, TIMUR

pytestmark = pytest.mark.usefixtures("people")

KNOWN = "+77010000067"


@pytest.fixture
def phone(settings: Any) -> Phone:
    settings.PROOF_PHONES = "any"
    settings.TELEGRAM_TOKEN = "4242:token"
    for iin in (AIGUL, TIMUR):
        Applicant.objects.create(iin_hash=keyed_hash(iin), phone=KNOWN)
    phone = Phone()
    phone.now = timezone.now()
    return phone


def asked(phone: Phone, iin: str = AIGUL) -> Phone:
    return phone.writes("/menu").presses_data("proof:").writes(iin)


def shares(phone: Phone, number: str, of: int | None = None) -> Phone:
    user = {} if of == 0 else {"user_id": of or phone.chat}
    return phone.sends(contact={"phone_number": number, "first_name": "Person", **user})


@pytest.mark.parametrize("number", ["77010000067", "+77010000067"])
def test_the_own_telephone_that_is_known_shows_everything(phone: Phone, number: str) -> None:
    shares(asked(phone, TIMUR), number)

    assert "student" in phone.text.lower()
    assert "You are attached to" in phone.text
    assert len(phone.deleted) == 1
    assert phone.writes("menu").buttons  # the known key leads on


@pytest.mark.parametrize(
    ("number", "of", "words"),
    [
        ("77010000067", 5, "number of somebody else"),
        ("77010000067", 0, "number of somebody else"),
        ("77020000000", None, "cannot be shown that it is you"),
    ],
)
def test_another_contact_proves_nothing(phone: Phone, number: str, of: int | None, words: str) -> None:
    shares(asked(phone, TIMUR), number, of)
    assert words in phone.text
    assert "student" not in phone.text.lower()


def test_a_forwarded_contact_proves_nothing(phone: Phone) -> None:
    asked(phone).sends(
        contact={"phone_number": KNOWN, "first_name": "P", "user_id": phone.chat},
        forward_origin={"type": "hidden_user", "date": 1, "sender_user_name": "x"},
    )
    assert "number of somebody else" in phone.text


def test_the_code_goes_to_the_telephone_and_not_into_the_chat(phone: Phone) -> None:
    asked(phone, TIMUR).presses("Send a code by SMS")
    made = OneTimeCode.objects.get()
    notice = Notice.objects.get()
    assert (notice.transport, notice.address, notice.topic) == ("sms", KNOWN, "one_time_code")
    assert digits_of(made) not in phone.text

    typed = phone.message(text=digits_of(made))
    phone.delivered({"message": typed})
    assert phone.deleted == [typed["message_id"]]
    assert "student" in phone.text.lower()


def test_a_wrong_code_shows_nothing_and_bears_five_tries(phone: Phone) -> None:
    asked(phone, TIMUR).presses("Send a code by SMS")
    right = digits_of(OneTimeCode.objects.get())
    wrong = "000000" if right != "000000" else "000001"
    for _ in range(5):
        phone.writes(wrong)
        assert "This is not the code" in phone.text
    phone.writes(right)
    assert "This is not the code" in phone.text


def test_whether_a_telephone_is_known_is_not_told(phone: Phone, settings: Any) -> None:
    settings.CODES_PER_IIN = 0
    words = []
    for chat, known in ((1_000_001, True), (1_000_002, False)):
        other = Phone(chat=chat, now=phone.now)
        Applicant.objects.update(phone=KNOWN if known else "")
        shares(asked(other), "77020000000")
        first = other.text
        other.presses("Send a code by SMS")
        words.append((first, other.text))
    assert words[0] == words[1]


FORGOTTEN = {
    "kk": "Нөмір менде енді жоқ: оны он минуттан кейін ұмытамын.",
    "ru": "Номера у меня больше нет: через десять минут я его забываю.",
    "en": "I no longer have the number: I forget it after ten minutes.",
}


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_ten_minutes_later_the_number_is_asked_for_again(phone: Phone, language: str) -> None:
    other = Phone(chat=700_000_300, language=language, now=phone.now)
    shares(asked(other).later(minutes=11), KNOWN)
    assert FORGOTTEN[language] in other.text
    assert len(other.deleted) == 1
    shares(other.writes(AIGUL), KNOWN)
    assert FORGOTTEN[language] not in other.text


def test_a_code_that_comes_too_late_leaves_the_chat_too(phone: Phone) -> None:
    asked(phone).presses("Send a code by SMS").later(minutes=11)
    typed = phone.message(text=digits_of(OneTimeCode.objects.get()))
    phone.delivered({"message": typed})
    assert phone.deleted == [typed["message_id"]]
    assert FORGOTTEN["en"] in phone.text


def test_who_comes_back_after_the_clock_has_forgotten_the_number_is_asked_for_it_again(phone: Phone) -> None:
    asked(phone).presses("Send a code by SMS").later(minutes=15)
    assert forget_what_had_its_time(phone.now) == 1
    phone.writes(digits_of(OneTimeCode.objects.get()))
    assert FORGOTTEN["en"] in phone.text


def test_a_number_lasts_as_long_as_the_code_that_was_sent_for_it(phone: Phone) -> None:
    asked(phone, TIMUR).later(minutes=8).presses("Send a code by SMS").later(minutes=8)
    phone.writes(digits_of(OneTimeCode.objects.get()))
    assert "student" in phone.text.lower()


STICKER = {"file_id": "s", "file_unique_id": "s", "width": 1, "height": 1, "is_animated": False, "is_video": False}


@pytest.mark.parametrize("what", ["a sticker", "a change", "a button", "words", "another path"])
def test_a_number_left_half_way_is_forgotten_at_the_next_step_whatever_it_is(phone: Phone, what: str) -> None:
    asked(phone)
    assert AIGUL in kept(phone)
    phone.later(minutes=9).sends(sticker={**STICKER, "type": "regular"})
    assert AIGUL in kept(phone)

    phone.later(minutes=2)
    match what:
        case "a sticker":
            phone.sends(sticker={**STICKER, "type": "regular"})
        case "a change":
            phone.edits(text="other words")
        case "a button":
            phone.presses_data("site:1")
        case "words":
            phone.writes("what?")
        case "another path":
            phone.writes("/contacts")
    assert phone.said
    assert AIGUL not in kept(phone)


def kept(phone: Phone) -> str:
    return unseal(bytes(Dialogue.objects.get(pk=phone.chat).state))


def test_codes_are_slowed_down(phone: Phone) -> None:
    asked(phone)
    for _ in range(3):
        phone.presses_data("proof:sms")
    phone.presses_data("proof:sms")
    assert "That was often" in phone.text
    assert Notice.objects.count() == 3


def test_where_no_telephone_proves_anything_it_is_not_offered(phone: Phone, settings: Any) -> None:
    settings.PROOF_PHONES = "none"
    phone.writes("/status").writes(AIGUL)
    assert "Show everything: prove that it is you" not in phone.buttons
    phone.presses_data("proof:")
    assert "cannot be proved" in phone.text


def test_the_number_lies_nowhere_in_the_clear(phone: Phone) -> None:
    typed = asked(phone)
    assert typed.deleted
    assert not any(AIGUL.encode() in bytes(row.content) for row in Saying.objects.all())
