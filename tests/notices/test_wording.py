from datetime import date
from string import Formatter
from typing import Any

import pytest
from django.conf import settings as django_settings

from qorgau.notices.models import Notice
from qorgau.notices.topics import ABOUT_INSURANCE, ABOUT_NO_APPEAL, CODES, FOR_DESKS, WITH_ACCESS_CODE, Topic
from qorgau.notices.wording import SMS_LIMIT, message_for, sms_length
from qorgau.notices.words import LETTERS, SHORT, SUBJECTS
from qorgau.register.access import access_code
from qorgau.rules.sentences import Sentence
from tests.factories import NOON

NUMBER = "26-0001234-5"
LANGUAGES = [code for code, _ in django_settings.LANGUAGES]
TO_PEOPLE = [topic for topic in Topic if topic not in FOR_DESKS | ABOUT_NO_APPEAL]
BY_LETTER = [topic for topic in Topic if topic not in ABOUT_NO_APPEAL]
DESK = {"kk": "Астана қаласы бойынша филиал", "ru": "Филиал по городу Астане", "en": "Branch of Astana city"}
FACTS = {"due_on": date(2026, 12, 28), "desk": DESK, "place": {"kk": "сот", "ru": "суд", "en": "the court"}}


@pytest.fixture(autouse=True)
def public_address(settings: Any) -> None:
    settings.PUBLIC_ADDRESS = "https://qorgau.example.kz"


def notice(topic: Topic, way: str = "sms", language: str = "en", **facts: Any) -> Notice:
    return Notice(
        pk=1,
        appeal_number=NUMBER,
        topic=topic.value,
        facts=Sentence("", facts).to_json()["facts"],
        language=language,
        transport=way,
        address="+77010000067" if way == "sms" else "a@example.kz",
        for_staff=topic in FOR_DESKS,
        created_at=NOON,
        due_at=NOON,
    )


def test_there_are_words_for_every_topic_and_no_others() -> None:
    assert set(SHORT) == set(TO_PEOPLE) | ABOUT_NO_APPEAL
    assert set(LETTERS) == set(SUBJECTS) == set(BY_LETTER) | ABOUT_INSURANCE | CODES - {Topic.ONE_TIME_CODE}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("topic", TO_PEOPLE)
def test_an_sms_fits_into_two_segments_with_its_link_in_every_language(topic: Topic, language: str) -> None:
    body = message_for(notice(topic, language=language, **FACTS)).body

    assert sms_length(body) <= SMS_LIMIT
    assert NUMBER in body
    assert body.endswith(f" https://qorgau.example.kz/{language}/track/")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("topic", BY_LETTER)
def test_a_letter_says_all_it_knows_in_every_language(topic: Topic, language: str) -> None:
    message = message_for(notice(topic, "email", language, **FACTS))

    assert NUMBER in message.subject
    assert "\n" not in message.subject
    assert NUMBER in message.body
    assert "{" not in message.subject + message.body


@pytest.mark.parametrize("topic", BY_LETTER)
def test_what_is_not_known_is_not_spoken_of(topic: Topic) -> None:
    message = message_for(notice(topic, "email"))

    assert "{" not in message.body
    assert "None" not in message.body
    assert "due by" not in message.body


def test_an_sms_receipt_in_full() -> None:
    code = access_code(NUMBER)

    assert message_for(notice(Topic.RECEIPT, due_on=date(2026, 12, 28))).body == (
        f"Appeal {NUMBER} is registered. Code: {code}. Due: 28.12.2026. https://qorgau.example.kz/en/track/"
    )


def test_a_letter_of_receipt_in_full() -> None:
    code = access_code(NUMBER, 2)
    message = message_for(notice(Topic.RECEIPT, "email", due_on=date(2026, 12, 28), code_version=2))

    assert message.subject == f"Appeal {NUMBER} is registered"
    assert message.body == (
        "Hello.\n\n"
        f"Your appeal is registered under the number {NUMBER}. The answer is due by December 28, 2026. "
        f"The code that opens it is {code}. Keep it and show it to nobody. "
        "Here you can follow it, add to it and read the answer:\n\n"
        f"https://qorgau.example.kz/en/track/?number={NUMBER}\n\n"
        "You get this letter because this address was left with the appeal. Replies to it are not read.\n"
    )
    assert message.secrets == (code,)
    assert code not in repr(message)


def test_a_letter_to_a_desk_leads_to_the_card() -> None:
    message = message_for(notice(Topic.HANDOVER_OFFERED, "email", desk=DESK))

    assert message.body == (
        "Hello.\n\n"
        f"Appeal {NUMBER} is handed over to your desk. It comes from: Branch of Astana city. "
        "Accept it, or return it with a reason:\n\n"
        f"https://qorgau.example.kz/desk/appeal/{NUMBER}/\n"
    )


@pytest.mark.parametrize("topic", [topic for topic in TO_PEOPLE if topic not in WITH_ACCESS_CODE])
@pytest.mark.parametrize("way", ["sms", "email"])
def test_the_code_goes_out_once_with_the_receipt(topic: Topic, way: str) -> None:
    message = message_for(notice(topic, way, **FACTS))

    assert access_code(NUMBER) not in message.body
    assert message.secrets == ()


@pytest.mark.parametrize("way", ["sms", "email"])
def test_the_code_is_never_part_of_an_address(way: str) -> None:
    body = message_for(notice(Topic.RECEIPT, way, **FACTS)).body

    assert access_code(NUMBER) not in body[body.index("https://") :]


def test_an_sms_without_room_for_the_link_says_the_rest(settings: Any) -> None:
    settings.PUBLIC_ADDRESS = "https://" + "very-long-name." * 6 + "kz"

    assert message_for(notice(Topic.ANSWERED)).body == f"Appeal {NUMBER} is answered."


def test_a_date_kept_as_plain_text_is_understood_too() -> None:
    row = notice(Topic.EXTENDED)
    row.facts = {"due_on": "2026-12-28"}

    assert "Due: 28.12.2026." in message_for(row).body


def test_letters_outside_the_basic_plane_count_twice() -> None:
    assert (sms_length("Ұя"), sms_length("🙂")) == (2, 2)


def test_sentences_ask_only_for_facts_that_exist() -> None:
    sentences = [text for words in (*SHORT.values(), *LETTERS.values()) for text in words] + list(SUBJECTS.values())

    asked = {name for text in sentences for _, name, _, _ in Formatter().parse(text) if name}
    assert asked == {"number", "code", "due", "desk", "place", "of", "last_day", "unpaid"}
