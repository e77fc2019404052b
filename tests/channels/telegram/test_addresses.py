"""Addresses that Telegram takes in no button: the buttons are left out, and no message is refused for their sake."""

from typing import Any

import pytest
from structlog.testing import capture_logs

from qorgau.lib.telegram.says import Button, opens
from tests import factories
from tests.channels.portal.insurance.conftest import people, today  # noqa: F401 - the people of the register
from tests.channels.telegram.bot_api.server import BotApi
from tests.channels.telegram.dialogue.test_linking import opened
from tests.channels.telegram.dialogue.writing.words import ALL, Words
from tests.channels.telegram.phone import Phone
from tests.channels.telegram.test_bot import api, running, server  # noqa: F401 - its server and its bot
from tests.insured.conftest import load, rows  # noqa: F401 - the register that is asked
from tests.insured.files import AIGUL

LOCAL = "http://localhost:8000"


@pytest.mark.parametrize(
    ("address", "taken"),
    [
        ("https://appeals.example.kz", True),
        ("http://127.0.0.1:8000/kk/", True),
        ("http://[::1]:8000/", True),
        (LOCAL, False),
        ("https://qorgau/", False),
        ("ftp://appeals.example.kz", False),
        ("appeals.example.kz", False),
    ],
)
def test_which_addresses_a_button_may_have(address: str, taken: bool) -> None:
    assert opens(address) is taken
    if not taken:
        with pytest.raises(ValueError, match="no button opens"):
            Button("Open", url=address)


def test_a_server_refuses_what_we_do_not_send(api: BotApi, settings: Any) -> None:  # noqa: F811
    """The whole bot at such an address: one line in the log, and nothing is refused."""
    settings.PUBLIC_ADDRESS = LOCAL
    factories.world()
    person = api.person()
    with capture_logs() as logs, running(api):
        person.writes("/person")
        person.wait_for("Call 1414")
        person.writes("/appeal")
        person.wait_for("What would you like to do?")
    assert {request.code for request in api.requests if request.method == "sendMessage"} == {200}
    assert [line["address"] for line in logs if line["event"] == "buttons_to_the_site_left_out"] == [LOCAL]


@pytest.mark.usefixtures("people")
def test_no_path_has_a_button_to_the_site_there(settings: Any) -> None:
    settings.PUBLIC_ADDRESS = LOCAL
    phone = Phone()
    for said in ("/person", "/status", AIGUL, "/appeal", "/calculator"):
        phone.writes(said)
        assert urls(phone) == []
        assert phone.messages
    phone.writes("/appeal")
    assert "forms on the site" not in phone.text
    settings.PUBLIC_ADDRESS = "https://appeals.example.kz"
    assert len(urls(phone.writes("/person"))) == 1
    assert len(urls(phone.writes("/appeal"))) == 2
    assert "forms on the site" in phone.text


def urls(phone: Phone) -> list[str]:
    return [button.url for say in phone.messages for row in say.buttons for button in row if button.url]


COPY = {
    "kk": "Осы мекенжайды браузерге көшіріңіз.",
    "ru": "Скопируйте этот адрес в браузер.",
    "en": "Copy this address into your browser.",
}


@pytest.mark.parametrize("words", ALL, ids=lambda words: words.code)
def test_the_address_that_opens_an_appeal_is_written_out(world: object, settings: Any, words: Words) -> None:
    settings.PUBLIC_ADDRESS, settings.TELEGRAM_TOKEN = LOCAL, "4242:token"
    appeal = factories.appeal()
    phone = opened(Phone(chat=700_000_600, language=words.code), appeal).presses_data(f"site:{appeal.pk}")
    assert COPY[words.code] in phone.text
    assert f"{LOCAL}/{words.code}/track/" in phone.text
    assert urls(phone) == []
