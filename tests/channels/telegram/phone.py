"""A person with a telephone: writes to the bot, and reads what it says. No network between them."""

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from qorgau.channels.telegram.inbox import take_in
from qorgau.channels.telegram.papers import PAPERS
from qorgau.channels.telegram.turns import take_turn
from qorgau.lib.sealed import unseal
from qorgau.lib.telegram.says import Acknowledge, Button, Delete, Message, Paper, Say, from_json
from qorgau.notices.chats.models import Saying

BOT = "4242"
NOW = datetime(2026, 11, 28, 7, 0, tzinfo=UTC)
_UPDATES = count(1)
_MESSAGES = count(100)


@dataclass
class Phone:
    """One chat. What was said last is in ``said``; the queue is emptied as Telegram would."""

    chat: int = 700_000_001
    language: str = "en"
    now: datetime = NOW
    said: list[Say] = field(default_factory=list)

    # --- What the person does -------------------------------------------------------------------------------------

    def writes(self, text: str, **more: Any) -> "Phone":
        return self.sends(text=text, **more)

    def sends(self, **what: Any) -> "Phone":
        """A message with anything in it, as Telegram puts it."""
        return self.delivered({"message": self.message(**what)})

    def edits(self, **what: Any) -> "Phone":
        return self.delivered({"edited_message": {**self.message(**what), "edit_date": self._seconds()}})

    def presses(self, text: str) -> "Phone":
        """The button with these words under what was said last."""
        return self.presses_data(self.button(text).data)

    def presses_data(self, data: str, message: int | None = 7) -> "Phone":
        query: dict[str, Any] = {"id": "press", "from": self._person(), "chat_instance": "1", "data": data}
        if message is not None:
            query["message"] = {"message_id": message, "chat": self._chat(), "date": self._seconds(), "text": "…"}
        return self.delivered({"callback_query": query})

    def delivered(self, what: dict[str, Any], *, update_id: int | None = None) -> "Phone":
        """An update comes, and is answered."""
        self.comes(what, update_id=update_id)
        while take_turn(self.now):
            pass
        self.said = self.reads()
        return self

    def comes(self, what: dict[str, Any], *, update_id: int | None = None) -> int:
        """An update comes and waits; how many were new."""
        update_id = next(_UPDATES) if update_id is None else update_id
        return take_in(BOT, [{"update_id": update_id, **what}], self.now)

    def later(self, **how_much: float) -> "Phone":
        self.now += timedelta(**how_much)
        return self

    # --- What the person sees -------------------------------------------------------------------------------------

    def reads(self) -> list[Say]:
        """What waits for this chat, taken out of the queue."""
        rows = Saying.objects.filter(chat_id=self.chat).order_by("pk")
        said = [from_json(json.loads(unseal(bytes(row.content)))) for row in rows]
        rows.delete()
        return said

    @property
    def messages(self) -> list[Message]:
        return [say for say in self.said if isinstance(say, Message)]

    @property
    def text(self) -> str:
        """All words of what was said last."""
        return "\n".join(part for say in self.messages for part in (say.title, say.text) if part)

    @property
    def buttons(self) -> list[str]:
        return [button.text for say in self.messages for row in say.buttons for button in row]

    @property
    def deleted(self) -> list[int]:
        return [say.message for say in self.said if isinstance(say, Delete)]

    @property
    def acknowledged(self) -> bool:
        return any(isinstance(say, Acknowledge) for say in self.said)

    def button(self, text: str) -> Button:
        found = [button for say in self.messages for row in say.buttons for button in row if button.text == text]
        assert found, f"no button {text!r} among {self.buttons}"
        return found[-1]

    @property
    def papers(self) -> list[tuple[str, bytes]]:
        """Name and content of what was promised last, made as it is when it is said."""
        promised = [say.document for say in self.messages if isinstance(say.document, Paper)]
        return [(paper.name, PAPERS[paper.kind](paper)) for paper in promised]

    # --- As Telegram puts it --------------------------------------------------------------------------------------

    def message(self, **what: Any) -> dict[str, Any]:
        return {
            "message_id": next(_MESSAGES),
            "from": self._person(),
            "chat": self._chat(),
            "date": self._seconds(),
            **what,
        }

    def _person(self) -> dict[str, Any]:
        return {"id": self.chat, "is_bot": False, "first_name": "Person", "language_code": self.language}

    def _chat(self) -> dict[str, Any]:
        return {"id": self.chat, "type": "private", "first_name": "Person"}

    def _seconds(self) -> int:
        return int(self.now.timestamp())
