"""The server that stands in for Telegram's is as strict as Telegram, and what it gives is complete.

Witness is python-telegram-bot, which others wrote: it must take every object, and find nothing in it that it does not
know.
"""

import asyncio
import io
from collections.abc import Callable, Coroutine, Iterator
from typing import Any

import pytest
import telegram
from PIL import Image
from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken, NetworkError, RetryAfter
from telegram.request import HTTPXRequest

from qorgau.lib.telegram.says import Acknowledge, Button, Delete, Key, Leave, Message, Upload
from qorgau.lib.telegram.wire import Trouble, Wire
from tests.channels.telegram.bot_api import faults
from tests.channels.telegram.bot_api.people import Person
from tests.channels.telegram.bot_api.server import TOKEN, BotApi, running_bot_api

Ask = Callable[[telegram.Bot], Coroutine[Any, Any, Any]]


@pytest.fixture
def api() -> Iterator[BotApi]:
    with running_bot_api(per_second=None, per_chat=None) as api:
        yield api


@pytest.fixture
def person(api: BotApi) -> Person:
    person = api.person()
    person.starts()
    return person


def asked(api: BotApi, ask: Ask, token: str = TOKEN) -> Any:
    """What python-telegram-bot gets."""

    async def run() -> Any:
        request = HTTPXRequest(read_timeout=2, connect_timeout=2)
        bot = telegram.Bot(token, f"{api.address}/bot", f"{api.address}/file/bot", request, request)
        try:
            return await ask(bot)
        finally:
            await request.shutdown()

    return asyncio.run(run())


def unknown_parts(value: Any) -> list[str]:
    """What python-telegram-bot could not place in an object, however deep."""
    if isinstance(value, list | tuple):
        return [part for one in value for part in unknown_parts(one)]
    if not isinstance(value, telegram.TelegramObject):
        return []
    found = [f"{type(value).__name__}.{name}" for name in value.api_kwargs]
    for name in value.to_dict():
        found += unknown_parts(getattr(value, "from_user" if name == "from" else name, None))
    return found


def picture() -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (60, 20)).save(written, "PNG")
    return written.getvalue()


BUTTONS = telegram.InlineKeyboardMarkup.from_row([telegram.InlineKeyboardButton("Read", callback_data="read:1")])


@pytest.mark.parametrize(
    "ask",
    [
        lambda bot, chat: bot.get_me(),
        lambda bot, chat: bot.get_chat(chat),
        lambda bot, chat: bot.get_webhook_info(),
        lambda bot, chat: bot.send_message(chat, "<b>Number</b>\n1 &lt; 2", parse_mode="HTML", reply_markup=BUTTONS),
        lambda bot, chat: bot.send_photo(chat, picture(), caption="<b>Months</b>", parse_mode="HTML"),
        lambda bot, chat: bot.send_document(chat, b"%PDF-1.7", filename="receipt.pdf", reply_markup=BUTTONS),
    ],
    ids=["me", "chat", "webhook", "message", "photo", "document"],
)
def test_what_it_gives_is_complete(api: BotApi, person: Person, ask: Any) -> None:
    assert unknown_parts(asked(api, lambda bot: ask(bot, person.id))) == []


def test_every_kind_of_update_is_complete(api: BotApi, person: Person) -> None:
    asked(api, lambda bot: bot.send_message(person.id, "Choose", reply_markup=BUTTONS))
    message = person.writes("one")
    person.edits(message, "two")
    person.presses("Read")
    person.sends_album(picture(), picture(), caption="both")
    person.sends_file("a.pdf", b"%PDF", "application/pdf", caption="here")
    person.speaks(b"OggS")
    person.shares_contact()
    person.shares_location(51.1, 71.4)
    person.blocks()
    person.writes("again")

    updates = asked(api, lambda bot: bot.get_updates(timeout=0))
    assert len(updates) == 13
    assert unknown_parts(list(updates)) == []
    assert [update.my_chat_member.new_chat_member.status for update in updates if update.my_chat_member] == [
        "kicked",
        "member",
    ]
    assert updates[8].message.contact.user_id == person.id


