"""The whole bot against a server of our own: what is written is answered, whatever the other side does."""

import asyncio
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.test import Client
from pytest_django import Settings

from qorgau.channels.telegram.bot import Bot
from qorgau.channels.telegram.models import Received
from qorgau.lib.telegram.says import Message
from qorgau.lib.telegram.wire import Wire
from qorgau.notices.chats import queue
from qorgau.notices.chats.models import Chat, Saying
from tests.channels.telegram.own_server import TOKEN, BotApi, Trouble, serving
from tests.channels.telegram.phone import NOW

SECRET = "a-secret-of-the-webhook"
CHAT = 501


@pytest.fixture
def api(transactional_db: None, settings: Settings) -> Iterator[BotApi]:
    settings.TELEGRAM_TOKEN, settings.TELEGRAM_BOT = TOKEN, TOKEN.partition(":")[0]
    settings.TELEGRAM_PER_SECOND = 0
    with serving(BotApi()) as api:
        yield api


@contextmanager
def running(api: BotApi, *, by_webhook: bool = False) -> Iterator[None]:
    """The bot, until the end of the block."""
    loop = asyncio.new_event_loop()
    bot: list[asyncio.Task[None]] = []

    async def whole() -> None:
        bot.append(asyncio.ensure_future(Bot(Wire(TOKEN, api.address, seconds=2), by_webhook=by_webhook).run()))
        with pytest.raises(asyncio.CancelledError):
            await bot[0]

    thread = threading.Thread(target=lambda: loop.run_until_complete(whole()))
    thread.start()
    try:
        yield
    finally:
        loop.call_soon_threadsafe(bot[0].cancel)
        thread.join(20)
        assert not thread.is_alive()
        loop.close()


def test_everybody_is_answered_in_order_whatever_the_server_does(api: BotApi) -> None:
    chats = range(CHAT, CHAT + 5)
    api.troubles.extend(
        [
            Trouble(502, "Bad Gateway", methods=("getUpdates",)),
            Trouble(429, "Too Many Requests", retry_after=1, methods=("sendMessage",)),
            Trouble(500, methods=("sendMessage",)),
        ]
    )
    with running(api):
        for chat in chats:
            api.writes(chat, "/start")
            api.writes(chat, "/language")
        api.wait_for(lambda: all(len(api.sent[chat]) == 3 for chat in chats))
        api.wait_for(lambda: not Saying.objects.exists())

    for chat in chats:
        greeting, question, again = api.texts(chat)
        assert greeting.startswith("Hello.")
        assert question == again
    assert api.refused == []
    assert Received.objects.filter(content=None).count() == 10


def test_a_person_who_blocked_the_bot_is_written_to_no_more(api: BotApi) -> None:
    api.blocked.add(CHAT)
    with running(api):
        api.writes(CHAT, "/start")
        api.wait_for(lambda: Chat.objects.filter(blocked_at__isnull=False).exists())
        api.wait_for(lambda: not Saying.objects.exists())

    assert api.sent[CHAT] == []


def test_no_more_than_one_message_a_second_goes_to_a_chat(api: BotApi, settings: Settings) -> None:
    settings.TELEGRAM_PER_SECOND = 30
    api.per_chat = 0.9
    queue.put(CHAT, [Message(text="one"), Message(text="two"), Message(text="three")], NOW)
    queue.put(CHAT + 1, [Message(text="at once")], NOW)

    began = time.monotonic()
    with running(api):
        api.wait_for(lambda: len(api.sent[CHAT]) == 3)

    assert api.texts(CHAT) == ["one", "two", "three"]
    assert api.refused == []
    assert 2 <= time.monotonic() - began < 6


def test_what_the_webhook_took_is_answered_by_the_bot(api: BotApi, settings: Settings) -> None:
    settings.TELEGRAM_WEBHOOK_SECRET = SECRET
    update = {"update_id": 5, "message": {**api._message(CHAT), "text": "/start"}}
    web = Client()

    def delivers(secret: str = SECRET, **update: object) -> int:
        header = {"X-Telegram-Bot-Api-Secret-Token": secret}
        return web.post("/telegram/webhook", update, content_type="application/json", headers=header).status_code

    with running(api, by_webhook=True):
        assert [delivers(**update), delivers(**update)] == [200, 200]
        api.wait_for(lambda: len(api.sent[CHAT]) == 2)

    assert [method for method, _ in api.calls if method == "getUpdates"] == []
    assert Received.objects.count() == 1
