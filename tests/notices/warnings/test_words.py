"""The words of warnings: in two segments, with a way to stop, and nothing of the person but how they are called."""

from datetime import date
from typing import Any

import pytest
from django.conf import settings as django_settings

from qorgau.insured.warnings.links import token_of
from qorgau.insured.warnings.models import Subscription
from qorgau.notices.message import Message, fits_two_segments
from qorgau.notices.models import Notice
from qorgau.notices.send_code import send_code_to
from qorgau.notices.topics import ABOUT_INSURANCE, Topic
from qorgau.notices.wording import message_for
from qorgau.people.one_time_codes import digits_of
from tests.factories import NOON
from tests.insured.files import AIGUL
from tests.notices.warnings.conftest import EMAIL, PHONE, subscribed

pytestmark = pytest.mark.django_db
LANGUAGES = [code for code, _ in django_settings.LANGUAGES]
TOPICS = sorted(ABOUT_INSURANCE)


@pytest.fixture(autouse=True)
def public_address(settings: Any) -> None:
    settings.PUBLIC_ADDRESS = "https://qorgau.example.kz"


def message(topic: Topic, language: str = "en", *, address: str = PHONE, label: str = "", unpaid: int = 3) -> Message:
    one = subscribed(address=address, label=label)
    # Numbers that have grown take room in the link.
    Subscription.objects.filter(pk=one.pk).update(id=1_000_000 + one.pk)
    one = Subscription.objects.get()
    facts = {"subscription": one.pk, "last_day": {"date": date(2026, 9, 30).isoformat()}, "unpaid": unpaid}
    notice = Notice(topic=topic.value, facts=facts, language=language, transport=one.channel, created_at=NOON)
    said = message_for(notice)
    assert said.secrets == (token_of(one),) and said.stop == f"https://qorgau.example.kz/w/{token_of(one)}"
    return said


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("topic", TOPICS)
def test_an_sms_takes_two_segments_with_its_link(topic: Topic, language: str) -> None:
    said = message(topic, language)

    assert fits_two_segments(said.body)
    assert said.body.endswith(said.stop)


@pytest.mark.parametrize(("language", "label"), [("kk", "Анам"), ("ru", "Мама"), ("en", "mother")])
def test_an_sms_says_until_when_and_how_much_is_unpaid(language: str, label: str) -> None:
    body = message(Topic.INSURANCE_ENDS, language, label=label).body

    assert "30.09.2026" in body and " 3" in body and body.startswith(f"{label}: ") and fits_two_segments(body)


def test_no_date_ends_with_two_full_stops() -> None:
    for topic in (Topic.INSURANCE_ENDS, Topic.INSURANCE_ENDED):
        Subscription.objects.all().delete()
        assert ".." not in message(topic, "ru", address=EMAIL).body


@pytest.mark.parametrize("way", [PHONE, EMAIL])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_code_that_confirms_an_address_in_every_language(language: str, way: str) -> None:
    made = send_code_to(way, way="email" if "@" in way else "sms", about="x", language=language, at=NOON)
    said = message_for(Notice.objects.get())

    assert digits_of(made) in said.body and said.secrets == (digits_of(made),) and "{" not in said.subject + said.body
    assert "@" in way or fits_two_segments(said.body)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_long_label_leaves_no_room_for_the_months_and_none_is_lost(language: str) -> None:
    body = message(Topic.INSURANCE_ENDS, language, label="Апамның сіңлісі").body

    assert (
        body.startswith("Апамның сіңлісі: ")
        and "30.09.2026" in body
        and " 3" not in body.replace(" 30.", "")
        and "/w/" in body
    )


def test_an_sms_in_full() -> None:
    said = message(Topic.INSURANCE_ENDS, label="mother")

    assert said.body == (
        "mother: The last day of health insurance is 30.09.2026. Unpaid months: 3. "
        f"What to do, or stop these messages: {said.stop}"
    )


def test_no_unpaid_months_are_not_spoken_of() -> None:
    assert "Unpaid" not in message(Topic.INSURANCE_ENDS, unpaid=0).body


def test_a_letter_in_full() -> None:
    said = message(Topic.INSURANCE_ENDS, address=EMAIL, label="mother")

    assert said.subject == "The last day of health insurance is September 30, 2026"
    assert said.body == (
        "Hello.\n\n"
        "This is about: mother.\n\n"
        "If nothing more is paid, the last day of health insurance is September 30, 2026. Unpaid months: 3. "
        "First look which months they are, and pay them before that day. If an employer or the state should pay, ask "
        "them. What each way costs, and from which day it helps, stands here:\n\n"
        "https://qorgau.example.kz/en/am-i-insured/\n\n"
        "You get this letter because you asked for it on our site and confirmed this address. To stop it, open:\n\n"
        f"{said.stop}\n\n"
        "Replies to this letter are not read.\n"
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("topic", TOPICS)
def test_a_letter_is_whole_in_every_language(topic: Topic, language: str) -> None:
    said = message(topic, language, address=EMAIL)

    assert "{" not in said.subject + said.body and "\n" not in said.subject and said.subject
    assert f"/{language}/am-i-insured/" in said.body and said.stop in said.body
    assert AIGUL[-4:] not in said.body
