"""Telling plain text from everything else by decoding it."""

import codecs
import re
from pathlib import Path

_CHUNK = 65_536
_HIDDEN = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
# Markup would be run, not read, by whatever opens it; a letter may still speak of tags further down.
_MARKUP = re.compile(r"\s*<\s*[!?a-z]", re.IGNORECASE)
# What people here write in: UTF-8 today, UTF-16 from Windows' notepad, 1251 from older programs.
_BYTE_ORDER_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def is_plain_text(path: Path) -> bool:
    """Whether the whole file decodes to characters that people read, and does not begin as a page of markup."""
    with path.open("rb") as file:
        start = file.read(4)
    marked = next((name for mark, name in _BYTE_ORDER_MARKS if start.startswith(mark)), "")
    return any(_reads_as(path, encoding) for encoding in ([marked] if marked else ["utf-8", "cp1251"]))


def _reads_as(path: Path, encoding: str) -> bool:
    first = True
    try:
        with path.open(encoding=encoding, newline="") as file:
            while text := file.read(_CHUNK):
                if _HIDDEN.search(text) or (first and _MARKUP.match(text)):
                    return False
                first = False
    except UnicodeError:
        return False
    return not first
