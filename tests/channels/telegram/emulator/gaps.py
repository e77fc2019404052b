"""What the emulator leaves out of an object or puts otherwise than Telegram, put right."""

from collections.abc import Mapping
from typing import Any

_MILLISECONDS_FROM = 100_000_000_000
"""As seconds this is the year 5138: a larger number is a moment in milliseconds."""
_OF_THE_REQUEST = ("chat_id", "botToken", "parse_mode", "link_preview_options", "disable_notification")


def bot(said: Mapping[str, Any]) -> dict[str, Any]:
    """A bot says that it is one."""
    return {**said, "is_bot": True}


def message(said: Mapping[str, Any], me: Mapping[str, Any]) -> dict[str, Any]:
    """A message of the bot: from whom it is, its moment in seconds, nothing of the request that made it, and of the
    keyboards only those that hang on a message.
    """
    kept = {name: value for name, value in said.items() if name not in _OF_THE_REQUEST}
    markup = kept.pop("reply_markup", None)
    if markup and markup.get("inline_keyboard"):
        kept["reply_markup"] = markup
    if not kept.get("entities"):
        kept.pop("entities", None)
    if kept["date"] > _MILLISECONDS_FROM:
        kept["date"] //= 1000
    return {**kept, "message_id": int(kept["message_id"]), "from": dict(me)}


def kept_message(entry: Mapping[str, Any], me: Mapping[str, Any]) -> dict[str, Any]:
    """A message of the bot as the emulator keeps it for the people it writes to."""
    said = entry["message"]
    chat = {"id": int(said["chat_id"]), "type": "private", "first_name": "Person"}
    return message({**said, "message_id": entry["messageId"], "date": entry["time"], "chat": chat}, me)


def update(said: Mapping[str, Any]) -> dict[str, Any]:
    """An update: without the token that clients of the emulator write into it, and a press names its chat."""
    told = dict(said)
    if "message" in told:
        told["message"] = {name: value for name, value in told["message"].items() if name != "botToken"}
    if "callback_query" in told:
        query = told["callback_query"]
        told["callback_query"] = {**query, "chat_instance": str(query["message"]["chat"]["id"])}
    return told
