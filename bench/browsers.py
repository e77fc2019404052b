"""Requests as browsers send them, made before anything is measured."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from random import Random
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils.translation import override

from bench.filling import Place, places
from qorgau.channels.portal.tracking.opened import remember_opened
from qorgau.register.models import Appeal
from tests.citizen import Citizen

_BROWSER = {
    "User-Agent": "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140 Mobile",
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "kk-KZ,kk;q=0.9,ru;q=0.8,en;q=0.7",
}
_COMPLAINT = (
    "Участковый врач отказалась принять: «талонов нет, приходите завтра». У ребёнка была температура 39, "
    "в регистратуре сказали ждать до понедельника и никого другого не предложили."
)


def home_pages(port: int) -> list[bytes]:
    """The front page in each language."""
    return [_get(port, address) for address in addresses("portal:home")]


def plain(port: int) -> list[bytes]:
    """The page of the bare server."""
    return [_get(port, "/")]


def tracking_pages(port: int, appeals: Iterable[Appeal]) -> list[bytes]:
    """The pages of these appeals, each with the cookies of the browser that opened it by number and code."""
    made = []
    for appeal in appeals:
        request, response = HttpRequest(), HttpResponse()
        remember_opened(request, response, appeal)
        get_token(request)
        cookies = {name: morsel.value for name, morsel in response.cookies.items()}
        cookies[settings.CSRF_COOKIE_NAME] = request.META["CSRF_COOKIE"]
        with override("ru"):
            made.append(_get(port, reverse("portal:appeal", args=[appeal.number]), cookies))
    return made


def sendings(port: int, *, number: int, browsers: int = 8) -> list[bytes]:
    """The last step of the complaint form, so many times: what a person confirmed on the page to check.

    Each has another delivery key and another telephone. Cookies and tokens are those of a few browsers that really went
    through the pages before.
    """
    with override("ru"):
        path = reverse("portal:complaint")
    random = Random(uuid.uuid4().int)
    confirmed = [_confirmed(Citizen(port), path, place) for place in islice(places(), browsers)]
    made = []
    for serial in range(number):
        cookies, body = confirmed[serial % browsers]
        key = uuid.UUID(int=random.getrandbits(128)).hex
        telephone = f"8 701 {random.randrange(10**7):07d}".replace(" ", "+")
        mine = body.replace(_KEY, key.encode()).replace(_TELEPHONE, telephone.encode())
        made.append(posted(port, path, mine, cookies))
    return made


_KEY, _TELEPHONE = b"the-key-goes-here", b"the-telephone-goes-here"


def _confirmed(citizen: Citizen, path: str, place: Place) -> tuple[Mapping[str, str], bytes]:
    """The cookies of a browser, and the body of its last request with places for key and telephone."""
    form = citizen.complain(
        path,
        {
            "topic": place.topic,
            "text": _COMPLAINT,
            "event_date": "12.03.2026",
            "desired_outcome": "Принять ребёнка сегодня.",
            "region": place.kato,
            "organisation_id": str(place.organisation_id),
            "surname": "Оспанов",
            "given_name": "Ержан",
            "phone": "8 701 000 00 67",
            "language": "ru",
        },
    )
    # Nobody fills it in within seconds.
    began = next(int(value) for name, value in form.fields if name == "began") - 60
    last = {"delivery": _KEY.decode(), "phone": _TELEPHONE.decode(), "began": str(began), "step": "send"}
    return dict(citizen.cookies), urlencode(form.filled(last)).encode()


def addresses(name: str) -> Sequence[str]:
    """The address of a page in each language."""
    made = []
    for language, _ in settings.LANGUAGES:
        with override(language):
            made.append(reverse(name))
    return made


def _get(port: int, path: str, cookies: Mapping[str, str] | None = None) -> bytes:
    return _request("GET", port, path, cookies or {}, ())


def posted(port: int, path: str, body: bytes, cookies: Mapping[str, str]) -> bytes:
    """A form as a browser with these cookies sends it."""
    more = (
        ("Origin", f"http://127.0.0.1:{port}"),
        ("Content-Type", "application/x-www-form-urlencoded"),
        ("Content-Length", str(len(body))),
    )
    return _request("POST", port, path, cookies, more) + body


def _request(method: str, port: int, path: str, cookies: Mapping[str, str], more: Iterable[tuple[str, str]]) -> bytes:
    lines = [f"{method} {path} HTTP/1.1", f"Host: 127.0.0.1:{port}"]
    lines += [f"{name}: {value}" for name, value in (*_BROWSER.items(), *more)]
    if cookies:
        lines.append("Cookie: " + "; ".join(f"{name}={value}" for name, value in cookies.items()))
    return ("\r\n".join(lines) + "\r\n\r\n").encode()
