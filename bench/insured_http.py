"""The status over HTTP: plain JSON, FHIR and the public site, beside a bare point read of Django on the same server."""

import json
from collections.abc import Callable
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import override

from bench.figures import Round
from bench.http_load import load
from bench.servers import server
from tests.citizen import Citizen

CLIENTS = 8
_ROUNDS = 3
_OK = b"HTTP/1.1 200"


def measure(iins: list[str], seconds: float) -> dict[str, float]:
    """Answers a second with so many clients, the median of rounds that take turns."""
    from qorgau.insured.person_key import person_key

    key = _key()
    kinds: dict[str, list[bytes]] = {
        "http_json": [_post("/api/status", "application/json", {"iin": iin}, key) for iin in iins],
        "http_fhir": [
            _post("/fhir/CoverageEligibilityRequest", "application/fhir+json; fhirVersion=4.0", _fhir(iin), key)
            for iin in iins
        ],
    }
    bare = [f"GET /{person_key(iin)} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode() for iin in iins]
    with (
        server("qorgau.web:application", first_page="/fhir/metadata") as ours,
        server("bench.bare_django:application", first_page="/") as theirs,
    ):
        kinds["http_portal"] = _asked_on_the_page(ours, iins)
        ways: dict[str, Callable[[], Round]] = {
            name: (lambda requests=requests: _load(ours, requests, seconds)) for name, requests in kinds.items()
        } | {"http_bare": lambda: _load(theirs, bare, seconds)}
        rates: dict[str, list[float]] = {name: [] for name in ways}
        for way in ways.values():
            way()  # until every thread has its connection and its statements are prepared
        for _ in range(_ROUNDS):
            for name, way in ways.items():
                round_ = way()
                assert not round_.errors, round_.errors[:3]
                rates[name].append(len(round_.took) / round_.seconds)
    return {name: sorted(found)[_ROUNDS // 2] for name, found in rates.items()}


def _load(port: int, requests: list[bytes], seconds: float) -> Round:
    return load(port, requests * 50, wanted=_OK, clients=CLIENTS, seconds=seconds / _ROUNDS)


def _key() -> str:
    from django.utils import timezone

    from qorgau.partners.keys import create
    from qorgau.partners.models import PartnerKey

    row = PartnerKey(partner="bench", name="Bench", scopes=["status"], per_minute=1_000_000, per_day=100_000_000)
    return create(row, by=None, at=timezone.now())


def _post(path: str, media_type: str, body: object, key: str) -> bytes:
    sent = json.dumps(body).encode()
    head = (
        f"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: {media_type}\r\nContent-Length: {len(sent)}\r\n"
        f"Authorization: Bearer {key}\r\n\r\n"
    )
    return head.encode() + sent


def _asked_on_the_page(port: int, iins: list[str]) -> list[bytes]:
    """The same numbers typed into the page of the public site, in as many browsers as there are clients."""
    from bench.browsers import posted

    with override("kk"):
        path = reverse("portal:status")
    made = []
    for first in range(CLIENTS):
        citizen = Citizen(port)
        form = citizen.get(path).form(path)
        assert citizen.post(path, form.filled({"iin": iins[first]})).status == 200, "the page answers"
        form = citizen.get(path).form(path)
        made += [
            posted(port, path, urlencode(form.filled({"iin": iin})).encode(), citizen.cookies)
            for iin in iins[first::CLIENTS]
        ]
    return made


def _fhir(iin: str) -> dict[str, object]:
    from bench.insured import AS_OF
    from qorgau.insured.fhir import request_for

    return request_for(iin, on=AS_OF)
