"""The telephone that is known for a person, and known well enough to prove with it who one is."""

from enum import StrEnum

from django.conf import settings

from qorgau.lib.sealed import keyed_hash
from qorgau.people.models import Applicant
from qorgau.rules.kinds import Channel


class PhonesTrusted(StrEnum):
    """Whose word a telephone rests on (QORGAU_PROOF_PHONES)."""

    IN_PERSON = "in_person"
    """Written down by staff of a clinic's desk, before whom the person stood."""
    ANY = "any"
    """Left with any appeal. Anybody can leave theirs with the IIN of somebody else: for demos, or behind a door where
    people have signed in already."""
    NONE = "none"
    """No telephone proves anything here."""


def phone_known_for(iin: str) -> str:
    """The telephone that was told last together with this identity number, in E.164; "" when none may be trusted."""
    trusted = PhonesTrusted(settings.PROOF_PHONES)
    if trusted == PhonesTrusted.NONE:
        return ""
    known = Applicant.objects.filter(iin_hash=keyed_hash(iin), iin_hash__isnull=False).exclude(phone="")
    if trusted == PhonesTrusted.IN_PERSON:
        known = known.filter(appeals__channel=Channel.CLINIC_DESK.value)
    return known.order_by("-pk").values_list("phone", flat=True).first() or ""
