"""Access codes: with the number, the code opens an appeal to the person who filed it, without an account.

Ten symbols of 32 are 50 bits of chance. The alphabet is Crockford's base 32: no O beside 0, no I or L beside 1, no U
beside V, so a code can be read over the phone and copied by hand.
"""

from __future__ import annotations

import re

from qorgau.rules.problems import Problem
from qorgau.rules.sentences import N_, Sentence

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
EXAMPLE = "K7M4-Q9TX-2F"
BYTES_NEEDED = 7
"""How many random bytes :func:`format_code` needs (10 symbols of 5 bits are 50 bits)."""

_SYMBOLS = 10
_MAX_TYPED = 64
_SEPARATORS = re.compile(r"[\s\-‐-―−_.]+")
_LOOK_ALIKES = str.maketrans(
    {
        **dict(zip("OILU", "011V", strict=True)),
        **dict(zip("АВЕЗКМНОРСТУХІҮҺ", "ABE3KMH0PCTYX1YH", strict=True)),  # Cyrillic letters typed for Latin ones
    }
)


def format_code(randomness: bytes) -> str:
    """A code such as ``K7M4-Q9TX-2F`` from at least 7 random bytes; raises ``ValueError`` for fewer."""
    if len(randomness) < BYTES_NEEDED:
        raise ValueError(f"a code needs {BYTES_NEEDED} random bytes, not {len(randomness)}")
    number = int.from_bytes(randomness[:BYTES_NEEDED], "big")
    return _in_groups("".join(ALPHABET[number >> 5 * place & 31] for place in range(_SYMBOLS)))


def normalise_code(text: str) -> str:
    """The code a person meant, in its one written form.

    Forgives case, spaces, dashes, letters that look alike and Cyrillic letters typed for Latin ones. Raises Problem
    (field ``code``) when what was typed cannot be a code at all.
    """
    symbols = _SEPARATORS.sub("", text[:_MAX_TYPED]).upper().translate(_LOOK_ALIKES)
    if len(text) > _MAX_TYPED or len(symbols) != _SYMBOLS or not set(symbols) <= set(ALPHABET):
        raise Problem(
            Sentence(N_("The access code has ten letters and digits and looks like {example}."), {"example": EXAMPLE}),
            "code",
        )
    return _in_groups(symbols)


def _in_groups(symbols: str) -> str:
    return f"{symbols[:4]}-{symbols[4:8]}-{symbols[8:]}"
