"""`qorgau telegram`: what people see of the bot in three languages, and what goes wrong told in a sentence."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from tests.channels.telegram.bot_api.server import TOKEN, BotApi, running_bot_api

SECRET = "a-secret-of-the-webhook"


@pytest.fixture
def api(settings: Settings) -> Iterator[BotApi]:
    with running_bot_api() as api:
        settings.TELEGRAM_TOKEN, settings.TELEGRAM_API = TOKEN, api.address
        yield api


def asked(api: BotApi, method: str) -> dict[str, dict[str, Any]]:
    """What was said to a method, by language; "" for all others."""
    return {request.values.get("language_code", ""): request.values for request in api.sent(method)}


def test_setup_registers_commands_and_descriptions_in_every_language(
    api: BotApi, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("telegram", "setup")

    assert {request.code for request in api.requests} == {200}
    first = {code: json.loads(said["commands"])[0] for code, said in asked(api, "setMyCommands").items()}
    assert {code: command["description"] for code, command in first.items()} == {
        "": "Главное меню",
        "kk": "Басты мәзір",
        "ru": "Главное меню",
        "en": "Main menu",
    }
    assert "Фонд" in asked(api, "setMyShortDescription")["ru"]["short_description"]
    assert "103" in asked(api, "setMyDescription")["kk"]["description"]
    assert [request.method for request in api.requests][-3:] == ["setChatMenuButton", "deleteWebhook", "getMe"]
    assert capsys.readouterr().out == "t.me/qorgau_test_bot is set up; updates come when the bot asks for them.\n"


def test_setup_lets_updates_come_to_our_address_when_there_is_a_secret(api: BotApi, settings: Settings) -> None:
    settings.PUBLIC_ADDRESS, settings.TELEGRAM_WEBHOOK_SECRET = "https://appeals.example.kz", SECRET
    call_command("telegram", "setup")

    assert api.office.webhook == "https://appeals.example.kz/telegram/webhook"
    assert api.office.secret == SECRET


def test_setup_says_that_telegram_takes_no_button_that_opens_the_address(
    api: BotApi, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.PUBLIC_ADDRESS = "http://localhost:8000"
    call_command("telegram", "setup")
    assert capsys.readouterr().out.splitlines()[1:] == [
        "Telegram takes no button that opens QORGAU_ADDRESS=http://localhost:8000, whose host has no dot in its name: "
        "the bot leaves its buttons to the site out."
    ]


def test_without_a_token_it_says_where_to_get_one(settings: Settings) -> None:
    with pytest.raises(CommandError, match=r"TELEGRAM_TOKEN is not set\. BotFather shows it"):
        call_command("telegram")


def test_a_wrong_token_is_told_in_a_sentence_that_does_not_name_it(api: BotApi, settings: Settings) -> None:
    settings.TELEGRAM_TOKEN = "4242:wrong-but-well-formed-token"
    with pytest.raises(CommandError, match="Telegram does not know the token") as told:
        call_command("telegram", "setup")

    assert "well-formed" not in str(told.value)


def test_an_unreachable_server_is_told(settings: Settings) -> None:
    settings.TELEGRAM_TOKEN, settings.TELEGRAM_API = TOKEN, "http://127.0.0.1:9"
    with pytest.raises(CommandError, match="Telegram could not be asked"):
        call_command("telegram", "setup")
