"""Texts with tags, read as strictly as Telegram reads them."""

import re
from html import unescape
from typing import Any

from tests.channels.telegram.bot_api.refused import bad

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
_KINDS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "tg-spoiler": "spoiler",
    "a": "text_link",
}
_TOKEN = re.compile(r"<(/?)([a-zA-Z-]*)([^>]*)>|&(#?\w+);|([^<&]+)|([<&])")
_KNOWN_SIGNS = ("lt", "gt", "amp", "quot")


def units(text: str) -> int:
    """As Telegram counts: in UTF-16."""
    return len(text.encode("utf-16-le")) // 2


def parsed(text: str, parse_mode: str) -> tuple[str, list[dict[str, Any]]]:
    """The plain text and its entities. Other ways to mark than HTML are not spoken here."""
    if not parse_mode:
        return text.strip(), []
    if parse_mode.lower() != "html":
        raise bad("unsupported parse_mode")
    plain, entities, opened = "", [], []
    for match in _TOKEN.finditer(text):
        closing, tag, attributes, sign, words, stray = match.groups()
        if words is not None:
            plain += words
        elif sign is not None:
            if sign not in _KNOWN_SIGNS and not sign.startswith("#"):
                plain += match.group(0)
            else:
                plain += unescape(match.group(0))
        elif stray == "&":
            plain += stray
        elif stray == "<" or not tag:
            raise bad(f"can't parse entities: Unclosed start tag at byte offset {match.start()}")
        elif tag.lower() not in _KINDS:
            raise bad(f'can\'t parse entities: Unsupported start tag "{tag}" at byte offset {match.start()}')
        elif not closing:
            opened.append((tag.lower(), units(plain), attributes))
        else:
            if not opened or opened[-1][0] != tag.lower():
                raise bad(f"can't parse entities: Unmatched end tag at byte offset {match.start()}")
            _name, offset, attributes = opened.pop()
            entity = {"type": _KINDS[tag.lower()], "offset": offset, "length": units(plain) - offset}
            if tag.lower() == "a" and (address := re.search(r'href="([^"]*)"', attributes)):
                entity["url"] = unescape(address[1])
            if entity["length"]:
                entities.append(entity)
    if opened:
        raise bad(f"can't parse entities: Can't find end tag corresponding to start tag \"{opened[-1][0]}\"")
    return plain.strip(), sorted(entities, key=lambda entity: entity["offset"])


def message_text(text: str, parse_mode: str) -> tuple[str, list[dict[str, Any]]]:
    plain, entities = parsed(text, parse_mode)
    if not plain:
        raise bad("message text is empty")
    if units(plain) > TEXT_LIMIT:
        raise bad("message is too long")
    return plain, entities


def caption(text: str, parse_mode: str) -> tuple[str, list[dict[str, Any]]]:
    plain, entities = parsed(text, parse_mode)
    if units(plain) > CAPTION_LIMIT:
        raise bad("message caption is too long")
    return plain, entities
