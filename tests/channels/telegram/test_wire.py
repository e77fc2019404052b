"""What goes over the wire, against a strict server of our own."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterator
from typing import Any, TypeVar

import pytest

from qorgau.lib.telegram.says import Acknowledge, Button, Delete, Key, Message, Say, Upload, in_pieces, length
from qorgau.lib.telegram.wire import AnotherReader, TooLarge, Trouble, Wire, WrongToken
from tests.channels.telegram import own_server
from tests.channels.telegram.own_server import TOKEN, BotApi, serving

Result = TypeVar("Result")
CHAT = 77


@pytest.fixture(scope="module")
def server() -> Iterator[BotApi]:
    with serving(BotApi()) as api:
        yield api


@pytest.fixture
def api(server: BotApi) -> BotApi:
    for kept in (server.sent, server.calls, server.troubles, server.blocked, server.webhook, server.refused):
        kept.clear()
    return server


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


def send(api: BotApi, *says: Say) -> list[int | None]:
    async def ask(wire: Wire) -> list[int | None]:
        return [await wire.send(CHAT, say) for say in says]

    return over_the_wire(api, ask)


def test_a_message_has_a_title_words_and_buttons(api: BotApi) -> None:
    message = Message(
        title="1 < 2", text="You & me <b>", buttons=((Button("Menu", "menu"), Button("Site", url="https://a.kz")),)
    )

    (number,) = send(api, message)

    (sent,) = api.sent[CHAT]
    assert (sent["message_id"], sent["text"]) == (number, "1 < 2\n\nYou & me <b>")
    assert sent["reply_markup"]["inline_keyboard"] == [
        [{"text": "Menu", "callback_data": "menu"}, {"text": "Site", "url": "https://a.kz"}]
    ]
    assert api.calls[0][1]["text"].startswith("<b>1 &lt; 2</b>")


def test_a_keyboard_may_share_the_telephone_and_the_place(api: BotApi) -> None:
    keys = ((Key("My telephone", "contact"), Key("Here", "location")), (Key("Main menu"),))
    send(api, Message(text="?", keyboard=keys), Message(text=".", keyboard=()))

    first, second = (json.loads(said["reply_markup"]) for _method, said in api.calls)
    assert first["keyboard"][0] == [
        {"text": "My telephone", "request_contact": True},
        {"text": "Here", "request_location": True},
    ]
    assert second == {"remove_keyboard": True}


def test_a_picture_and_a_document_carry_their_words(api: BotApi) -> None:
    send(
        api,
        Message(text="twelve months", picture=Upload("months.png", b"\x89PNG")),
        Message(title="Talon", document=Upload("talon.pdf", b"%PDF")),
    )

    assert api.texts(CHAT) == ["twelve months", "Talon"]
    assert [method for method, _ in api.calls] == ["sendPhoto", "sendDocument"]


def test_an_edit_changes_the_message_or_sends_it_anew_when_it_is_gone(api: BotApi) -> None:
    (number,) = send(api, Message(text="first"))

    assert send(api, Message(text="second", edits=number), Message(text="second", edits=number)) == [number, None]
    assert api.texts(CHAT) == ["second"]
    send(api, Message(text="third", edits=99))
    assert api.texts(CHAT) == ["second", "third"]


def test_a_deletion_and_a_press_that_came_too_late_count_as_done(api: BotApi) -> None:
    api.troubles.extend(
        [
            own_server.Trouble(400, "Bad Request: message to delete not found"),
            own_server.Trouble(
                400, "Bad Request: query is too old and response timeout expired or query ID is invalid"
            ),
        ]
    )

    assert send(api, Delete(5), Acknowledge("press")) == [None, None]


def test_a_long_text_goes_in_pieces_with_the_buttons_on_the_last(api: BotApi) -> None:
    text = "\n\n".join(f"{number}. " + "слово " * 120 for number in range(12)) + "😀" * 3000
    whole = Message(title="Long", text=text, buttons=((Button("Menu", "menu"),),))

    send(api, *in_pieces(whole))

    assert all(length(words) <= 4096 for words in api.texts(CHAT))
    assert "".join("".join(api.texts(CHAT)).split()) == "".join(f"Long{text}".split())
    *before, last = (bool(message["reply_markup"]) for message in api.sent[CHAT])
    assert (any(before), last) == (False, True)


def test_a_picture_with_a_long_text_goes_before_it(api: BotApi) -> None:
    send(api, *in_pieces(Message(title="T", text="word " * 300, picture=Upload("a.png", b"png"))))

    assert [method for method, _ in api.calls] == ["sendPhoto", "sendMessage"]
    assert api.texts(CHAT)[0] == "T"


@pytest.mark.parametrize(
    ("trouble", "kind", "about"),
    [
        (own_server.Trouble(403, "Forbidden: bot was blocked by the user"), Trouble, {"gone": True, "permanent": True}),
        (own_server.Trouble(400, "Bad Request: chat not found"), Trouble, {"gone": True, "permanent": True}),
        (own_server.Trouble(400, "Bad Request: BUTTON_DATA_INVALID"), Trouble, {"gone": False, "permanent": True}),
        (own_server.Trouble(429, "Too Many Requests", retry_after=7), Trouble, {"pause": 7.0, "permanent": False}),
        (own_server.Trouble(502, "Bad Gateway"), Trouble, {"gone": False, "permanent": False, "pause": None}),
        (own_server.Trouble(500, "Restarting: restart"), Trouble, {"permanent": False}),
    ],
)
def test_what_goes_wrong_is_told_apart(
    api: BotApi, trouble: own_server.Trouble, kind: type[Trouble], about: dict[str, Any]
) -> None:
    api.troubles.append(trouble)

    with pytest.raises(kind) as told:
        send(api, Message(text="hello"))

    assert {name: getattr(told.value, name) for name in about} == about


def test_no_trouble_names_the_token(api: BotApi) -> None:
    secret = "4243:a-token-that-nobody-may-see-in-logs"
    with pytest.raises(WrongToken) as wrong:
        over_the_wire(api, lambda wire: wire.name(), token=secret)
    api.files["gone"] = b""

    async def fetch(wire: Wire) -> None:
        api.troubles.append(own_server.Trouble(404, f"no such file /bot{secret}/x"))
        async for _ in wire.file("gone", limit=10):
            pass

    with pytest.raises(Trouble) as lost:
        over_the_wire(api, fetch, token=secret)
    with pytest.raises(Trouble) as unreachable:
        over_the_wire(BotApi(address="http://127.0.0.1:9"), lambda wire: wire.name(), token=secret)

    assert all(secret not in repr(error.value) + str(error.value) for error in (wrong, lost, unreachable))


def test_silence_is_trouble_that_passes(api: BotApi) -> None:
    api.troubles.append(own_server.Trouble(silent=2))

    with pytest.raises(Trouble) as silent:
        over_the_wire(api, lambda wire: wire.name(), seconds=0.3)

    assert not silent.value.permanent


def test_updates_come_as_they_are_and_are_confirmed_by_asking_for_later_ones(api: BotApi) -> None:
    api.writes(CHAT, "one")
    strange = api.happens({"from_the_future": {"what": 1}})

    async def ask(wire: Wire) -> tuple[list[dict[str, Any]], ...]:
        first = await wire.updates(after=None, seconds=0)
        again = await wire.updates(after=None, seconds=0)
        return first, again, await wire.updates(after=strange, seconds=0)

    first, again, after = over_the_wire(api, ask)
    assert [update["update_id"] for update in first] == [strange - 1, strange]
    assert (again, after) == (first, [])


def test_another_reader_is_told_apart(api: BotApi) -> None:
    api.troubles.append(own_server.Trouble(409, "Conflict: terminated by other getUpdates request"))

    with pytest.raises(AnotherReader):
        over_the_wire(api, lambda wire: wire.updates(after=None, seconds=0))


def test_a_file_is_read_to_its_limit(api: BotApi) -> None:
    api.files |= {"small": b"x" * 1000, "large": b"x" * 3000, "huge": b"x" * (20 * 1024 * 1024 + 1)}

    async def read(wire: Wire, name: str) -> bytes:
        return b"".join([piece async for piece in wire.file(name, limit=2000)])

    assert over_the_wire(api, lambda wire: read(wire, "small")) == b"x" * 1000
    for name in ("large", "huge"):
        with pytest.raises(TooLarge):
            over_the_wire(api, lambda wire, name=name: read(wire, name))  # type: ignore[misc]
