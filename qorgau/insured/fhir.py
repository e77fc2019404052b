"""The look-up as HL7 FHIR, in R4 and R5 alike: what is asked, and what is read from the answer.

A remote register is asked for a `CoverageEligibilityResponse` by a `CoverageEligibilityRequest`. FHIR has no place for
the months, sums and categories that a verdict rests on, so they stand in an extension of the response, one inner
extension for each cell of the published file format (`cells.py`): docs/insured-register.md.
"""

from datetime import date
from typing import Any

from qorgau.insured.answers import Answer, Insured, NotAnswering, Unknown
from qorgau.insured.cells import day_called, read_record, write_record
from qorgau.insured.record import Record
from qorgau.rules.months import month_of

IIN_SYSTEM = "urn:kz:iin"
"""The system of `Patient.identifier` for identity numbers."""
RECORD = "urn:qorgau:insured-record"
"""The URL of the extension that holds the record."""
AS_OF = "as_of"
"""In it, beside the cells: as of which day the register speaks. Without it, it is the day of the answer."""


def request_for(iin: str, *, on: date) -> dict[str, Any]:
    """The request about one person."""
    return {
        "resourceType": "CoverageEligibilityRequest",
        "status": "active",
        "purpose": ["validation"],
        "patient": {"identifier": {"system": IIN_SYSTEM, "value": iin}},
        "created": on.isoformat(),
        "servicedDate": on.isoformat(),
        "insurer": {"display": "Social Health Insurance Fund"},
    }


def record_extension(record: Record, *, as_of: date | None = None) -> dict[str, Any]:
    """The extension that tells a record, and as of which day if not that of the answer; `answer_in` reads it."""
    cells = ({AS_OF: as_of.isoformat()} if as_of else {}) | write_record(record)
    return {"url": RECORD, "extension": [{"url": name, "valueString": text} for name, text in cells.items()]}


def answer_in(response: Any, *, now: date) -> Answer:
    """What a `CoverageEligibilityResponse` says. A person without insurance at all (`insurance` is missing) is unknown.

    What cannot be read is `NotAnswering`: a register that speaks nonsense is not one that says "not insured".
    """
    try:
        if response["resourceType"] != "CoverageEligibilityResponse":
            return NotAnswering(f"a {str(response['resourceType'])[:40]} came for an answer")
        if response["outcome"] != "complete":
            return NotAnswering(f"the outcome is {str(response['outcome'])[:40]}")
        as_of = day_called(response["created"][:10])
        if not response.get("insurance"):
            return Unknown(as_of)
        (extension,) = [one for one in response.get("extension", ()) if one.get("url") == RECORD]
        cells = {one["url"]: one["valueString"] for one in extension.get("extension", ())}
        as_of = day_called(cells[AS_OF]) if AS_OF in cells else as_of
        return Insured(read_record(cells, now=month_of(now)), as_of)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        return NotAnswering(f"the answer cannot be read ({type(error).__name__})")
