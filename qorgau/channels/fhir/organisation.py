"""`Organization`: the medical organisations of the directory (https://hl7.org/fhir/R4/organization.html)."""

from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from qorgau.channels.fhir.media import Version
from qorgau.channels.fhir.searching import AFTER, Search, refused_parameter, searchset
from qorgau.channels.fhir.systems import BIN_SYSTEM, ORGANISATION_SYSTEM
from qorgau.directory.models import Organisation
from qorgau.directory.reference import current
from qorgau.lib.folding import fold
from qorgau.lib.speech import name_in
from qorgau.rules.sentences import N_, Sentence

TYPE = "Organization"
PARAMETERS = ("_id", "identifier", "name", "name:contains", "name:exact", "active", "address-state")


def organization(row: Organisation, version: Version) -> dict[str, Any]:
    """One organisation, its name and that of its region in the language of the moment."""
    name = name_in(row)
    resource: dict[str, Any] = {
        "resourceType": TYPE,
        "id": str(row.pk),
        "identifier": _identifiers(row),
        "active": row.holds_on(timezone.localdate()),
        "type": [
            {
                "coding": [
                    {
                        "system": "http://terminology.hl7.org/CodeSystem/organization-type",
                        "code": "prov",
                        "display": "Healthcare Provider",
                    }
                ]
            }
        ],
        "name": name,
    }
    if aliases := [other for other in dict.fromkeys(row.names) if other != name]:
        resource["alias"] = aliases
    address = _address(row)
    # R5 has addresses only as part of contacts.
    return resource | ({"address": [address]} if version == Version.R4 else {"contact": [{"address": address}]})


def read(known: str) -> Organisation | None:
    """The organisation of an id."""
    return current().organisations.get(int(known)) if _is_number(known) else None


def search(asked: Search, version: Version) -> dict[str, Any]:
    """A page of the organisations that fit every filter, in the order in which they came to the directory."""
    if asked.after and not _is_number(asked.after):
        raise refused_parameter(Sentence(N_("The link to the next page is incomplete.")), AFTER)
    found = sorted(_fitting(asked), key=lambda row: row.pk)
    ahead = [row for row in found if row.pk > int(asked.after or 0)]
    page = ahead[: asked.count]
    more = str(page[-1].pk) if page and len(ahead) > len(page) else ""
    return searchset(
        TYPE, [organization(row, version) for row in page], total=len(found), search=asked, next_after=more
    )


def _fitting(asked: Search) -> Iterable[Organisation]:
    rows: Iterable[Organisation] = current().organisations.values()
    for name, values in asked.filters.items():
        for value in values:
            rows = _filtered(rows, name, value)
    return rows


def _filtered(rows: Iterable[Organisation], name: str, value: str) -> list[Organisation]:
    """Rows that fit one parameter; values with commas between them are alternatives."""
    wanted = [part for part in value.split(",") if part]
    today = timezone.localdate()
    match name:
        case "_id":
            return [row for row in rows if str(row.pk) in wanted]
        case "identifier":
            return [row for row in rows if any(_is_known_by(row, part) for part in wanted)]
        case "name":
            begun = [f" {part}" for part in _folded(wanted)]
            return [row for row in rows if any(part in f" {row.search_text}" for part in begun)]
        case "name:contains":
            within = _folded(wanted)
            return [row for row in rows if any(part in row.search_text for part in within)]
        case "name:exact":
            return [row for row in rows if any(part in row.names for part in wanted)]
        case "active":
            return [row for row in rows if ("true" if row.holds_on(today) else "false") in wanted]
        case _:
            regions = {region.pk for part in wanted if (region := current().find_region(part))}
            return [row for row in rows if row.region_id in regions]


def _folded(texts: Iterable[str]) -> list[str]:
    """Texts as search sees them, without those of which nothing is left."""
    return [folded for text in texts if (folded := fold(text).strip())]


def _is_known_by(row: Organisation, identifier: str) -> bool:
    """Whether `system|value` or a bare value is one of its identifiers."""
    system, bar, value = identifier.rpartition("|")
    own = {BIN_SYSTEM: row.bin, ORGANISATION_SYSTEM: row.source_key}
    return bool(value) and (own.get(system) == value if bar and system else value in own.values())


def _identifiers(row: Organisation) -> list[dict[str, Any]]:
    known = [{"system": ORGANISATION_SYSTEM, "value": row.source_key}]
    return [{"system": BIN_SYSTEM, "value": row.bin}, *known] if row.bin else known


def _address(row: Organisation) -> dict[str, Any]:
    told = {"text": row.address, "district": row.district, "state": name_in(row.region), "country": "KZ"}
    return {name: text for name, text in told.items() if text}


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 18
