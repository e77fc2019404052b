"""Doors of programs are reached past what only pages for people need."""

import pytest
from django.test import Client

from qorgau.lib.for_programs import is_for_programs


@pytest.mark.parametrize(
    ("path", "short"),
    [
        ("/fhir/metadata", True),
        ("/fhir", True),
        ("/api/status", True),
        ("/kk/", False),
        ("/fhirs/", False),
        ("/", False),
        ("/desk/api/", False),
    ],
)
def test_only_their_addresses_are_theirs(path: str, short: bool) -> None:
    assert is_for_programs(path) is short


def test_no_cookie_comes_or_goes_and_no_token_against_forgery_is_asked_for(db: None) -> None:
    client = Client(enforce_csrf_checks=True)
    client.cookies["sessionid"] = "x" * 32
    answer = client.post("/api/status", {}, "application/json")

    assert answer.status_code == 401
    assert answer.cookies == {}
    assert "Cookie" not in answer.get("Vary", "")
    assert answer["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("path", ["/api", "/api/"])
def test_every_address_of_theirs_is_answered_by_them(client: Client, path: str) -> None:
    answer = client.get(path)

    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")
