"""Somebody who writes to the bot through the emulator, as its own client does, and reads with a parser of others."""

import json
import time
import urllib.request
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import telegram

from tests.channels.telegram.emulator import gaps
from tests.channels.telegram.emulator.shim import Shim

_SECONDS_FOR_AN_ANSWER = 60
_SECONDS_BETWEEN_LOOKS = 0.05
_CHATS = count(900_000_001)
_BOT = {"id": 666, "is_bot": True, "first_name": "Bot"}


@dataclass
class Person:
    """A private chat with the bot. ``read`` is the newest message that was waited for."""

    shim: Shim
    language: str
    chat: int = field(default_factory=lambda: next(_CHATS))
    read: int = 0

    # --- What they do ---------------------------------------------------------------------------------------------

    def writes(self, text: str) -> None:
        if text.startswith("/"):
            entity = {"type": "bot_command", "offset": 0, "length": len(text.split()[0])}
            self._ask("sendCommand", {**self._message(), "text": text, "entities": [entity]})
        else:
            self.sends(text=text)

    def sends(self, **what: Any) -> None:
        """A message with anything in it, as Telegram puts it."""
        self._ask("sendMessage", {**self._message(), **what})

    def sends_photo(self, content: bytes, caption: str) -> None:
        file_id = self.shim.keep("photo.jpg", "image/jpeg", content)
        size = {"file_id": file_id, "file_unique_id": f"unique-{file_id}", "width": 60, "height": 40}
        self.sends(photo=[{**size, "file_size": len(content)}], caption=caption)

    def presses(self, text: str) -> None:
        """The newest button with these words."""
        for seen in reversed(self.sees):
            if text in (buttons := buttons_of(seen)):
                press = {**self._message(), "message": seen.to_dict(), "data": buttons[text]}
                self._ask("sendCallback", press)
                return
        raise AssertionError(f"no button {text!r} among {[buttons_of(seen) for seen in self.sees][-3:]}")

    # --- What they see --------------------------------------------------------------------------------------------

    @property
    def sees(self) -> list[telegram.Message]:
        """What the bot said and did not take back, the newest last."""
        kept = (entry for entry in self._history() if entry.get("message", {}).get("chat_id") == self.chat)
        read = (telegram.Message.de_json(gaps.kept_message(entry, _BOT)) for entry in kept)
        return sorted(read, key=lambda message: message.message_id)

    @property
    def own_words(self) -> list[str]:
        """What they wrote and is still in the chat."""
        kept = (entry["message"] for entry in self._history() if "message" in entry)
        return [one["text"] for one in kept if one.get("chat", {}).get("id") == self.chat and "text" in one]

    def waits_for(self, words: str) -> telegram.Message:
        """A message with these words, or with a button of these words, that was not waited for before."""
        ends = time.monotonic() + _SECONDS_FOR_AN_ANSWER
        while time.monotonic() < ends:
            for seen in self.sees:
                if seen.message_id > self.read and (words in words_of(seen) or words in buttons_of(seen)):
                    self.read = seen.message_id
                    return seen
            time.sleep(_SECONDS_BETWEEN_LOOKS)
        last = [words_of(seen) for seen in self.sees[-2:]]
        raise AssertionError(f"{words!r} was not said; the last was {last}; the webhook said {self.shim.delivered}")

    def hears(self, words: str, *, after_pressing: str = "", after_writing: str = "") -> telegram.Message:
        """Do something, and wait for an answer with these words."""
        if after_pressing:
            self.presses(after_pressing)
        else:
            self.writes(after_writing)
        return self.waits_for(words)

    def file(self, message: telegram.Message) -> bytes:
        """The picture or the document of a message."""
        sent = message.photo[-1] if message.photo else message.document
        assert sent is not None
        return self.shim.files[sent.file_id].content

    # --- As the client of the emulator does it --------------------------------------------------------------------

    def _message(self) -> dict[str, Any]:
        person = {"id": self.chat, "is_bot": False, "first_name": "Person", "language_code": self.language}
        return {
            "botToken": self.shim.token,
            "date": int(time.time()),
            "from": person,
            "chat": {"id": self.chat, "type": "private", "first_name": "Person"},
        }

    def _history(self) -> list[dict[str, Any]]:
        return list(self._ask("getUpdatesHistory", {"token": self.shim.token}))

    def _ask(self, what: str, said: dict[str, Any]) -> Any:
        request = urllib.request.Request(
            f"{self.shim.emulator}/{what}", json.dumps(said).encode(), {"Content-Type": "application/json"}
        )
        with urllib.request.urlopen(request, timeout=_SECONDS_FOR_AN_ANSWER) as answer:
            return json.load(answer)["result"]


def words_of(message: telegram.Message) -> str:
    """What stands in a message; of a file without words its name."""
    return message.text or message.caption or (message.document and message.document.file_name) or ""


def buttons_of(message: telegram.Message) -> dict[str, str]:
    markup = message.reply_markup
    if markup is None:
        return {}
    return {str(one.text): str(one.callback_data or one.url) for row in markup.inline_keyboard for one in row}
