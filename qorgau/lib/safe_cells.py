"""Cells that stay words: nothing a person typed may run as a formula on the computer of whoever opens the table."""

import re

_FORMULA = frozenset("=+-@\t\r\n|%＝＋－＠")
# What XML cannot hold, and halves of characters.
_IMPOSSIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
LONGEST = 32_767
"""Characters that a cell of a spreadsheet holds; it refuses the whole file for one more."""
_CUT = " …"


def plain(text: str) -> str:
    """The text without signs that no table can hold, short enough for one cell."""
    if not text.isprintable():
        text = _IMPOSSIBLE.sub("", text)
    return text if len(text) <= LONGEST else text[: LONGEST - len(_CUT)] + _CUT


def harmless(text: str) -> str:
    """The text for a table without types, such as CSV: an apostrophe before what a spreadsheet would run.

    Source: OWASP, "CSV Injection". A blank before the sign saves nobody, some programs skip it.
    """
    text = plain(text)
    if text and (text[0] in _FORMULA or (text[0].isspace() and text.lstrip()[:1] in _FORMULA)):
        return "'" + text
    return text
