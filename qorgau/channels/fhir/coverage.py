"""`Coverage`: a person's membership in the Fund (https://hl7.org/fhir/R4/coverage.html)."""

import base64
import binascii
from typing import Any

from django.utils.translation import gettext

from qorgau.channels.fhir.media import Version
from qorgau.channels.fhir.systems import AS_OF, GROUND, IIN_SYSTEM, PAYMENTS, REGISTER_ANSWERED, RULES, STATUS
from qorgau.insured.cells import name_of
from qorgau.insured.record import MonthPaid
from qorgau.lib.disguise import NotDisguised, disguise, see_through
from qorgau.lib.speech import say
from qorgau.partners.keys import Partner
from qorgau.partners.status import Told

TYPE = "Coverage"
_IIN_BYTES = 5


def coverage(told: Told, partner: Partner, version: Version) -> dict[str, Any]:
    """The membership as it stands in the month that `told` is about, in the language of the moment."""
    resource: dict[str, Any] = {
        "resourceType": TYPE,
        "id": coverage_id(told.iin, partner),
        "extension": status_extensions(told),
        "status": "active" if told.in_force else "cancelled",
        "type": {
            "coding": [{"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "PUBLICPOL"}],
            "text": say(told.sentence),
        },
        "beneficiary": patient(told.iin),
        "relationship": {
            "coding": [{"system": "http://terminology.hl7.org/CodeSystem/subscriber-relationship", "code": "self"}]
        },
    }
    if told.until is not None:
        resource["period"] = {"end": told.until.isoformat()}
    # What R4 calls the payor is the insurer in R5, which also says what kind of thing the coverage is.
    return resource | ({"payor": [fund()]} if version == Version.R4 else {"kind": "insurance", "insurer": fund()})


def fund() -> dict[str, Any]:
    """The reference to the insurer, of which there is one."""
    return {"type": "Organization", "display": gettext("The Social Health Insurance Fund")}


def patient(iin: str) -> dict[str, Any]:
    """The reference to a person, who is no resource here."""
    return {"type": "Patient", "identifier": {"system": IIN_SYSTEM, "value": iin}}


def status_extensions(told: Told) -> list[dict[str, Any]]:
    """What FHIR has no place for: the status in our words, the day of the data, and what the key may know beyond."""
    extensions: list[dict[str, Any]] = [{"url": STATUS, "valueCode": told.status.value}]
    if told.as_of is not None:
        extensions.append({"url": AS_OF, "valueDate": told.as_of.isoformat()})
    else:
        extensions.append({"url": REGISTER_ANSWERED, "valueBoolean": False})
    if told.details is not None:
        extensions += [
            {"url": GROUND, "valueCode": told.details.ground.value},
            {"url": RULES, "valueString": told.details.rules},
        ]
        if told.details.payments:
            extensions.append({"url": PAYMENTS, "extension": [_month_paid(one) for one in told.details.payments]})
    return extensions


def _month_paid(paid: MonthPaid) -> dict[str, Any]:
    return {
        "url": "month",
        "extension": [
            {"url": "month", "valueDate": name_of(paid.month)},
            {"url": "sum", "valueMoney": {"value": float(paid.tenge), "currency": "KZT"}},
            {"url": "paidBy", "valueCode": paid.paid_by.name.lower().replace("_", "-")},
        ],
    }


def coverage_id(iin: str, partner: Partner) -> str:
    """The id of a person's coverage: the same at every time, another one for every partner, and no IIN to be read."""
    packed = disguise("coverage", int(iin).to_bytes(_IIN_BYTES, "big"), owner=partner.code)
    return base64.b32encode(packed).decode().rstrip("=").lower()


def iin_of(known: str, partner: Partner) -> str | None:
    """The IIN behind an id that this partner was given; None for any other text."""
    padded = known.upper() + "=" * (-len(known) % 8)
    try:
        number = see_through("coverage", base64.b32decode(padded), owner=partner.code)
    except (binascii.Error, ValueError, NotDisguised):
        return None
    return f"{int.from_bytes(number, 'big'):012}"
