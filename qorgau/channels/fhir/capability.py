"""`CapabilityStatement`: what this door understands (https://hl7.org/fhir/R4/capabilitystatement.html)."""

from typing import Any

from django.utils.translation import gettext

from qorgau import __version__
from qorgau.channels.fhir import coverage_search, eligibility_request, organisation
from qorgau.channels.fhir.media import FHIR_JSON, Version
from qorgau.channels.fhir.searching import base_address

SINCE = "2026-11-28"
"""The day on which what is said here last changed."""
_STRING, _TOKEN = "string", "token"
_KINDS = {"_id": _TOKEN, "identifier": _TOKEN, "name": _STRING, "active": _TOKEN, "address-state": _STRING}


def capability_statement(version: Version) -> dict[str, Any]:
    """What is understood in one version of FHIR."""
    return {
        "resourceType": "CapabilityStatement",
        "status": "active",
        "date": SINCE,
        "kind": "instance",
        "software": {"name": "Qorgau", "version": __version__},
        "implementation": {"description": gettext("The Social Health Insurance Fund"), "url": base_address()},
        "fhirVersion": version.in_full,
        "format": [FHIR_JSON, "json"],
        "rest": [
            {
                "mode": "server",
                "security": {
                    "description": gettext("A key in the header “Authorization: Bearer …”; the operator gives it out.")
                },
                "resource": [
                    {
                        "type": eligibility_request.TYPE,
                        "interaction": [{"code": "create"}],
                        "operation": [
                            {
                                "name": "submit",
                                "definition": "http://hl7.org/fhir/OperationDefinition/CoverageEligibilityRequest-submit",
                            }
                        ],
                    },
                    _searched(coverage_search.TYPE, coverage_search.PARAMETERS),
                    _searched(organisation.TYPE, organisation.PARAMETERS),
                ],
            }
        ],
    }


def _searched(kind: str, parameters: tuple[str, ...]) -> dict[str, Any]:
    return {
        "type": kind,
        "interaction": [{"code": "read"}, {"code": "search-type"}],
        "searchParam": [{"name": name, "type": _KINDS.get(name, _TOKEN)} for name in parameters if ":" not in name],
    }
