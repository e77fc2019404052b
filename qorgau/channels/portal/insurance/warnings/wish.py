"""What somebody asked for, carried sealed from the form to the code: nothing is kept before it is confirmed."""

import base64
import binascii
import json
import time
from dataclasses import asdict
from uuid import UUID

from qorgau.insured.warnings.subscribing import Wish
from qorgau.lib.sealed import CannotUnseal, seal, unseal

FIELD = "wish"
SECONDS = 30 * 60
_MARK = "to be warned"


def carried_wish(wish: Wish) -> str:
    """What a hidden field carries."""
    words = json.dumps([_MARK, int(time.time()), asdict(wish) | {"person": wish.person.hex}])
    return base64.urlsafe_b64encode(seal(words)).decode()


def wish_in(said: str) -> Wish | None:
    """The wish that a field carries; None when it was changed, or made more than half an hour ago."""
    try:
        mark, made_at, fields = json.loads(unseal(base64.urlsafe_b64decode(said.encode())))
    except (CannotUnseal, binascii.Error, ValueError):
        return None
    if mark != _MARK or not 0 <= time.time() - made_at <= SECONDS:
        return None
    return Wish(**fields | {"person": UUID(fields["person"])})
