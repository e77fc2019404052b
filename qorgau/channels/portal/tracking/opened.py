"""Which appeals this browser has opened with number and code: a signed cookie, for two hours.

Each entry is bound to the version of the code it was opened with, so a new code closes what the old one opened.
"""

import time

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from qorgau.register.models import Appeal

COOKIE = "opened"
SECONDS = 2 * 3600
_SALT = "qorgau.opened"
_AT_MOST = 8

Entry = tuple[str, int, int]
"""Number, version of its code, and when it was opened in whole seconds since 1970."""


def opened_version(request: HttpRequest, number: str) -> int | None:
    """The version of the code with which this browser opened the appeal, not longer than two hours ago.

    The appeal is open while that is still the version of its code.
    """
    return next((version for known, version, _at in _entries(request) if known == number), None)


def remember_opened(request: HttpRequest, response: HttpResponse, appeal: Appeal) -> None:
    """Let this browser read the appeal for two hours."""
    others = [entry for entry in _entries(request) if entry[0] != appeal.number]
    _set(response, [*others, (appeal.number, appeal.code_version, int(time.time()))][-_AT_MOST:])


def forget_opened(request: HttpRequest, response: HttpResponse, number: str) -> None:
    """Close the appeal in this browser."""
    _set(response, [entry for entry in _entries(request) if entry[0] != number])


def _entries(request: HttpRequest) -> list[Entry]:
    cookie = request.COOKIES.get(COOKIE)
    if not cookie:
        return []
    try:
        said = signing.loads(cookie, salt=_SALT, max_age=SECONDS)
    except signing.BadSignature:
        return []
    oldest = time.time() - SECONDS
    return [(number, version, at) for number, version, at in said if at > oldest]


def _set(response: HttpResponse, entries: list[Entry]) -> None:
    if not entries:
        response.delete_cookie(COOKIE, samesite="Lax")
        return
    response.set_cookie(
        COOKIE,
        signing.dumps(entries, salt=_SALT),
        max_age=SECONDS,
        httponly=True,
        samesite="Lax",
        secure=settings.HTTPS,
    )
