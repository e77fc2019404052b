"""Doors of programs are reached past what only pages for people need."""

import pytest
from django.test import Client


@pytest.mark.parametrize("path", ["/apis/status", "/kk/api/status", "/desk/fhir"])
def test_only_their_own_addresses_are_theirs(client: Client, path: str, db: None) -> None:
    assert client.get(path)["Content-Type"].startswith("text/html")


def test_no_cookie_comes_or_goes_and_no_token_against_forgery_is_asked_for(db: None) -> None:
    client = Client(enforce_csrf_checks=True)
    client.cookies["sessionid"] = "x" * 32
    answer = client.post("/api/status", {}, "application/json")

    assert answer.status_code == 401
    assert answer.cookies == {}
    assert "Cookie" not in answer.get("Vary", "")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Length"] == str(len(answer.content))


@pytest.mark.parametrize("path", ["/api", "/api/", "/api//status", "/api/status/"])
def test_every_address_of_theirs_is_answered_by_them(client: Client, path: str) -> None:
    answer = client.get(path)

    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")
