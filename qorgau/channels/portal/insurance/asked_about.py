"""Whom a page is about, carried from one form to the next: sealed, in a hidden field, for half an hour.

An identity number is in no address and, once typed, in no page: what people see of it is masked.
"""

import base64
import binascii
import time

from qorgau.lib.sealed import CannotUnseal, seal, unseal

FIELD = "person"
SECONDS = 30 * 60
_MARK = "asked about"


def carried(iin: str) -> str:
    """What a hidden field carries instead of the number."""
    return base64.urlsafe_b64encode(seal(f"{_MARK}\n{int(time.time())}\n{iin}")).decode()


def asked_about(said: str) -> str | None:
    """The number that a field carries; None when it was changed, or made more than half an hour ago."""
    try:
        mark, made_at, iin = unseal(base64.urlsafe_b64decode(said.encode())).split("\n")
    except (CannotUnseal, binascii.Error, ValueError):
        return None
    if mark != _MARK or not 0 <= time.time() - int(made_at) <= SECONDS:
        return None
    return iin
