"""What goes into a chat, as plain values that can be kept in a queue.

Telegram's limits are checked where a value is made: a button carries 64 bytes, a message a hundred buttons. A text may
be as long as it likes: `in_pieces` cuts what is too long for one message.
"""

import base64
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Literal, TypeAlias
from urllib.parse import urlsplit

DATA_LIMIT = 64
BUTTONS_LIMIT = 100
TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
"""In units of UTF-16, as Telegram counts."""


def opens(address: str) -> bool:
    """Whether a button may have this address: http or https, and a dot in the name of the host, or its number.

    A Bot API server refuses the whole message otherwise ("Wrong HTTP URL"; TDLib, LinkManager::check_link). The number
    of this very machine is taken like any other.
    """
    parts = urlsplit(address)
    host = parts.hostname or ""
    return parts.scheme in ("http", "https") and ("." in host or ":" in host)


@dataclass(frozen=True, slots=True)
class Button:
    """A button under a message: comes back with ``data``, or opens ``url``. Raises ValueError for too long data, and
    for an address that no button may have.
    """

    text: str
    data: str = ""
    url: str = ""

    def __post_init__(self) -> None:
        if bool(self.data) == bool(self.url):
            raise ValueError("a button either comes back with data or opens an address")
        if len(self.data.encode()) > DATA_LIMIT:
            raise ValueError(f"the data of a button have {DATA_LIMIT} bytes at most: {self.data!r}")
        if self.url and not opens(self.url):
            raise ValueError(f"no button opens {self.url!r}")


@dataclass(frozen=True, slots=True)
class Key:
    """A key of the keyboard in place of letters: says its text, or shares the telephone or the place."""

    text: str
    shares: Literal["", "contact", "location"] = ""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file of ours."""

    name: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A file of ours that is made only when it is said, so that nobody waits for it before.

    ``kind`` tells how it is made, ``about`` of what, and in which ``language``. ``otherwise`` are the words that are
    said if it cannot be made.
    """

    name: str
    kind: str
    about: str
    language: str
    otherwise: str = field(repr=False)


Rows: TypeAlias = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A message: a title in bold letters, words, buttons under it, a picture or a document.

    ``keyboard`` replaces the keys below the input field: None leaves them as they are, () takes them away. It cannot
    stand beside buttons. ``edits`` changes the bot's own message of that number instead of sending one; should it be
    gone, a new one is sent. ``gives``: once it is said, the receipt with this row is given.
    """

    text: str = field(default="", repr=False)
    title: str = ""
    buttons: Rows = ()
    keyboard: tuple[tuple[Key, ...], ...] | None = None
    picture: Upload | None = None
    document: Upload | Paper | None = None
    edits: int | None = None
    gives: int | None = None

    def __post_init__(self) -> None:
        if not (self.text or self.title or self.picture or self.document):
            raise ValueError("an empty message")
        if self.buttons and self.keyboard is not None:
            raise ValueError("Telegram shows either buttons or keys with one message")
        if sum(map(len, self.buttons)) > BUTTONS_LIMIT:
            raise ValueError(f"more than {BUTTONS_LIMIT} buttons: page them")
        if self.picture and self.document:
            raise ValueError("a picture or a document, one after the other")
        if self.edits is not None and (self.picture or self.document or self.keyboard is not None):
            raise ValueError("only words and buttons are edited")


@dataclass(frozen=True, slots=True)
class Delete:
    """Take a message out of the chat, the person's too."""

    message: int


@dataclass(frozen=True, slots=True)
class Acknowledge:
    """End the waiting of a pressed button, with a short remark over the chat if there is one (200 signs)."""

    press: str
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Leave:
    """Leave a group."""


Say: TypeAlias = Message | Delete | Acknowledge | Leave
_KINDS: dict[str, type[Any]] = {"message": Message, "delete": Delete, "acknowledge": Acknowledge, "leave": Leave}


def length(text: str) -> int:
    """As Telegram counts: signs beyond the basic plane are two."""
    return len(text.encode("utf-16-le")) // 2


def in_pieces(say: Say) -> Iterator[Say]:
    """The same in messages that Telegram takes; buttons and keys hang on the last one."""
    if not isinstance(say, Message):
        yield say
        return
    title = length(say.title) + 2 if say.title else 0
    attached = say.picture or say.document
    if title + length(say.text) <= (CAPTION_LIMIT if attached else TEXT_LIMIT):
        yield say
        return
    if attached:
        yield Message(title=say.title, picture=say.picture, document=say.document)
        yield from in_pieces(replace(say, title="", picture=None, document=None))
        return
    *first, last = _cut(say.text, TEXT_LIMIT - title)
    for place, text in enumerate(first):
        yield Message(text=text, title=say.title if place == 0 else "", edits=say.edits if place == 0 else None)
    yield replace(say, text=last, title="", edits=None)


def _cut(text: str, limit: int) -> list[str]:
    """Cut between paragraphs, or lines, or words, or anywhere, so that each piece is no longer than the limit."""
    pieces = []
    while length(text) > limit:
        room = text.encode("utf-16-le")[: 2 * limit].decode("utf-16-le", errors="ignore")
        ends = (room.rfind(between) for between in ("\n\n", "\n", " "))
        at = next((end for end in ends if end > len(room) // 2), len(room))
        pieces.append(text[:at].rstrip())
        text = text[at:].lstrip()
    return [*pieces, text]


def as_json(say: Say) -> dict[str, Any]:
    """What a queue can hold."""
    kind = next(name for name, of in _KINDS.items() if isinstance(say, of))
    said = {name: value for name, value in asdict(say).items() if value not in ("", None)}
    for name in ("picture", "document"):
        if "content" in said.get(name, ()):
            said[name]["content"] = base64.b64encode(said[name]["content"]).decode()
    return {"say": kind, **said}


def from_json(kept: Mapping[str, Any]) -> Say:
    """What `as_json` made of it, again."""
    said = dict(kept)
    made = _KINDS[said.pop("say")]
    if "buttons" in said:
        said["buttons"] = tuple(tuple(Button(**button) for button in row) for row in said["buttons"])
    if "keyboard" in said:
        said["keyboard"] = tuple(tuple(Key(**key) for key in row) for row in said["keyboard"])
    for name in ("picture", "document"):
        if name in said:
            said[name] = _file(said[name])
    say: Say = made(**said)
    return say


def _file(kept: Mapping[str, Any]) -> Upload | Paper:
    return Upload(kept["name"], base64.b64decode(kept["content"])) if "content" in kept else Paper(**kept)
