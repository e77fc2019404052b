"""What came out of a chat, as plain values."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any


class FileKind(StrEnum):
    """How a file was sent."""

    PHOTO = "photo"
    VOICE = "voice"
    AUDIO = "audio"
    VIDEO = "video"
    VIDEO_NOTE = "video_note"
    ANIMATION = "animation"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True, kw_only=True)
class FileSent:
    """A file that lies with Telegram. ``id`` fetches it, and stays good; ``size`` in bytes is None when not told."""

    id: str
    kind: FileKind
    name: str = ""
    media_type: str = ""
    size: int | None = None
    seconds: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Came:
    """Anything that came: from which chat, when, by which message (None when by no message).

    ``language`` is that of the person's Telegram, "" when not told. ``key`` names this one delivery for ever.
    """

    chat: int
    at: datetime
    key: str
    message: int | None = None
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Text(Came):
    """Words. ``edited``: they replace those of the message with the same number."""

    text: str
    edited: bool = False
    forwarded: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Command(Came):
    """A word after a slash, without it and in small letters, and what was said behind it."""

    name: str
    argument: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressed(Came):
    """An inline button was pressed; ``message`` is the one it hangs on, ``press`` is what is to be acknowledged."""

    data: str
    press: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent(Came):
    """A file with the words under it. Those of one album come one by one and share its name."""

    file: FileSent
    text: str = ""
    album: str = ""
    edited: bool = False
    forwarded: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactShared(Came):
    """A telephone from the address book. ``own``: it is the sender's, as Telegram itself vouches."""

    phone: str
    own: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LocationShared(Came):
    """A place on the map, in degrees."""

    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Other(Came):
    """Something else: ``what`` is Telegram's word for it, such as "sticker", "poll", "dice"."""

    what: str
    edited: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Stopped(Came):
    """The person has blocked the bot or deleted the chat: nothing reaches them any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned(Came):
    """The person has let the bot in again, and not written yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FromGroup(Came):
    """Something in a group or a channel. ``to_us``: the bot was just added, or is spoken to."""

    to_us: bool


def chat_of(update: Mapping[str, Any]) -> int | None:
    """The chat of an update as Telegram sends it; None when it belongs to none. Quick: nothing else is read."""
    for what in update.values():
        if not isinstance(what, dict):
            continue
        for holder in (what, what.get("message")):
            for name in ("chat", "from"):
                of = holder.get(name) if isinstance(holder, dict) else None
                if isinstance(of, dict) and isinstance(of.get("id"), int):
                    return int(of["id"])
    return None
