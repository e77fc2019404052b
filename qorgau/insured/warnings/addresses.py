"""Addresses of subscribers: sealed where they are kept, found by a keyed hash of its own."""

from qorgau.insured.warnings.models import Subscription
from qorgau.lib.sealed import keyed_digest, unseal

PURPOSE = "warnings address"


def address_hash(channel: str, address: str) -> bytes:
    """The hash by which an address in its one written form is found."""
    return keyed_digest(PURPOSE, f"{channel}\n{address}")


def address_of(subscription: Subscription) -> str:
    """The address itself, for the moment in which a message leaves."""
    return unseal(bytes(subscription.address_sealed))


def label_of(subscription: Subscription) -> str:
    """What the subscriber calls the person, "" when they gave no name."""
    return unseal(bytes(subscription.label_sealed)) if subscription.label_sealed else ""
