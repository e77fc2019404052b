"""With the shim before it, what the emulator gives is complete: witness is python-telegram-bot, which others wrote."""

import asyncio
import io
from collections.abc import Callable, Coroutine, Iterator
from typing import Any

import pytest
import telegram
from PIL import Image
from telegram.error import BadRequest
from telegram.request import HTTPXRequest

from tests.channels.telegram.bot_api.test_bot_api import BUTTONS, unknown_parts
from tests.channels.telegram.emulator.person import Person, buttons_of, words_of
from tests.channels.telegram.emulator.running import running_emulator
from tests.channels.telegram.emulator.shim import Shim, running_shim

pytestmark = pytest.mark.journey

TOKEN = "666:AAtokenOfTheTestsThatIsLongEnough02"


@pytest.fixture(scope="module")
def shim() -> Iterator[Shim]:
    with running_emulator() as address, running_shim(address, TOKEN) as shim:
        yield shim


def asked(shim: Shim, ask: Callable[[telegram.Bot], Coroutine[Any, Any, Any]]) -> Any:
    """What python-telegram-bot gets."""

    async def run() -> Any:
        request = HTTPXRequest(read_timeout=5, connect_timeout=5)
        bot = telegram.Bot(TOKEN, f"{shim.address}/bot", f"{shim.address}/file/bot", request, request)
        try:
            return await ask(bot)
        finally:
            await request.shutdown()

    return asyncio.run(run())


def picture() -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (60, 40)).save(written, "PNG")
    return written.getvalue()


def test_another_client_of_the_bot_api_takes_everything(shim: Shim) -> None:
    person = Person(shim, "kk")

    async def talk(bot: telegram.Bot) -> list[Any]:
        me = await bot.get_me()
        first = await bot.send_message(person.chat, "<b>Нөмірі</b>\n1 &lt; 2", parse_mode="HTML", reply_markup=BUTTONS)
        photo = await bot.send_photo(person.chat, picture(), caption="Айлар")
        paper = await bot.send_document(person.chat, b"%PDF-1.7", filename="талон.pdf")
        changed = await bot.edit_message_text("Өзгерді", chat_id=person.chat, message_id=first.message_id)
        for refused in (
            bot.edit_message_text("Өзгерді", chat_id=person.chat, message_id=first.message_id),
            bot.edit_message_text("Жоқ", chat_id=person.chat, message_id=99_999),
            bot.delete_message(person.chat, 99_999),
            bot.send_message(person.chat, "<b>", parse_mode="HTML"),
        ):
            with pytest.raises(BadRequest):
                await refused
        return [me, first, photo, paper, changed]

    me, first, photo, paper, changed = told = asked(shim, talk)
    assert unknown_parts(told) == [] and unknown_parts(person.sees) == []
    assert me.is_bot and first.from_user == me
    assert abs((first.date - photo.date).total_seconds()) < 60
    assert [words_of(seen) for seen in person.sees] == ["Өзгерді", "Айлар", "талон.pdf"]
    assert (first.text, first.entities[0].type, changed.reply_markup) == ("Нөмірі\n1 < 2", "bold", None)
    assert person.file(photo) == picture() and paper.document.file_name == "талон.pdf"


def test_what_people_do_comes_complete_and_again_until_it_is_confirmed(shim: Shim) -> None:
    person = Person(shim, "ru")
    asked(shim, lambda bot: bot.send_message(person.chat, "Выберите", reply_markup=BUTTONS))
    assert buttons_of(person.sees[0]) == {"Read": "read:1"}
    person.writes("/start org-1")
    person.writes("Здравствуйте")
    person.presses("Read")
    person.sends_photo(picture(), "Талон")

    first = asked(shim, lambda bot: bot.get_updates(timeout=2))
    again = asked(shim, lambda bot: bot.get_updates(timeout=0))
    assert unknown_parts(list(first)) == []
    assert [update.update_id for update in again] == [update.update_id for update in first]
    command, text, press, photo = first
    assert command.message.entities[0].type == "bot_command"
    assert (text.message.text, text.message.from_user.language_code) == ("Здравствуйте", "ru")
    assert (press.callback_query.data, press.callback_query.message.text) == ("read:1", "Выберите")

    async def fetch(bot: telegram.Bot) -> bytes:
        return bytes(await (await bot.get_file(photo.message.photo[-1].file_id)).download_as_bytearray())

    assert asked(shim, fetch) == picture()
    after = photo.update_id + 1
    assert asked(shim, lambda bot: bot.get_updates(offset=after, timeout=0)) == ()
