"""What people paste, without the characters that hide or reorder text."""

import re
import unicodedata

# Control characters but tab and newline; marks that turn the direction of text; zero-width blanks, the BOM, and
# the hyphen that Word hides in a word, which would tear the word apart for the search.
# The zero-width joiner stays: family emoji are made of it.
_HIDDEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_NEWLINES = re.compile(r"\r\n?|\u2028|\u2029|\x0b|\x0c")
_LONE_SURROGATES = re.compile(r"[\ud800-\udfff]")


def clean(text: str) -> str:
    """The same words in composed form, newlines as newlines, hidden characters gone, blanks at both ends gone."""
    if text.isascii() and text.isprintable():
        return text.strip()  # nothing of the kind can be in it; most lines of a form are empty or digits
    text = _LONE_SURROGATES.sub("\ufffd", text)
    text = _HIDDEN.sub("", _NEWLINES.sub("\n", text))
    return unicodedata.normalize("NFC", text).strip()


def clean_line(text: str) -> str:
    """`clean`, on one line with single blanks."""
    return " ".join(clean(text).split())
