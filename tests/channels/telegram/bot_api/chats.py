"""What the server knows: chats, their messages, files, and the updates that wait for the bot."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from random import Random
from typing import Any

from tests.channels.telegram.bot_api.refused import bad, forbidden

ALL_BUT = ("chat_member", "message_reaction", "message_reaction_count")


@dataclass(frozen=True, slots=True)
class Kept:
    """A file with Telegram. ``size`` may be told larger than what lies there."""

    id: str
    name: str
    media_type: str
    content: bytes = field(repr=False)
    size: int


@dataclass
class Chat:
    """A chat with the bot: a person's own, or a group."""

    id: int
    kind: str = "private"
    title: str = ""
    language: str = "en"
    blocked: bool = False
    deactivated: bool = False
    begun: bool = False
    left: bool = False
    messages: dict[int, dict[str, Any]] = field(default_factory=dict)
    deleted: set[int] = field(default_factory=set)
    # What the bot sent is read with its keys, which are not part of a message.
    keyboards: dict[int, dict[str, Any]] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        if self.kind == "private":
            return {"id": self.id, "type": "private", "first_name": "Person"}
        return {"id": self.id, "type": self.kind, "title": self.title}

    def person(self) -> dict[str, Any]:
        return {"id": abs(self.id), "is_bot": False, "first_name": "Person", "language_code": self.language}


@dataclass
class Office:
    """All of it, behind one lock: the server and the people of a test are different threads."""

    bot_id: int
    bot_name: str
    lock: threading.RLock = field(default_factory=threading.RLock)
    chats: dict[int, Chat] = field(default_factory=dict)
    files: dict[str, Kept] = field(default_factory=dict)
    waiting: list[dict[str, Any]] = field(default_factory=list)
    ever: list[dict[str, Any]] = field(default_factory=list)
    allowed: list[str] | None = None
    presses: dict[str, dict[str, Any]] = field(default_factory=dict)
    answered: dict[str, str] = field(default_factory=dict)
    webhook: str = ""
    secret: str = ""
    introduced: dict[str, Any] = field(default_factory=dict)
    # With it, what is fetched or delivered comes in any order, and now and then once more.
    scramble: Random | None = None
    on_update: Callable[[], None] = lambda: None
    _messages: Any = field(default_factory=lambda: count(1))
    _updates: Any = field(default_factory=lambda: count(500_000_001))
    _names: Any = field(default_factory=lambda: count(1))

    def bot(self) -> dict[str, Any]:
        return {"id": self.bot_id, "is_bot": True, "first_name": "Qorgau", "username": self.bot_name}

    def me(self) -> dict[str, Any]:
        return {
            **self.bot(),
            "can_join_groups": True,
            "can_read_all_group_messages": False,
            "supports_inline_queries": False,
            "can_connect_to_business": False,
            "has_main_web_app": False,
        }

    # --- Chats ----------------------------------------------------------------------------------------------------

    def open_chat(self, id: int) -> Chat:
        """A chat that the bot may write into; refused as Telegram does when it may not."""
        chat = self.chats.get(id)
        if chat is None or not (chat.begun or chat.kind != "private"):
            raise bad("chat not found")
        if chat.deactivated:
            raise forbidden("user is deactivated")
        if chat.blocked:
            raise forbidden("bot was blocked by the user")
        if chat.left:
            raise forbidden("bot is not a member of the group chat")
        return chat

    def new_message(self, chat: Chat, sender: dict[str, Any], **what: Any) -> dict[str, Any]:
        id = next(self._messages)
        message = {"message_id": id, "from": sender, "chat": chat.as_json(), "date": int(time.time()), **what}
        chat.messages[id] = message
        return message

    def message_of(self, chat: Chat, id: int, called: str) -> dict[str, Any]:
        if id not in chat.messages or id in chat.deleted:
            raise bad(f"message to {called} not found")
        return chat.messages[id]

    # --- Files ----------------------------------------------------------------------------------------------------

    def keep(self, name: str, media_type: str, content: bytes, size: int | None = None) -> Kept:
        id = f"file-{next(self._names)}"
        kept = Kept(id, name, media_type, content, len(content) if size is None else size)
        self.files[id] = kept
        return kept

    # --- Updates --------------------------------------------------------------------------------------------------

    def update(self, kind: str, what: dict[str, Any]) -> int | None:
        """Let something wait for the bot; None when it did not ask for this kind."""
        with self.lock:
            wanted = self.allowed is None or kind in self.allowed
            if not wanted or (self.allowed is None and kind in ALL_BUT):
                return None
            update = {"update_id": next(self._updates), kind: what}
            self.waiting.append(update)
            self.ever.append(update)
        self.on_update()
        return int(update["update_id"])

    def confirm(self, before: int) -> None:
        self.waiting = [update for update in self.waiting if update["update_id"] >= before]

    def next_updates(self, limit: int) -> list[dict[str, Any]]:
        found = self.waiting[:limit]
        if self.scramble is not None and found:
            again = [one for one in self.ever[-20:] if self.scramble.random() < 0.2]
            found = [*found, *again]
            self.scramble.shuffle(found)
        return found
