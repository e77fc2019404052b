"""The address where Telegram delivers: for whoever knows the secret, and for nobody else."""

import json

import pytest
from django.test import Client
from pytest_django import Settings

from qorgau.channels.telegram.models import Received
from tests.channels.telegram.phone import Phone

HEADER = "X-Telegram-Bot-Api-Secret-Token"
SECRET = "a-secret-of-the-webhook"
WEBHOOK = "/telegram/webhook"


@pytest.fixture(autouse=True)
def bot(settings: Settings, db: None) -> None:
    settings.TELEGRAM_TOKEN, settings.TELEGRAM_BOT = "4242:token", "4242"
    settings.TELEGRAM_WEBHOOK_SECRET = SECRET


def deliver(content: object, secret: str = SECRET) -> int:
    body = content if isinstance(content, str | bytes) else json.dumps(content)
    headers = {HEADER: secret}
    return Client().generic("POST", WEBHOOK, body, "application/json", headers=headers).status_code


def update(number: int = 1) -> dict[str, object]:
    return {"update_id": number, "message": Phone().message(text="/start")}


def test_an_update_is_kept_once_and_acknowledged_each_time() -> None:
    assert [deliver(update()), deliver(update()), deliver(update(2))] == [200, 200, 200]
    assert list(Received.objects.values_list("bot", "update_id").order_by("update_id")) == [(4242, 1), (4242, 2)]


@pytest.mark.parametrize("secret", ["", "a-secret-of-the-webhool", SECRET.upper(), "ы"])
def test_without_the_secret_there_is_nothing(secret: str) -> None:
    assert deliver(update(), secret) == 404
    assert not Received.objects.exists()


def test_without_a_secret_in_the_settings_nobody_delivers(settings: Settings) -> None:
    settings.TELEGRAM_WEBHOOK_SECRET = ""

    assert deliver(update(), "") == 404


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        "[]",
        "null",
        "[" * 100_000,
        "{}",
        '{"update_id": "1"}',
        b"\xff\xfe",
        '{"update_id": 1}' + " " * 1_100_000,
    ],
)
def test_what_is_no_update_is_refused(content: str | bytes) -> None:
    assert deliver(content) == 400


def test_an_update_of_no_chat_is_acknowledged_and_forgotten() -> None:
    assert deliver({"update_id": 3, "poll": {"id": "1"}}) == 200
    assert not Received.objects.exists()


def test_other_methods_and_addresses_are_told_nothing() -> None:
    assert Client().get(WEBHOOK, headers={HEADER: SECRET}).status_code == 405
    assert Client().get(WEBHOOK).status_code == 404
    assert Client().get("/telegram/").status_code == 404
