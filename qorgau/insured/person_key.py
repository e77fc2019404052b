"""The hash that stands for a person in the register: BLAKE2b of the identity number, 128 bits.

Its key is derived from QORGAU_DATA_KEY for this purpose alone, so the hash is another one than that by which the
register of appeals finds people: without the key, rows of the two cannot be brought together.
"""

from uuid import UUID

from qorgau.lib.sealed import keyed_digest

PURPOSE = "insured"


def person_key(iin: str) -> UUID:
    """The hash of an identity number of twelve ASCII digits."""
    return UUID(bytes=keyed_digest(PURPOSE, iin))
