"""Reading a `CoverageEligibilityRequest`, of R4 and R5 alike: whom it is about, and which month.

https://hl7.org/fhir/R4/coverageeligibilityrequest.html
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from http import HTTPStatus
from typing import Any

from django.utils import timezone

from qorgau.channels.fhir.systems import IIN_SYSTEM
from qorgau.partners.refusals import Refusal
from qorgau.partners.status import day_asked
from qorgau.rules.months import last_day, month_of
from qorgau.rules.sentences import N_, Sentence

TYPE = "CoverageEligibilityRequest"
PURPOSES = ("validation", "discovery", "benefits")
"""`auth-requirements` is not answered: care is not authorised here."""
_ID = re.compile(r"[A-Za-z0-9\-.]{1,64}", re.ASCII)
_DAY = re.compile(r"(\d{4}-\d\d)(-\d\d)?(T.*)?", re.ASCII)
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Asked:
    """What a request asks. `on` lies in the month asked for; `reference` is how the answer refers to the request."""

    iin: str
    on: date
    purposes: tuple[str, ...]
    reference: dict[str, Any] | None
    serviced: dict[str, Any]


def read_request(said: Mapping[str, Any]) -> Asked:
    """What is asked. Raises Refusal with the element that is wrong."""
    if said.get("resourceType") != TYPE:
        raise _refusal(
            "invalid", Sentence(N_("A resource of the type {type} is expected."), {"type": TYPE}), "resourceType"
        )
    if said.get("status", "active") != "active":
        raise _refusal(
            "business-rule", Sentence(N_("Only a request with the status “active” is answered.")), f"{TYPE}.status"
        )
    on, serviced = _when(said)
    return Asked(_iin(said), on, _purposes(said), _reference(said), serviced)


def _iin(said: Mapping[str, Any]) -> str:
    """The identity number: of the patient's identifier, or of a contained Patient that is referred to."""
    patient = said.get("patient")
    identifiers = _identifiers(patient)
    reference = patient.get("reference") if isinstance(patient, dict) else None
    contained = said.get("contained")
    if isinstance(reference, str) and reference.startswith("#") and isinstance(contained, list):
        for one in contained:
            if isinstance(one, dict) and one.get("id") == reference[1:]:
                identifiers += _identifiers(one)
    for one in identifiers:
        if one.get("system") == IIN_SYSTEM and isinstance(one.get("value"), str):
            iin: str = one["value"]
            return iin
    sentence = Sentence(N_("The patient's identifier of the system {system} is needed."), {"system": IIN_SYSTEM})
    raise _refusal("required", sentence, f"{TYPE}.patient.identifier")


def _identifiers(holder: Any) -> list[dict[str, Any]]:
    """The identifiers of a reference, which has one, or of a resource, which has a list of them."""
    found = holder.get("identifier") if isinstance(holder, dict) else None
    return [one for one in (found if isinstance(found, list) else [found]) if isinstance(one, dict)]


def _when(said: Mapping[str, Any]) -> tuple[date, dict[str, Any]]:
    """A day of the month asked for, and the element that said so, for the answer to repeat."""
    if (text := said.get("servicedDate")) is not None:
        day = _day(text, "servicedDate")
        whole_month = len(text) == len("2026-11")
        return (day_asked(day, last_day(month_of(day))) if whole_month else day), {"servicedDate": text}
    period = said.get("servicedPeriod")
    if period is None:
        return timezone.localdate(), {}
    if not isinstance(period, dict) or "start" not in period:
        raise _refusal("value", Sentence(N_("A period needs its first day.")), f"{TYPE}.servicedPeriod")
    first = _day(period["start"], "servicedPeriod.start")
    last = _day(period.get("end", period["start"]), "servicedPeriod.end")
    if month_of(first) != month_of(last):
        raise _refusal(
            "business-rule",
            Sentence(N_("The status is that of one month. Please ask for each month by itself.")),
            f"{TYPE}.servicedPeriod",
            HTTPStatus.UNPROCESSABLE_ENTITY,
        )
    return day_asked(first, last), {
        "servicedPeriod": {name: period[name] for name in ("start", "end") if name in period}
    }


def _day(text: Any, element: str) -> date:
    found = _DAY.fullmatch(text) if isinstance(text, str) and len(text) <= _LONGEST else None
    try:
        if found is None:
            raise ValueError
        return date.fromisoformat(found[1] + (found[2] or "-01"))
    except ValueError:
        sentence = Sentence(N_("A day is written like {example}."), {"example": "2026-11-28"})
        raise _refusal("value", sentence, f"{TYPE}.{element}") from None


def _purposes(said: Mapping[str, Any]) -> tuple[str, ...]:
    purposes = said.get("purpose", ["validation"])
    if not isinstance(purposes, list) or not purposes or not all(purpose in PURPOSES for purpose in purposes):
        raise _refusal(
            "not-supported",
            Sentence(N_("The purpose must be one or several of: {purposes}."), {"purposes": ", ".join(PURPOSES)}),
            f"{TYPE}.purpose",
            HTTPStatus.UNPROCESSABLE_ENTITY,
        )
    return tuple(dict.fromkeys(purposes))


def _reference(said: Mapping[str, Any]) -> dict[str, Any] | None:
    """How the request is known to who sent it: by its id, else by its first identifier."""
    known = said.get("id")
    if isinstance(known, str) and _ID.fullmatch(known):
        return {"reference": f"{TYPE}/{known}"}
    for one in _identifiers(said)[:1]:
        kept = {name: one[name] for name in ("system", "value") if _is_echoable(one.get(name))}
        if kept:
            return {"type": TYPE, "identifier": kept}
    return None


def _is_echoable(text: Any) -> bool:
    """Whether a text can be repeated as it came."""
    return isinstance(text, str) and 0 < len(text) <= _LONGEST and text.isprintable() and bool(text.strip())


def _refusal(code: str, sentence: Sentence, field: str, status: HTTPStatus = HTTPStatus.BAD_REQUEST) -> Refusal:
    return Refusal(status, code, sentence, field=field)