def test_confirmed_updates_do_not_come_again(api: BotApi, person: Person) -> None:
    person.writes("one")
    first, second = asked(api, lambda bot: bot.get_updates(timeout=0))
    assert [one.update_id for one in asked(api, lambda bot: bot.get_updates(offset=second.update_id, timeout=0))] == [
        second.update_id
    ]
    assert first.update_id < second.update_id
    assert asked(api, lambda bot: bot.get_updates(offset=second.update_id + 1, timeout=0)) == ()


@pytest.mark.parametrize(
    ("ask", "words"),
    [
        (lambda bot, chat: bot.send_message(chat, " "), "message text is empty"),
        (lambda bot, chat: bot.send_message(chat, "a" * 4097), "message is too long"),
        (lambda bot, chat: bot.send_message(chat, "😀" * 2049), "message is too long"),
        (lambda bot, chat: bot.send_message(chat, "<h1>a</h1>", parse_mode="HTML"), "unsupported start tag"),
        (lambda bot, chat: bot.send_message(chat, "<b>a", parse_mode="HTML"), "can't find end tag"),
        (lambda bot, chat: bot.send_message(1, "Hello"), "chat not found"),
        (lambda bot, chat: bot.send_photo(chat, picture(), caption="a" * 1025), "caption is too long"),
        (lambda bot, chat: bot.send_photo(chat, b"no picture"), "image_process_failed"),
        (lambda bot, chat: bot.send_message(chat, "a", reply_markup=_button(callback_data="a" * 65)), "data_invalid"),
        (
            lambda bot, chat: bot.send_message(chat, "a", reply_markup=_button(url="http://localhost/")),
            "wrong http url",
        ),
        (lambda bot, chat: bot.send_message(chat, "a", reply_markup=_many_buttons()), "reply markup is too long"),
        (lambda bot, chat: bot.delete_message(chat, 99), "message to delete not found"),
        (lambda bot, chat: bot.edit_message_text("a", chat, 99), "message to edit not found"),
        (lambda bot, chat: bot.answer_callback_query("never"), "query is too old"),
        (lambda bot, chat: bot.get_file("never"), "wrong file_id"),
        (lambda bot, chat: bot.leave_chat(chat), "private chats"),
    ],
)
def test_what_telegram_refuses_is_refused(api: BotApi, person: Person, ask: Any, words: str) -> None:
    with pytest.raises(BadRequest) as refused:
        asked(api, lambda bot: ask(bot, person.id))
    assert words in refused.value.message.lower()
    assert person.sees == []


def _button(**what: str) -> telegram.InlineKeyboardMarkup:
    return telegram.InlineKeyboardMarkup([[telegram.InlineKeyboardButton("a", **what)]])  # type: ignore[arg-type]


def _many_buttons() -> telegram.InlineKeyboardMarkup:
    return telegram.InlineKeyboardMarkup(
        [[telegram.InlineKeyboardButton(str(n), callback_data="a")] for n in range(101)]
    )


def test_who_blocked_the_bot_or_deleted_the_account_is_not_reached(api: BotApi, person: Person) -> None:
    person.blocks()
    with pytest.raises(Forbidden, match="blocked by the user"):
        asked(api, lambda bot: bot.send_message(person.id, "Hello"))
    person.deletes_the_account()
    with pytest.raises(Forbidden, match="deactivated"):
        asked(api, lambda bot: bot.send_message(person.id, "Hello"))


def test_a_wrong_token_is_refused(api: BotApi) -> None:
    with pytest.raises(InvalidToken):
        asked(api, lambda bot: bot.get_me(), token="4242:another")


