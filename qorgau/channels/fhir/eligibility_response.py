"""Writing a `CoverageEligibilityResponse`, the same elements in R4 and R5.

https://hl7.org/fhir/R4/coverageeligibilityresponse.html
"""

from datetime import date
from typing import Any
from uuid import uuid4

from qorgau.channels.fhir.coverage import coverage_id, fund, patient, status_extensions
from qorgau.channels.fhir.eligibility_request import TYPE as REQUEST
from qorgau.channels.fhir.eligibility_request import Asked
from qorgau.insured.answers import NOT_NOW
from qorgau.insured.fhir import record_extension
from qorgau.lib.speech import say
from qorgau.partners.keys import Partner
from qorgau.partners.status import Told

TYPE = "CoverageEligibilityResponse"
_TRANSIENT: dict[str, Any] = {"coding": [{"system": "http://hl7.org/fhir/issue-type", "code": "transient"}]}
"""Why an answer is partial, in the words that FHIR has for it: ask again later."""


def eligibility_response(asked: Asked, told: Told, partner: Partner, *, today: date) -> dict[str, Any]:
    """The answer in the language of the moment. There is always exactly one `insurance`: that of the Fund."""
    insurance: dict[str, Any] = {
        "extension": status_extensions(told),
        "coverage": {"reference": f"Coverage/{coverage_id(told.iin, partner)}"},
        "inforce": told.in_force,
    }
    if told.until is not None:
        insurance["benefitPeriod"] = {"end": told.until.isoformat()}
    response = {
        "resourceType": TYPE,
        "id": str(uuid4()),
        "status": "active",
        "purpose": list(asked.purposes),
        "patient": patient(told.iin),
        **(asked.serviced or {"servicedDate": asked.on.isoformat()}),
        "created": today.isoformat(),
        "request": asked.reference or _nameless(),
        "outcome": "complete" if told.register_answered else "partial",
        "disposition": say(told.sentence),
        "insurer": fund(),
        "insurance": [insurance],
    }
    if not told.register_answered:
        response["error"] = [{"code": _TRANSIENT | {"text": say(NOT_NOW)}}]
    if told.record is not None:
        response["extension"] = [record_extension(told.record, as_of=told.as_of)]
    return response


def _nameless() -> dict[str, Any]:
    """A reference is demanded, also to a request that has neither id nor identifier."""
    return {"type": REQUEST, "identifier": {"system": "urn:ietf:rfc:3986", "value": f"urn:uuid:{uuid4()}"}}
