"""Look-ups by many numbers are slowed down: measured by network, by device and by the person asked about.

A device is known by a signed cookie that says nothing but that it is the same one. Browsers that show none are counted
together for their network, so that throwing the cookie away gains nothing.
"""

import secrets
from datetime import timedelta
from functools import lru_cache

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from qorgau.lib.client_address import client_address, network_of
from qorgau.people.pace import Measure, wait_until

COOKIE = "device"
_DAYS = 90
_SALT = "qorgau.device"


def seconds_before_look_up(request: HttpRequest, iin: str) -> int:
    """Count a look-up; how many seconds to wait before it, 0 when it may go on at once."""
    return _seconds(*_of_look_up(request, iin))


def seconds_before_own_look_up(iin: str) -> int:
    """The same for somebody who has proved to be the person; strangers who ask about them don't slow them down."""
    longest = timedelta(seconds=settings.LOOKUPS_LONGEST_WAIT)
    return _seconds(Measure(("own look-up", "person", iin), settings.LOOKUPS_PER_IIN, longest))


def seconds_before_code(request: HttpRequest, iin: str) -> int:
    """Count a one-time code to be sent; how many seconds to wait before it."""
    network = network_of(client_address(request))
    longest = timedelta(seconds=settings.CODES_LONGEST_WAIT)
    return _seconds(
        Measure(("code", "network", network), settings.CODES_PER_ADDRESS, longest),
        Measure(("code", "person", iin), settings.CODES_PER_IIN, longest),
    )


def seconds_before_warning_code(request: HttpRequest, iin: str, address: str) -> int:
    """Count a code that is to confirm where warnings about a person shall go; how many seconds to wait before it.

    Whoever is warned asks about the person from then on, so it counts as a look-up too.
    """
    longest = timedelta(seconds=settings.CODES_LONGEST_WAIT)
    return _seconds(
        *_of_look_up(request, iin),
        Measure(("code", "network", network_of(client_address(request))), settings.CODES_PER_ADDRESS, longest),
        Measure(("warning code", "person", iin), settings.CODES_PER_IIN, longest),
        Measure(("warning code", "contact", address), settings.CODES_PER_IIN, longest),
    )


def remember_device(request: HttpRequest, response: HttpResponse) -> None:
    """Give the browser its cookie, if it has none."""
    if _device(request):
        return
    response.set_cookie(
        COOKIE,
        signing.Signer(salt=_SALT).sign(secrets.token_urlsafe(12)),
        max_age=_DAYS * 24 * 3600,
        httponly=True,
        samesite="Lax",
        secure=settings.HTTPS,
    )


def _of_look_up(request: HttpRequest, iin: str) -> tuple[Measure, ...]:
    network, device = network_of(client_address(request)), _device(request)
    longest = timedelta(seconds=settings.LOOKUPS_LONGEST_WAIT)
    by_device = (
        Measure(("look-up", "device", device), settings.LOOKUPS_PER_DEVICE, longest)
        if device
        else Measure(("look-up", "no device", network), settings.LOOKUPS_WITHOUT_DEVICE, longest)
    )
    return (
        Measure(("look-up", "network", network), settings.LOOKUPS_PER_ADDRESS, longest),
        by_device,
        Measure(("look-up", "person", iin), settings.LOOKUPS_PER_IIN, longest),
    )


def _device(request: HttpRequest) -> str:
    return _told_by(request.COOKIES.get(COOKIE, ""))


@lru_cache(maxsize=1_000)
def _told_by(cookie: str) -> str:
    """The device that a cookie names, "" for none of ours. It is asked for twice in a look-up."""
    try:
        return signing.Signer(salt=_SALT).unsign(cookie)
    except signing.BadSignature:
        return ""


def _seconds(*measures: Measure) -> int:
    now = timezone.now()
    until = wait_until(measures, now)
    return max(1, round((until - now).total_seconds() + 0.5)) if until else 0