def test_a_chat_takes_a_message_a_second_and_says_when_to_come_again(api: BotApi, person: Person) -> None:
    api.pace.per_chat = 1.0
    asked(api, lambda bot: bot.send_message(person.id, "one"))
    with pytest.raises(RetryAfter) as early:
        asked(api, lambda bot: bot.send_message(person.id, "two"))
    assert early.value._retry_after.total_seconds() == 1
    assert [seen.text for seen in person.sees] == ["one"]


def test_who_asks_by_a_name_is_written_down_with_it(api: BotApi, person: Person) -> None:
    api.address += "/by/somebody"
    asked(api, lambda bot: bot.send_message(person.id, "one"))
    said = api.sent("sendMessage")[0]
    assert said.by == "somebody"
    assert 0 < said.came <= said.at <= said.left


def test_the_bot_as_a_whole_may_send_so_many_a_second(api: BotApi) -> None:
    api.pace.per_second = 5
    people = [api.person() for _ in range(8)]
    for one in people:
        one.starts()

    async def send(bot: telegram.Bot) -> list[Any]:
        return await asyncio.gather(*(bot.send_message(one.id, "a") for one in people), return_exceptions=True)

    outcomes = asked(api, send)
    assert sum(isinstance(one, RetryAfter) for one in outcomes) == 2


def test_who_fetches_while_another_fetches_throws_it_out(api: BotApi) -> None:
    async def both(bot: telegram.Bot) -> tuple[Any, Any]:
        first = asyncio.create_task(bot.get_updates(timeout=1))
        await asyncio.sleep(0.2)
        return await asyncio.gather(first, bot.get_updates(timeout=0), return_exceptions=True)  # type: ignore[return-value]

    thrown_out, stayed = asked(api, both)
    assert isinstance(thrown_out, Conflict)
    assert stayed == ()


@pytest.mark.parametrize(
    ("fault", "arrived"),
    [
        (faults.broken(), 0),
        (faults.broken(done=True), 1),
        (faults.cut(done=False), 0),
        (faults.cut(done=True), 1),
        (faults.hangs(5, done=True), 1),
    ],
)
def test_faults_on_purpose_let_a_message_arrive_or_not(
    api: BotApi, person: Person, fault: faults.Fault, arrived: int
) -> None:
    api.fails("sendMessage", fault)
    with pytest.raises(NetworkError):
        asked(api, lambda bot: bot.send_message(person.id, "Hello", read_timeout=0.3))
    assert len(person.sees) == arrived


def test_everything_that_our_wire_says_is_taken(api: BotApi, person: Person) -> None:
    async def run() -> None:
        wire = Wire(api.token, api.address)
        buttons = ((Button("Read", "read:1"), Button("Site", url="https://example.kz/")),)
        try:
            first = await wire.send(person.id, Message(title="T < &", text="a\nb", buttons=buttons))
            assert first is not None
            await wire.send(person.id, Message(text="keys", keyboard=((Key("My number", "contact"),),)))
            await wire.send(person.id, Message(title="P", text="p", picture=Upload("m.png", picture())))
            await wire.send(person.id, Message(text="d", document=Upload("т.pdf", b"%PDF")))
            await wire.send(person.id, Message(text="changed", edits=first))
            await wire.send(person.id, Message(text="changed", edits=first))
            await wire.send(person.id, Acknowledge("too old"))
            theirs = person.writes("9001")["message_id"]
            await wire.send(person.id, Delete(theirs))
            await wire.send(person.id, Delete(theirs))
            with pytest.raises(Trouble) as trouble:
                await wire.send(person.id, Leave())
            assert trouble.value.permanent
        finally:
            await wire.close()

    asyncio.run(run())
    assert [(seen.text, list(seen.buttons), seen.keys, seen.name) for seen in person.sees] == [
        ("changed", [], (), ""),
        ("keys", [], ("My number",), ""),
        ("P\n\np", [], (), ""),
        ("d", [], (), "т.pdf"),
    ]
    assert [message["text"] for message in person.own_messages] == ["/start"]
    assert person.sees[2].picture == picture()
