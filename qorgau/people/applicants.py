"""What screens may show of an applicant, and the one way to the whole IIN."""

from typing import TypedDict

from qorgau.lib.sealed import keyed_digest, unseal
from qorgau.people.models import Applicant
from qorgau.rules import privacy


class Masked(TypedDict):
    """Contacts and IIN with most of their signs hidden; "" for what was not given."""

    iin: str
    phone: str
    email: str
    address: str


def masked(applicant: Applicant) -> Masked:
    """As much of each datum as still lets its owner be recognised (DOMAIN §4.5)."""
    iin = reveal_iin(applicant)
    phone = applicant.phone or applicant.phone_as_said
    return {
        "iin": privacy.mask_iin(iin) if iin else "",
        "phone": privacy.mask_phone(phone) if phone else "",
        "email": privacy.mask_email(applicant.email) if applicant.email else "",
        "address": privacy.DOT * 3 if applicant.postal_address else "",
    }


def hash_of_shown(digits: str) -> bytes:
    """The keyed hash by which people are found whose masked IIN shows these digits (docs/decisions/0013)."""
    return keyed_digest("identity as shown", digits, size=8)


def hash_of_what_is_shown(iin: str) -> bytes | None:
    """The same for an IIN; None where its mask shows nothing of it."""
    shown = privacy.shown_of_iin(iin)
    return hash_of_shown(shown) if shown else None


def reveal_iin(applicant: Applicant) -> str:
    """The IIN as the person gave it, "" when they did not; whoever shows it whole writes down who saw it and why."""
    return unseal(bytes(applicant.iin_sealed)) if applicant.iin_sealed else ""
