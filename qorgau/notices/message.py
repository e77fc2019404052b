"""What a message is made of: sentences that are whole or left out, and the room that an SMS has."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

SMS_LIMIT = 134
"""Units of UCS-2 in two linked segments: what a text with Cyrillic letters may take."""
_PLAIN_LIMIT = 306
"""Letters of the alphabet of GSM in as many."""


@dataclass(frozen=True, slots=True)
class Message:
    """What leaves. `secrets` are the parts of the body that no log may hold; `stop` is the address that ends letters of
    this kind, where there is one.
    """

    subject: str
    body: str = field(repr=False)
    secrets: tuple[str, ...] = field(default=(), repr=False)
    stop: str = field(default="", repr=False)


def sms_length(text: str) -> int:
    """Units of UCS-2: letters beyond the basic plane count twice."""
    return len(text.encode("utf-16-le")) // 2


def fits_two_segments(text: str) -> bool:
    """Whether an SMS of this text takes two segments at most; plain Latin letters take less than half the room."""
    return len(text) <= _PLAIN_LIMIT if text.isascii() else sms_length(text) <= SMS_LIMIT


def join(sentences: tuple[str, ...], facts: Mapping[str, str]) -> str:
    """The sentences one after the other in the current language; one that speaks of something unknown is left out."""
    said = (_say(sentence, facts) for sentence in sentences)
    return " ".join(sentence for sentence in said if sentence)


def _say(sentence: str, facts: Mapping[str, str]) -> str:
    try:
        return _(sentence).format_map(facts)
    except KeyError:
        return ""
