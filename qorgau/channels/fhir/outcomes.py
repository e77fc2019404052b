"""`OperationOutcome`: what a program is told instead of an answer (https://hl7.org/fhir/R4/operationoutcome.html)."""

from typing import Any

from qorgau.lib.speech import say
from qorgau.partners.refusals import Refusal


def outcome(refusal: Refusal) -> dict[str, Any]:
    """The outcome of a request that gets no answer, in the language of the moment; the same in R4 and R5."""
    issue: dict[str, Any] = {
        "severity": "fatal" if refusal.code in ("exception", "structure") else "error",
        "code": refusal.code,
        "details": {"text": say(refusal.sentence)},
    }
    if refusal.field:
        issue["expression"] = [refusal.field]
    return {"resourceType": "OperationOutcome", "issue": [issue]}
