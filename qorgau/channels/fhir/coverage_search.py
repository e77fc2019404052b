"""Finding a `Coverage`: by the id that an answer named, or by the person.

A search by person is sent as a form (`POST Coverage/_search`): an IIN has no place in an address, which is written into
logs on its way.
"""

from http import HTTPStatus
from typing import Any

from django.utils import timezone

from qorgau.channels.fhir.coverage import TYPE, coverage, iin_of
from qorgau.channels.fhir.media import Version
from qorgau.channels.fhir.searching import Search, refused_parameter, searchset
from qorgau.channels.fhir.systems import IIN_SYSTEM
from qorgau.partners.keys import Partner
from qorgau.partners.refusals import Refusal
from qorgau.partners.status import status_for
from qorgau.rules.sentences import N_, Sentence

BY_PERSON = ("beneficiary:identifier", "patient:identifier")
PARAMETERS = ("_id", *BY_PERSON)

__all__ = ["PARAMETERS", "TYPE", "read", "search"]


def read(known: str, partner: Partner, version: Version) -> dict[str, Any] | None:
    """The coverage of an id, as it stands today; None when this partner was never given such an id."""
    iin = iin_of(known, partner)
    return None if iin is None else _coverage_of(iin, "_id", partner, version)


def search(asked: Search, partner: Partner, version: Version, *, in_address: bool) -> dict[str, Any]:
    """The coverages of one person: one, or none of somebody whom the register does not know."""
    if in_address and any(name in asked.filters for name in BY_PERSON):
        sentence = N_("An IIN has no place in an address. Please send the search as a form: POST {where}.")
        raise refused_parameter(Sentence(sentence, {"where": f"{TYPE}/_search"}), BY_PERSON[0])
    named = [(name, value) for name in PARAMETERS for value in asked.filters.get(name, ())]
    if not named:
        sentence = N_("Please say whose coverage is sought, by {names}.")
        raise refused_parameter(Sentence(sentence, {"names": " / ".join(PARAMETERS)}), BY_PERSON[0])
    if len(named) > 1:
        raise refused_parameter(Sentence(N_("One search is about one person.")), named[1][0])
    found = _found(*named[0], partner, version)
    return searchset(TYPE, [found] if found else [], total=1 if found else 0, search=asked)


def _found(name: str, value: str, partner: Partner, version: Version) -> dict[str, Any] | None:
    if name == "_id":
        return read(value, partner, version)
    system, _, iin = value.rpartition("|")
    if system != IIN_SYSTEM:
        raise refused_parameter(
            Sentence(N_("A person is named like {example}."), {"example": f"{IIN_SYSTEM}|900101300106"}), name
        )
    try:
        return _coverage_of(iin, name, partner, version)
    except Refusal as refusal:
        if refusal.status == HTTPStatus.NOT_FOUND:
            return None
        raise


def _coverage_of(iin: str, field: str, partner: Partner, version: Version) -> dict[str, Any]:
    return coverage(status_for(partner, iin, on=timezone.localdate(), field=f"http.{field}"), partner, version)
