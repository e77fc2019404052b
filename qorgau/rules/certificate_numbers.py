"""Numbers of certificates: ``A26-0001234-9``, a letter before a number like those of appeals.

The letter (А, for «ақпарат») looks the same on a Latin and a Cyrillic keyboard, so either may be typed; it is written
in Latin. The check digit is that of `numbers.py`.
"""

from __future__ import annotations

import re

from qorgau.rules.numbers import make_number, parse_number
from qorgau.rules.problems import Problem
from qorgau.rules.sentences import N_, Sentence

LETTER = "A"
_BEFORE = re.compile(r"^\s*(?:(?:№|#)\s*)?[AaАа]\s*", re.IGNORECASE)


def make_certificate_number(year: int, serial: int) -> str:
    """The number of a certificate made in a ``year``. Raises ``ValueError`` where `make_number` does."""
    return LETTER + make_number(year, serial)


EXAMPLE = make_certificate_number(2026, 1234)
"""A well-formed number, to show people what one looks like."""


def parse_certificate_number(text: str) -> str:
    """The number a person meant, in its one written form; forgives what `parse_number` forgives, and a missing letter.

    Raises Problem (field ``number``) when nothing was typed and for what cannot be the number of a certificate.
    """
    if not text.strip():
        raise Problem(
            Sentence(N_("Write the number of the certificate. It looks like {example}."), {"example": EXAMPLE}),
            "number",
        )
    try:
        return LETTER + parse_number(_BEFORE.sub("", text))
    except Problem as problem:
        raise Problem(
            Sentence(
                N_(
                    "This is not the number of a certificate, or it has a slip. It looks like {example}. "
                    "Please compare it with the paper."
                ),
                {"example": EXAMPLE},
            ),
            "number",
        ) from problem
