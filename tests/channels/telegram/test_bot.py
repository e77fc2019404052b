"""The whole bot against a strict server: what is written is answered, whatever the other side does."""

import asyncio
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection, transaction
from django.test import Client
from pytest_django import Settings

from qorgau.channels.telegram import bot as bot_program
from qorgau.channels.telegram import turns
from qorgau.channels.telegram.bot import Bot
from qorgau.channels.telegram.dialogue.path import Talk, Turn
from qorgau.channels.telegram.dialogue.state import Place, State
from qorgau.channels.telegram.fetching import Fetcher
from qorgau.channels.telegram.models import Received
from qorgau.channels.telegram.turns import happened
from qorgau.lib.telegram.says import Message
from qorgau.lib.telegram.wire import Wire, read
from qorgau.notices.chats import queue
from qorgau.notices.chats.models import Chat, Saying
from qorgau.notices.chats.sender import Sender
from tests.channels.telegram.bot_api.faults import Pace, asks_to_wait, broken, cut, hangs
from tests.channels.telegram.bot_api.server import TOKEN, BotApi, running_bot_api
from tests.channels.telegram.phone import NOW, Phone

SECRET = "a-secret-of-the-webhook"
_LONG = 20


@pytest.fixture(scope="module")
def server() -> Iterator[BotApi]:
    with running_bot_api() as api:
        yield api


@pytest.fixture
def api(server: BotApi, transactional_db: None, settings: Settings) -> BotApi:
    """The server without limits, and a bot that keeps to none."""
    settings.TELEGRAM_TOKEN, settings.TELEGRAM_BOT = TOKEN, TOKEN.partition(":")[0]
    settings.TELEGRAM_PER_SECOND = 0
    server.pace.per_second = server.pace.per_chat = None
    server.requests.clear()
    return server


@contextmanager
def running(api: BotApi, *, fetches: bool = True) -> Iterator[None]:
    """The bot, until the end of the block."""
    loop = asyncio.new_event_loop()
    bot: list[asyncio.Task[None]] = []

    async def whole() -> None:
        bot.append(asyncio.ensure_future(Bot(Wire(TOKEN, api.address, seconds=2), fetches=fetches).run()))
        with pytest.raises(asyncio.CancelledError):
            await bot[0]

    thread = threading.Thread(target=lambda: loop.run_until_complete(whole()))
    thread.start()
    try:
        yield
    finally:
        loop.call_soon_threadsafe(bot[0].cancel)
        thread.join(_LONG)
        assert not thread.is_alive()
        loop.close()


def until(condition: object) -> None:
    ends = time.monotonic() + _LONG
    while not condition():  # type: ignore[operator]
        assert time.monotonic() < ends, "waited in vain"
        time.sleep(0.02)


def nothing_waits() -> bool:
    return not Saying.objects.exists() and not Received.objects.filter(content__isnull=False).exists()


def test_everybody_is_answered_in_order_whatever_the_server_does(api: BotApi) -> None:
    people = [api.person() for _ in range(5)]
    api.fails("getUpdates", broken(), cut(done=True))
    api.fails("sendMessage", asks_to_wait(1), broken(), cut(done=False), hangs(3, done=False))
    with running(api):
        for person in people:
            person.starts()
            person.writes("/language")
        until(lambda: all(len(person.said) == 3 for person in people))
        until(nothing_waits)

    for person in people:
        greeting, question, again = (seen.text for seen in person.said)
        assert greeting.startswith("Hello.")
        assert question == again
    assert {request.code for request in api.requests if request.method == "sendMessage"} == {200, 429, 500, 0}
    assert Received.objects.count() == 10


def test_what_another_program_fetched_is_answered_at_once(api: BotApi, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bot_program, "_SECONDS_BETWEEN_LOOKS", 60)  # nobody looks without being told
    person = api.person()
    with api.office.lock:
        api.office.chats[person.id].begun = True
    with running(api, fetches=False):
        time.sleep(0.5)
        bot_program._keep([{"update_id": 1, "message": Phone(chat=person.id).message(text="/start")}])
        until(lambda: len(person.said) == 2)

    assert [request for request in api.requests if request.method == "getUpdates"] == []


def test_updates_that_come_twice_and_in_any_order_are_answered_once_each(api: BotApi) -> None:
    person = api.person()
    api.scramble(seed=5)
    try:
        with running(api):
            for _ in range(10):
                person.writes("/language")
            until(lambda: len(person.said) == 10 and nothing_waits())
            time.sleep(0.3)
    finally:
        api.office.scramble = None

    assert len(person.said) == 10


