"""A program that asks by FHIR."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.partners.ground import MakeKey, make_key, register

__all__ = ["make_key", "register"]

R4 = "application/fhir+json; fhirVersion=4.0"
R5 = "application/fhir+json; fhirVersion=5.0"


def eligibility_request(iin: str, **changed: Any) -> dict[str, Any]:
    """A whole request about November 2026, with what a test changes; None leaves an element out."""
    whole = {
        "resourceType": "CoverageEligibilityRequest",
        "status": "active",
        "purpose": ["validation"],
        "patient": {"identifier": {"system": "urn:kz:iin", "value": iin}},
        "servicedDate": "2026-11-28",
        "created": "2026-11-28",
        "insurer": {"display": "Social Health Insurance Fund"},
    }
    return {name: value for name, value in (whole | changed).items() if value is not None}


class Program:
    """Sends requests with a key and reads the answers."""

    def __init__(self, key: str) -> None:
        self.client = Client()
        self.headers = {"Authorization": f"Bearer {key}", "Accept-Language": "en"}

    def get(self, where: str, **headers: str) -> Any:
        return self.client.get(f"/fhir/{where}", headers=self.headers | headers)

    def post(self, where: str, body: Any, content_type: str = R4, **headers: str) -> Any:
        sent = body if isinstance(body, bytes | str) else json.dumps(body)
        return self.client.post(f"/fhir/{where}", sent, content_type, headers=self.headers | headers)

    def ask(self, iin: str, content_type: str = R4, **changed: Any) -> Any:
        return self.post("CoverageEligibilityRequest", eligibility_request(iin, **changed), content_type)


@pytest.fixture
def program(make_key: MakeKey) -> Callable[..., Program]:
    """A program whose key has some scopes."""

    def of(*scopes: str, **facts: Any) -> Program:
        return Program(make_key(*scopes, **facts))

    return of
