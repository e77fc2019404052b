"""Taking an opened appeal along to the site: a sealed word in an address, good for ten minutes.

It is made for whoever has the appeal open already, and bound to the version of its code, so that a new code ends it.
"""

import base64
import binascii
from datetime import UTC, datetime, timedelta

from qorgau.lib.sealed import CannotUnseal, seal, unseal
from qorgau.register.models import Appeal

LASTS = timedelta(minutes=10)
_MARK = "taken along"


def word_for(appeal: Appeal, *, at: datetime) -> str:
    """What stands in the address. Nothing of the appeal can be read in it."""
    said = f"{_MARK}\n{int(at.timestamp())}\n{appeal.number}\n{appeal.code_version}"
    return base64.urlsafe_b64encode(seal(said)).decode().rstrip("=")


def opened_by_word(word: str, *, at: datetime) -> Appeal | None:
    """The appeal, if the word is one of ours and not too old; None otherwise."""
    try:
        mark, made, number, version = unseal(base64.urlsafe_b64decode(word + "=" * (-len(word) % 4))).split("\n")
    except (CannotUnseal, binascii.Error, ValueError):
        return None
    age = at - datetime.fromtimestamp(int(made), UTC)
    if mark != _MARK or not timedelta() <= age + timedelta(seconds=1) or age > LASTS:
        return None
    return Appeal.objects.filter(number=number, code_version=int(version)).first()
