"""Whoever asks about many numbers waits, a little longer each time; an ordinary visitor notices nothing."""

from typing import Any

import pytest
from django.test import Client

from qorgau.channels.portal.insurance.asked_about import carried
from qorgau.insured.models import LookUp
from qorgau.people.models import OneTimeCode
from tests.channels.portal.conftest import field, form_of
from tests.channels.portal.insurance.conftest import text
from tests.insured.files import AIGUL, DANA, STRANGER, TIMUR

PAGE, PROVE = "/en/am-i-insured/", "/en/am-i-insured/prove/"


def statuses(*asked: tuple[Client, str]) -> list[int]:
    return [browser.post(PAGE, {"iin": iin}).status_code for browser, iin in asked]


def another(address: str = "127.0.0.1") -> Client:
    return Client(headers={"accept-language": "en"}, REMOTE_ADDR=address)


def test_a_device_that_asks_much_waits_and_loses_nothing(people: None, browser: Client, settings: Any) -> None:
    settings.LOOKUPS_PER_DEVICE = 2
    # The first time it shows no cookie yet.
    assert statuses((browser, AIGUL), (browser, DANA), (browser, TIMUR)) == [200, 200, 200]

    page = browser.post(PAGE, {"iin": STRANGER})
    assert page.status_code == 429 and 1 <= int(page["Retry-After"]) <= 6
    assert "Please wait a little" in text(page) and "and press the button once more" in text(page)
    assert field(form_of(page, PAGE), "iin") == STRANGER
    assert LookUp.objects.count() == 3
    assert statuses((another(), AIGUL)) == [200]


def test_browsers_that_throw_their_cookie_away_are_counted_together(people: None, settings: Any) -> None:
    settings.LOOKUPS_WITHOUT_DEVICE = 2

    assert statuses((another(), AIGUL), (another(), DANA), (another(), TIMUR)) == [200, 200, 429]
    assert statuses((another("10.1.1.1"), TIMUR)) == [200]


def test_a_cookie_that_was_made_up_is_none(people: None, settings: Any) -> None:
    settings.LOOKUPS_WITHOUT_DEVICE = 1
    browsers = [another(), another()]
    for serial, one in enumerate(browsers):
        one.cookies["device"] = f"device-{serial}"

    assert statuses((browsers[0], AIGUL), (browsers[1], DANA)) == [200, 429]


def test_one_person_is_asked_about_slowly_from_wherever(people: None, settings: Any) -> None:
    settings.LOOKUPS_PER_IIN = 2

    asked = [(another(f"10.1.1.{last}"), AIGUL) for last in range(3)]
    assert statuses(*asked, (another("10.1.1.9"), DANA)) == [200, 200, 429, 200]


def test_one_network_is_slow_whatever_its_devices(people: None, settings: Any) -> None:
    settings.LOOKUPS_PER_ADDRESS = 1
    near, nearer = another("2001:db8::1"), another("2001:db8::2")

    assert statuses((near, AIGUL), (nearer, DANA), (another("2001:db8:1::1"), DANA)) == [200, 429, 200]


def test_what_is_no_number_counts_nothing(people: None, browser: Client, settings: Any) -> None:
    settings.LOOKUPS_PER_ADDRESS = 1

    assert statuses(*[(browser, "900101300107")] * 5, (browser, AIGUL)) == [422] * 5 + [200]


def test_codes_are_not_sent_without_end(people: None, browser: Client, settings: Any) -> None:
    settings.CODES_PER_IIN = 2
    said = {"person": carried(AIGUL)}
    first = [browser.post(PROVE, said).status_code for _ in range(3)]
    assert first == [200, 200, 429]
    assert OneTimeCode.objects.count() == 2
    assert browser.post(PROVE, {"person": carried(DANA)}).status_code == 200


@pytest.mark.parametrize(("seconds", "told"), [(1, "wait 1 second and"), (89, "89 seconds"), (300, "5 minutes")])
def test_the_time_to_wait_is_said_in_plain_words(
    people: None, browser: Client, monkeypatch: pytest.MonkeyPatch, seconds: int, told: str
) -> None:
    monkeypatch.setattr("qorgau.channels.portal.insurance.status.seconds_before_look_up", lambda *_: seconds)

    page = browser.post(PAGE, {"iin": AIGUL})
    assert told in text(page) and page["Retry-After"] == str(seconds)
