"""The person as the card shows them: the name, contacts masked until somebody says what they need them for."""

from typing import Any

from django.conf import settings

from qorgau.people import applicants
from qorgau.people.contacts import phone_to_read
from qorgau.people.models import Applicant, Staff
from qorgau.rules import privacy
from qorgau.workplace.discretion import sees_personal_data
from qorgau.workplace.wording import PREFERRED_CHANNELS


def masked(person: Applicant, staff: Staff) -> dict[str, Any]:
    """Name, preferred way and language; contacts and IIN with most of their signs hidden."""
    facts: dict[str, Any] = {
        "name": _name(person, staff),
        "anonymous": person.anonymous,
        "language": dict(settings.LANGUAGES)[person.language],
        "preferred": str(PREFERRED_CHANNELS.get(person.preferred_channel, "")),
    }
    if not sees_personal_data(staff):
        return facts | {"can_be_shown": False}
    contacts = applicants.masked(person)
    return facts | contacts | {"can_be_shown": any(contacts.values())}


def in_full(person: Applicant) -> dict[str, str]:
    """IIN and contacts as they are. Whoever calls this has written the journal line that says why."""
    return {
        "iin": applicants.reveal_iin(person),
        "phone": phone_to_read(person.phone) or person.phone_as_said,
        "to_call": person.phone,
        "email": person.email,
        "address": person.postal_address,
    }


def _name(person: Applicant, staff: Staff) -> str:
    if sees_personal_data(staff) or not person.full_name:
        return person.full_name
    return privacy.DOT * 3
