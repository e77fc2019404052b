"""Values behind a name that tells nothing, is always the same, and that only we can see through.

AES-SIV (RFC 5297): without the key a name can neither be read nor made up, and the same value has the same name. Each
owner of names has names of their own, so that two of them cannot put theirs together.
"""

from functools import cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV

from qorgau.lib.sealed import keyed_digest

_KEY_BYTES = 64


class NotDisguised(Exception):
    """The name is none of ours, or another owner's."""


def disguise(purpose: str, value: bytes, *, owner: str) -> bytes:
    """The name of a value, 16 bytes longer than it."""
    return _cipher(purpose).encrypt(value, [owner.encode()])


def see_through(purpose: str, name: bytes, *, owner: str) -> bytes:
    """The value behind a name. Raises NotDisguised."""
    try:
        return _cipher(purpose).decrypt(name, [owner.encode()])
    except (InvalidTag, ValueError) as error:
        raise NotDisguised from error


@cache
def _cipher(purpose: str) -> AESSIV:
    return AESSIV(keyed_digest("disguise", purpose, size=_KEY_BYTES))
