"""Signing in at an OpenID Connect service proves who one is, and makes nobody a user of ours."""

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from django.test import Client

from qorgau.people.models import Staff, StaffSession
from tests.channels.portal.insurance.conftest import text
from tests.insured.files import AIGUL

PAGE, LOGIN, BACK = "/en/am-i-insured/", "/identity/identity/login/", "/identity/identity/login/callback/"
KEY = "a key that only the tests have, long enough"


@dataclass
class Service:
    """A sign-in service: what it tells of whoever signs in, and what it was asked."""

    address: str = ""
    id_token: dict[str, Any] = field(default_factory=dict)
    userinfo: dict[str, Any] = field(default_factory=dict)
    asked: dict[str, list[str]] = field(default_factory=dict)

    def answer(self, path: str) -> dict[str, Any]:
        if path.startswith("/.well-known/"):
            return {
                "issuer": self.address,
                "authorization_endpoint": f"{self.address}/authorize",
                "token_endpoint": f"{self.address}/token",
                "userinfo_endpoint": f"{self.address}/userinfo",
                "jwks_uri": f"{self.address}/keys",
                "token_endpoint_auth_methods_supported": ["client_secret_post"],
            }
        if path == "/userinfo":
            return {"sub": "7", **self.userinfo}
        claims = {"iss": self.address, "aud": "qorgau", "sub": "7", "exp": 4102444800, "iat": 1, **self.id_token}
        return {"access_token": "t", "token_type": "Bearer", "id_token": jwt.encode(claims, KEY, "HS256")}


@pytest.fixture
def service(settings: Any) -> Iterator[Service]:
    made = Service()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            content = json.dumps(made.answer(self.path)).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def do_POST(self) -> None:
            made.asked = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            self.do_GET()

        def log_message(self, *_: Any) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    made.address = f"http://127.0.0.1:{server.server_port}"
    settings.OIDC_URL, settings.OIDC_CLIENT, settings.OIDC_SECRET = made.address, "qorgau", "secret"
    yield made
    server.shutdown()
    server.server_close()


def walk(browser: Client, *, language: str = "en", **back: str) -> Any:
    """Leave for the service and come back with what it says."""
    leave = browser.get(LOGIN, {"language": language})
    assert leave.status_code == 302
    asked = parse_qs(urlsplit(leave["Location"]).query)
    return browser.get(BACK, {"state": asked["state"][0], **(back or {"code": "c"})})


@pytest.mark.parametrize("told_in", ["id_token", "userinfo"])
def test_the_claim_proves_who_one_is(people: None, browser: Client, service: Service, told_in: str) -> None:
    setattr(service, told_in, {"iin": AIGUL})
    back = walk(browser, language="kk")

    assert back.status_code == 302 and back["Location"] == "/kk/am-i-insured/mine/"
    assert "10 200 ₸" in text(browser.get("/en/am-i-insured/mine/"))
    assert service.asked["code_verifier"] and service.asked["client_secret"] == ["secret"]
    assert Staff.objects.count() == 0 and StaffSession.objects.count() == 0
    assert "sessionid" not in browser.cookies and browser.cookies["signing-in"].value == ""


def test_the_way_is_offered_only_where_there_is_one(people: None, browser: Client, service: Service) -> None:
    assert "Sign in with eGov" in text(browser.get(PAGE))
    assert "Sign in with eGov" in text(browser.post(PAGE, {"iin": AIGUL}))


def test_without_a_service_there_is_neither_button_nor_address(people: None, browser: Client) -> None:
    assert "Sign in" not in text(browser.get(PAGE))
    assert browser.get(LOGIN).status_code == 404 and browser.get(BACK, {"code": "c"}).status_code == 404


@pytest.mark.parametrize("claims", [{}, {"iin": ""}, {"iin": "900101300107"}, {"iin": None}, {"iin": {"a": 1}}])
def test_without_an_iin_nothing_is_proven(
    people: None, browser: Client, service: Service, claims: dict[str, Any]
) -> None:
    service.userinfo = claims
    page = walk(browser)

    assert page.status_code == 403 and "did not tell us your IIN" in text(page)
    assert "proven" not in browser.cookies


def test_the_claim_has_the_name_that_the_settings_give(
    people: None, browser: Client, service: Service, settings: Any
) -> None:
    settings.OIDC_CLAIM = "urn:kz:iin"
    service.id_token = {"iin": "x", "urn:kz:iin": AIGUL}

    assert walk(browser)["Location"] == "/en/am-i-insured/mine/"


def test_whoever_breaks_off_is_told_so(people: None, browser: Client, service: Service) -> None:
    page = walk(browser, error="access_denied")

    assert page.status_code == 403 and "You are not signed in" in text(page)


def test_a_walk_that_somebody_else_began_proves_nothing(people: None, browser: Client, service: Service) -> None:
    service.id_token = {"iin": AIGUL}
    leave = browser.get(LOGIN)
    state = parse_qs(urlsplit(leave["Location"]).query)["state"][0]

    page = Client(headers={"accept-language": "en"}).get(BACK, {"state": state, "code": "c"})
    assert page.status_code == 403 and "You are not signed in" in text(page)


def test_a_token_for_somebody_else_proves_nothing(people: None, browser: Client, service: Service) -> None:
    service.id_token = {"iin": AIGUL, "aud": "another"}

    assert walk(browser).status_code == 403 and "proven" not in browser.cookies


def test_a_service_that_does_not_answer_is_no_error_of_ours(
    people: None, browser: Client, service: Service, settings: Any
) -> None:
    settings.OIDC_URL = "http://127.0.0.1:9"
    page = browser.get(LOGIN)

    assert page.status_code == 503 and "does not answer now" in text(page)
