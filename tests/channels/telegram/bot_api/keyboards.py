"""Buttons under messages and keys below the input field, checked as Telegram checks them."""

from typing import Any
from urllib.parse import urlsplit

from tests.channels.telegram.bot_api.refused import bad

DATA_LIMIT = 64
BUTTONS_LIMIT = 100
_ROW_LIMIT = 8
_ACTIONS = ("callback_data", "url", "web_app", "switch_inline_query", "login_url", "copy_text")


def checked(markup: dict[str, Any] | None) -> dict[str, Any] | None:
    """The markup; refused when Telegram would not take it."""
    if markup is None:
        return None
    if "inline_keyboard" in markup:
        _buttons(_rows(markup["inline_keyboard"], "inline keyboard"))
    elif "keyboard" in markup:
        _keys(_rows(markup["keyboard"], "keyboard"))
    elif markup.get("remove_keyboard") is not True and "force_reply" not in markup:
        raise bad("object expected as reply markup")
    return markup


def _rows(rows: Any, called: str) -> list[list[Any]]:
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad(f"can't parse {called}: Array of Array expected")
    if sum(map(len, rows)) > BUTTONS_LIMIT:
        raise bad("reply markup is too long")
    if any(len(row) > _ROW_LIMIT for row in rows):
        raise bad("too many buttons in a row")
    return rows


def _buttons(rows: list[list[Any]]) -> None:
    for button in (button for row in rows for button in row):
        if not isinstance(button, dict):
            raise bad("can't parse inline keyboard button: Object expected")
        if not isinstance(button.get("text"), str) or not button["text"].strip():
            raise bad("can't parse inline keyboard button: Can't find field \"text\"")
        actions = [name for name in _ACTIONS if button.get(name) is not None]
        if len(actions) != 1:
            raise bad(
                "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
                if not actions
                else "BUTTON_TYPE_INVALID"
            )
        if actions == ["callback_data"] and not 1 <= len(button["callback_data"].encode()) <= DATA_LIMIT:
            raise bad("BUTTON_DATA_INVALID")
        if actions == ["url"]:
            _address(button["url"])


def _address(url: str) -> None:
    """Telegram takes no address without a dot in it, such as that of this machine by its name."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https", "tg") or (parts.scheme != "tg" and "." not in (parts.hostname or "")):
        raise bad(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")


def _keys(rows: list[list[Any]]) -> None:
    if not any(rows):
        raise bad("reply keyboard is empty")
    for key in (key for row in rows for key in row):
        text = key if isinstance(key, str) else key.get("text") if isinstance(key, dict) else None
        if not isinstance(text, str) or not text.strip():
            raise bad("text of a keyboard button is empty")
        if isinstance(key, dict) and key.get("request_contact") and key.get("request_location"):
            raise bad("can't parse keyboard button: more than one request")
