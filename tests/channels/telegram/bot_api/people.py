"""People who use the bot: what they do becomes updates, and what the bot says they read."""

import time
from dataclasses import dataclass
from itertools import count
from typing import Any

from tests.channels.telegram.bot_api.chats import Chat, Office

_PRESSES = count(1)
_ALBUMS = count(9_000_001)


@dataclass(frozen=True, slots=True)
class Seen:
    """A message of the bot as it stands in the chat."""

    id: int
    text: str
    buttons: dict[str, str]
    keys: tuple[str, ...] = ()
    picture: bytes = b""
    document: bytes = b""
    name: str = ""


class Person:
    """Somebody with Telegram, and their chat with the bot."""

    def __init__(self, office: Office, chat: Chat, phone: str) -> None:
        self._office = office
        self._chat = chat
        self.phone = phone

    @property
    def id(self) -> int:
        return self._chat.id

    # --- What they do ---------------------------------------------------------------------------------------------

    def starts(self, argument: str = "") -> dict[str, Any]:
        return self.writes(f"/start {argument}".strip())

    def writes(self, text: str, **more: Any) -> dict[str, Any]:
        word = text.split(maxsplit=1)[0] if text.startswith("/") else ""
        command = {"entities": [{"type": "bot_command", "offset": 0, "length": len(word)}]} if word else {}
        return self.sends(text=text, **command, **more)

    def sends(self, **what: Any) -> dict[str, Any]:
        """A message with anything in it, as Telegram puts it."""
        with self._office.lock:
            self._chat.begun = True
            if self._chat.blocked:
                self._unblock()
            message = self._office.new_message(self._chat, self._chat.person(), **what)
            self._office.update("message", message)
        return message

    def edits(self, message: dict[str, Any], text: str) -> None:
        with self._office.lock:
            message = {**message, "text": text, "edit_date": int(time.time())}
            self._chat.messages[message["message_id"]] = message
            self._office.update("edited_message", message)

    def presses(self, text: str) -> str:
        """The newest button with these words; the number of the press."""
        for seen in reversed(self.sees):
            if text in seen.buttons:
                return self.presses_data(seen.buttons[text], seen.id)
        raise AssertionError(f"no button {text!r} among {[seen.buttons for seen in self.sees][-3:]}")

    def presses_data(self, data: str, message: int) -> str:
        with self._office.lock:
            press = f"press-{next(_PRESSES)}"
            query = {
                "id": press,
                "from": self._chat.person(),
                "message": self._chat.messages[message],
                "chat_instance": str(self._chat.id),
                "data": data,
            }
            self._office.presses[press] = query
            self._office.update("callback_query", query)
        return press

    def sends_photo(self, content: bytes, *, caption: str = "", **more: Any) -> dict[str, Any]:
        kept = self._office.keep("photo.jpg", "image/jpeg", content)
        size = {"file_id": kept.id, "file_unique_id": f"unique-{kept.id}", "file_size": kept.size}
        photo = [{**size, "width": 90, "height": 90}, {**size, "width": 800, "height": 800}]
        return self.sends(photo=photo, **({"caption": caption} if caption else {}), **more)

    def sends_album(self, *pictures: bytes, caption: str = "") -> list[dict[str, Any]]:
        """Photos that belong together: Telegram delivers one by one, the words with the first."""
        album = str(next(_ALBUMS))
        return [
            self.sends_photo(picture, caption=caption if place == 0 else "", media_group_id=album)
            for place, picture in enumerate(pictures)
        ]

    def sends_file(
        self, name: str, content: bytes, media_type: str, *, size: int | None = None, caption: str = ""
    ) -> dict[str, Any]:
        """A file; ``size`` tells a larger one than it is, so that nobody has to carry 21 MB."""
        kept = self._office.keep(name, media_type, content, size)
        document = {
            "file_id": kept.id,
            "file_unique_id": f"unique-{kept.id}",
            "file_name": name,
            "mime_type": media_type,
            "file_size": kept.size,
        }
        return self.sends(document=document, **({"caption": caption} if caption else {}))

    def speaks(self, content: bytes, *, seconds: int = 4) -> dict[str, Any]:
        """A voice note."""
        kept = self._office.keep("", "audio/ogg", content)
        return self.sends(
            voice={
                "file_id": kept.id,
                "file_unique_id": f"unique-{kept.id}",
                "duration": seconds,
                "mime_type": "audio/ogg",
                "file_size": kept.size,
            }
        )

    def shares_contact(self, phone: str = "", *, of: int | None = None) -> dict[str, Any]:
        """A telephone of the address book: their own, or that of somebody else."""
        contact = {"phone_number": phone or self.phone, "first_name": "Person", "user_id": of or self.id}
        return self.sends(contact=contact)

    def shares_location(self, latitude: float, longitude: float) -> dict[str, Any]:
        return self.sends(location={"latitude": latitude, "longitude": longitude})

    def blocks(self) -> None:
        """Block the bot: Telegram tells it."""
        with self._office.lock:
            self._chat.blocked = True
            self._member("member", "kicked")

    def deletes_the_account(self) -> None:
        """Nobody is told of that."""
        self._chat.deactivated = True

    # --- What they see --------------------------------------------------------------------------------------------

    @property
    def sees(self) -> list[Seen]:
        """What the bot said and did not take back, the newest last."""
        with self._office.lock:
            return [
                self._seen(message)
                for id, message in self._chat.messages.items()
                if message["from"]["is_bot"] and id not in self._chat.deleted
            ]

    @property
    def said(self) -> list[Seen]:
        """Everything that the bot ever said, taken back or not."""
        with self._office.lock:
            return [self._seen(message) for message in self._chat.messages.values() if message["from"]["is_bot"]]

    def said_since(self, message: int) -> list[Seen]:
        """What the bot said after a message of this number."""
        with self._office.lock:
            since = [one for id, one in self._chat.messages.items() if id > message and one["from"]["is_bot"]]
            return [self._seen(message) for message in since]

    @property
    def newest(self) -> int:
        """The number of the newest message of this chat, 0 before the first."""
        with self._office.lock:
            return max(self._chat.messages, default=0)

    @property
    def text(self) -> str:
        return "\n\n".join(seen.text for seen in self.sees)

    @property
    def own_messages(self) -> list[dict[str, Any]]:
        """What they wrote and is still there."""
        with self._office.lock:
            return [
                message
                for id, message in self._chat.messages.items()
                if not message["from"]["is_bot"] and id not in self._chat.deleted
            ]

    def wait_for(self, words: str, *, after: int = 0, seconds: float = 15) -> Seen:
        """The first message of the bot with these words after a message of a number."""
        ends = time.monotonic() + seconds
        while time.monotonic() < ends:
            for seen in self.said:
                if seen.id > after and (words in seen.text or words in seen.buttons):
                    return seen
            time.sleep(0.02)
        raise AssertionError(f"{words!r} was not said; the last was {self.said[-1:]}")

    def _seen(self, message: dict[str, Any]) -> Seen:
        markup = message.get("reply_markup", {}).get("inline_keyboard", [])
        keyboard = self._chat.keyboards.get(message["message_id"], {}).get("keyboard", [])
        photo, document = message.get("photo"), message.get("document")
        return Seen(
            id=message["message_id"],
            text=message.get("text") or message.get("caption", ""),
            buttons={one["text"]: one.get("callback_data") or one.get("url") for row in markup for one in row},
            keys=tuple(key if isinstance(key, str) else key["text"] for row in keyboard for key in row),
            picture=self._office.files[photo[-1]["file_id"]].content if photo else b"",
            document=self._office.files[document["file_id"]].content if document else b"",
            name=document["file_name"] if document else "",
        )

    def _unblock(self) -> None:
        self._chat.blocked = False
        self._member("kicked", "member")

    def _member(self, before: str, after: str) -> None:
        def member(status: str) -> dict[str, Any]:
            until = {"until_date": 0} if status == "kicked" else {}
            return {"user": self._office.bot(), "status": status, **until}

        self._office.update(
            "my_chat_member",
            {
                "chat": self._chat.as_json(),
                "from": self._chat.person(),
                "date": int(time.time()),
                "old_chat_member": member(before),
                "new_chat_member": member(after),
            },
        )
