"""Values that lie sealed, and the keyed hashes by which they are found.

Sealing is AES-256-GCM; the first byte names the key, so that keys can be changed while old values stay readable.
Hashes are BLAKE2b keyed outside the database: without the key a hash of a twelve-digit number tells nothing.
"""

import base64
import hmac
import os
from functools import cache
from hashlib import blake2b

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

_KEY_NUMBER = b"\x01"
_NONCE_BYTES = 12


class CannotUnseal(Exception):
    """The value was sealed with another key, or was changed."""


def read_key(text: str) -> bytes:
    """A 32-byte key from its base64 form; raises ValueError for anything else."""
    key = base64.b64decode(text, validate=True)
    if len(key) != 32:
        raise ValueError("a key of 32 bytes in base64 is expected")
    return key


@cache
def _derived(purpose: str) -> bytes:
    return blake2b(purpose.encode(), key=read_key(settings.DATA_KEY), digest_size=32).digest()


def seal(text: str) -> bytes:
    """The text, encrypted; sealing twice gives two different values."""
    return seal_bytes(text.encode())


def unseal(sealed: bytes) -> str:
    """The text that was sealed; raises CannotUnseal when the value is not one of ours."""
    return unseal_bytes(sealed).decode()


def seal_bytes(value: bytes) -> bytes:
    """What is no text, such as a file that fits into memory, encrypted the same way."""
    nonce = os.urandom(_NONCE_BYTES)
    return _KEY_NUMBER + nonce + AESGCM(_derived("seal")).encrypt(nonce, value, None)


def unseal_bytes(sealed: bytes) -> bytes:
    """What was sealed; raises CannotUnseal when the value is not one of ours."""
    nonce, body = sealed[1 : 1 + _NONCE_BYTES], sealed[1 + _NONCE_BYTES :]
    try:
        return AESGCM(_derived("seal")).decrypt(nonce, body, None)
    except InvalidTag as error:
        raise CannotUnseal from error


def keyed_digest(purpose: str, text: str, size: int = 16) -> bytes:
    """BLAKE2b of the text under a key that belongs to one purpose; `size` in bytes."""
    return blake2b(text.encode(), key=_derived(purpose), digest_size=size).digest()


def key_for(purpose: str) -> bytes:
    """The key of `keyed_digest` for a purpose, for processes that make millions of them without the settings."""
    return _derived(purpose)


def file_key(salt: bytes) -> bytes:
    """The key of one sealed file (`sealed_files.py`), of 32 bytes; the salt stands at its beginning."""
    return blake2b(salt, key=_derived("sealed file"), digest_size=32).digest()


def keyed_hash(text: str) -> bytes:
    """The 128-bit keyed hash by which an identity number is looked up."""
    return keyed_digest("identity", text)


def same(one: bytes, other: bytes) -> bool:
    """Equality in constant time."""
    return hmac.compare_digest(one, other)