def test_a_person_who_blocked_the_bot_is_written_to_no_more(api: BotApi) -> None:
    person = api.person()
    with running(api):
        person.starts()
        until(lambda: len(person.said) == 2 and nothing_waits())
        person.deletes_the_account()
        queue.put(person.id, [Message(text="one"), Message(text="two")], NOW)
        until(lambda: Chat.objects.filter(blocked_at__isnull=False).exists() and nothing_waits())

    assert [request.code for request in api.requests if request.code == 403] == [403]


def test_no_more_than_one_message_a_second_goes_to_a_chat(api: BotApi, settings: Settings) -> None:
    settings.TELEGRAM_PER_SECOND = 30
    limits = Pace()
    api.pace.per_second, api.pace.per_chat = limits.per_second, limits.per_chat
    person, other = api.person(), api.person()
    with api.office.lock:
        for one in (person, other):
            api.office.chats[one.id].begun = True
    queue.put(person.id, [Message(text="one"), Message(text="two"), Message(text="three")], NOW)
    queue.put(other.id, [Message(text="at once")], NOW)

    began = time.monotonic()
    with running(api):
        until(lambda: len(person.said) == 3)

    assert [seen.text for seen in person.said] == ["one", "two", "three"]
    assert {request.code for request in api.requests if request.method == "sendMessage"} == {200}
    assert time.monotonic() - began >= 2


def test_what_the_webhook_took_is_answered_by_the_bot(api: BotApi, settings: Settings) -> None:
    settings.TELEGRAM_WEBHOOK_SECRET = SECRET
    person = api.person()
    with api.office.lock:
        api.office.chats[person.id].begun = True
    update = {"update_id": 5, "message": Phone(chat=person.id).message(text="/start")}
    web = Client(headers={"X-Telegram-Bot-Api-Secret-Token": SECRET})

    with running(api, fetches=False):
        taken = [web.post("/telegram/webhook", update, content_type="application/json") for _ in range(2)]
        until(lambda: len(person.said) == 2)

    assert [answer.status_code for answer in taken] == [200, 200]
    assert [request for request in api.requests if request.method == "getUpdates"] == []
    assert Received.objects.count() == 1


def test_turns_of_one_chat_see_each_other_when_they_come_at_the_same_moment(
    transactional_db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []

    def count_up(talk: Talk, state: State) -> tuple[Turn, State]:
        seen.append(state.place.step)
        time.sleep(0.1)
        return Turn(), State(Place("counting", f"{len(state.place.step) + 1}" * (len(state.place.step) + 1)))

    monkeypatch.setattr(turns, "answer", count_up)
    phone = Phone().writes("first")
    together = threading.Barrier(3)

    def takes_a_turn() -> None:
        came = read({"update_id": 1, "message": phone.message(text="…")}, bot="4242")
        assert came is not None
        together.wait()
        with transaction.atomic():
            happened(came, NOW)
        connection.close()

    threads = [threading.Thread(target=takes_a_turn) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert seen == ["", "1", "22", "333"]


@pytest.mark.parametrize("steps", range(6))
@pytest.mark.parametrize("part", [Sender, Fetcher])
def test_what_is_woken_at_the_moment_it_is_told_to_stop_stops(
    api: BotApi, part: type[Sender | Fetcher], steps: int
) -> None:
    async def woken_and_stopped() -> None:
        wire = Wire(TOKEN, api.address)
        one = part(wire)
        running = asyncio.ensure_future(one.run())
        await asyncio.sleep(0.3)  # it found nothing, and waits
        one.wake()
        for _ in range(steps):
            await asyncio.sleep(0)
        running.cancel()
        done, _ = await asyncio.wait([running], timeout=_LONG)
        await wire.close()
        assert done and running.cancelled()

    asyncio.run(woken_and_stopped())


@pytest.mark.parametrize("way", ["_take_over", "_make_ready"])
def test_a_bot_that_is_stopped_while_it_comes_up_leaves_no_thread(
    api: BotApi, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    begun = asyncio.Event()

    async def endless(_bot: Bot) -> None:
        begun.set()
        await asyncio.sleep(_LONG)

    def slow() -> None:
        loop.call_soon_threadsafe(begun.set)
        time.sleep(0.2)

    async def stopped_early() -> None:
        stopped = asyncio.ensure_future(Bot(Wire(TOKEN, api.address), fetches=True).run())
        await begun.wait()
        stopped.cancel()
        await asyncio.wait([stopped], timeout=_LONG)
        assert stopped.cancelled()

    if way == "_take_over":
        monkeypatch.setattr(Bot, way, endless)
    else:
        monkeypatch.setattr(bot_program, way, slow)
    loop = asyncio.new_event_loop()
    before = set(threading.enumerate())
    loop.run_until_complete(stopped_early())
    loop.run_until_complete(loop.shutdown_default_executor())
    loop.close()
    assert set(threading.enumerate()) == before
