"""What goes over the wire, against a strict server."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterator
from io import BytesIO
from typing import Any, TypeVar

import pytest
from PIL import Image

from qorgau.lib.telegram.says import Acknowledge, Button, Delete, Key, Message, Say, Upload, in_pieces, length
from qorgau.lib.telegram.wire import AnotherReader, TooLarge, Trouble, Wire, WrongToken
from tests.channels.telegram.bot_api.faults import Fault, asks_to_wait, broken, cut, hangs
from tests.channels.telegram.bot_api.people import Person
from tests.channels.telegram.bot_api.refused import Refused
from tests.channels.telegram.bot_api.server import TOKEN, BotApi, running_bot_api

Result = TypeVar("Result")


def picture() -> bytes:
    content = BytesIO()
    Image.new("RGB", (60, 40)).save(content, "PNG")
    return content.getvalue()


PICTURE = picture()


@pytest.fixture(scope="module")
def server() -> Iterator[BotApi]:
    with running_bot_api(per_second=None, per_chat=None) as api:
        yield api


@pytest.fixture
def api(server: BotApi) -> BotApi:
    server.requests.clear()
    return server


@pytest.fixture
def person(api: BotApi) -> Person:
    """Somebody who has written to the bot."""
    person = api.person()
    person.starts()
    with api.office.lock:
        api.office.waiting.clear()
    return person


def over_the_wire(
    api: BotApi, ask: Callable[[Wire], Awaitable[Result]], *, token: str = TOKEN, seconds: float = 10
) -> Result:
    async def whole() -> Result:
        wire = Wire(token, api.address, seconds=seconds)
        try:
            return await ask(wire)
        finally:
            await wire.close()

    return asyncio.run(whole())


def send(api: BotApi, to: Person, *says: Say) -> list[int | None]:
    async def ask(wire: Wire) -> list[int | None]:
        return [await wire.send(to.id, say) for say in says]

    return over_the_wire(api, ask)


def texts(person: Person) -> list[str]:
    return [seen.text for seen in person.said]


def refuses(code: int, words: str) -> Fault:
    return Fault(refused=Refused(code, words))


def test_a_message_has_a_title_words_and_buttons(api: BotApi, person: Person) -> None:
    buttons = ((Button("Menu", "menu"), Button("Site", url="https://a.kz")),)

    (number,) = send(api, person, Message(title="1 < 2", text="You & me <b>", buttons=buttons))

    (seen,) = person.said
    assert (seen.id, seen.text) == (number, "1 < 2\n\nYou & me <b>")
    assert seen.buttons == {"Menu": "menu", "Site": "https://a.kz"}
    assert api.requests[0].values["text"].startswith("<b>1 &lt; 2</b>")


def test_a_keyboard_may_share_the_telephone_and_the_place(api: BotApi, person: Person) -> None:
    keys = ((Key("My telephone", "contact"), Key("Here", "location")), (Key("Main menu"),))
    send(api, person, Message(text="?", keyboard=keys), Message(text=".", keyboard=()))

    first, second = (json.loads(request.values["reply_markup"]) for request in api.requests)
    assert first["keyboard"][0] == [
        {"text": "My telephone", "request_contact": True},
        {"text": "Here", "request_location": True},
    ]
    assert second == {"remove_keyboard": True}


def test_a_picture_and_a_document_carry_their_words(api: BotApi, person: Person) -> None:
    send(
        api,
        person,
        Message(text="twelve months", picture=Upload("months.png", PICTURE)),
        Message(title="Talon", document=Upload("talon.pdf", b"%PDF-1.7")),
    )

    picture, document = person.said
    assert (picture.text, picture.picture) == ("twelve months", PICTURE)
    assert (document.text, document.name, document.document) == ("Talon", "talon.pdf", b"%PDF-1.7")


def test_an_edit_changes_the_message_or_sends_it_anew_when_it_is_gone(api: BotApi, person: Person) -> None:
    (number,) = send(api, person, Message(text="first"))

    again = Message(text="second", edits=number)
    assert send(api, person, again, again) == [number, None]
    assert texts(person) == ["second"]
    send(api, person, Message(text="third", edits=99_999))
    assert texts(person) == ["second", "third"]


def test_a_deletion_and_a_press_that_came_too_late_count_as_done(api: BotApi, person: Person) -> None:
    assert send(api, person, Delete(99_999), Acknowledge("press-of-last-week")) == [None, None]
    assert [request.code for request in api.requests] == [400, 400]


def test_a_long_text_goes_in_pieces_with_the_buttons_on_the_last(api: BotApi, person: Person) -> None:
    text = "\n\n".join(f"{number}. " + "слово " * 120 for number in range(12)) + "😀" * 3000

    send(api, person, *in_pieces(Message(title="Long", text=text, buttons=((Button("Menu", "menu"),),))))

    assert all(length(words) <= 4096 for words in texts(person))
    assert "".join("".join(texts(person)).split()) == "".join(f"Long{text}".split())
    *before, last = (bool(seen.buttons) for seen in person.said)
    assert (any(before), last) == (False, True)


def test_a_picture_with_a_long_text_goes_before_it(api: BotApi, person: Person) -> None:
    send(api, person, *in_pieces(Message(title="T", text="word " * 300, picture=Upload("a.png", PICTURE))))

    assert [request.method for request in api.requests] == ["sendPhoto", "sendMessage"]
    assert texts(person)[0] == "T"


@pytest.mark.parametrize(
    ("fault", "about"),
    [
        (refuses(400, "Bad Request: chat not found"), {"gone": True, "permanent": True}),
        (refuses(400, "Bad Request: BUTTON_DATA_INVALID"), {"gone": False, "permanent": True}),
        (asks_to_wait(7), {"pause": 7.0, "permanent": False}),
        (broken(), {"gone": False, "permanent": False, "pause": None}),
        (refuses(502, "Bad Gateway"), {"gone": False, "permanent": False, "pause": None}),
        (refuses(500, "Restarting: restart"), {"permanent": False}),
        (cut(done=False), {"gone": False, "permanent": False, "pause": None}),
    ],
)
def test_what_goes_wrong_is_told_apart(api: BotApi, person: Person, fault: Fault, about: dict[str, Any]) -> None:
    api.fails("sendMessage", fault)

    with pytest.raises(Trouble) as told:
        send(api, person, Message(text="hello"))

    assert {name: getattr(told.value, name) for name in about} == about


def test_who_blocked_the_bot_is_gone(api: BotApi, person: Person) -> None:
    person.blocks()

    with pytest.raises(Trouble) as told:
        send(api, person, Message(text="hello"))

    assert (told.value.gone, told.value.permanent) == (True, True)


def test_no_trouble_names_the_token(api: BotApi) -> None:
    secret = "4243:a-token-that-nobody-may-see-in-logs"
    with pytest.raises(WrongToken) as wrong:
        over_the_wire(api, lambda wire: wire.name(), token=secret)
    api.fails("getMe", refuses(404, f"no such path /bot{TOKEN}/x"))
    with pytest.raises(Trouble) as lost:
        over_the_wire(api, lambda wire: wire.name())
    nowhere = BotApi(secret, api.pace)
    nowhere.address = "http://127.0.0.1:9"
    with pytest.raises(Trouble) as unreachable:
        over_the_wire(nowhere, lambda wire: wire.name(), token=secret)

    told = [repr(error.value) + str(error.value) for error in (wrong, lost, unreachable)]
    assert [words for words in told if secret in words or TOKEN in words] == []


def test_silence_is_trouble_that_passes(api: BotApi) -> None:
    api.fails("getMe", hangs(2, done=False))

    with pytest.raises(Trouble) as silent:
        over_the_wire(api, lambda wire: wire.name(), seconds=0.3)

    assert not silent.value.permanent


def test_updates_come_as_they_are_and_are_confirmed_by_asking_for_later_ones(api: BotApi, person: Person) -> None:
    person.writes("one")
    person.writes("two")

    async def ask(wire: Wire) -> tuple[list[dict[str, Any]], ...]:
        first = await wire.updates(after=None, seconds=0)
        again = await wire.updates(after=None, seconds=0)
        return first, again, await wire.updates(after=first[-1]["update_id"], seconds=0)

    first, again, after = over_the_wire(api, ask)
    assert [update["message"]["text"] for update in first] == ["one", "two"]
    assert (again, after) == (first, [])


def test_another_reader_is_told_apart(api: BotApi) -> None:
    api.fails("getUpdates", refuses(409, "Conflict: terminated by other getUpdates request"))

    with pytest.raises(AnotherReader):
        over_the_wire(api, lambda wire: wire.updates(after=None, seconds=0))


def test_a_file_is_read_to_its_limit(api: BotApi) -> None:
    small = api.office.keep("small.txt", "text/plain", b"x" * 1000)
    large = api.office.keep("large.txt", "text/plain", b"x" * 3000)
    huge = api.office.keep("huge.txt", "text/plain", b"x", 21 * 1024 * 1024)

    async def read(wire: Wire, name: str) -> bytes:
        return b"".join([piece async for piece in wire.file(name, limit=2000)])

    assert over_the_wire(api, lambda wire: read(wire, small.id)) == b"x" * 1000
    for kept in (large, huge):
        with pytest.raises(TooLarge):
            over_the_wire(api, lambda wire, kept=kept: read(wire, kept.id))  # type: ignore[misc]
