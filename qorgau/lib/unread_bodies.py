"""What somebody still sends is read to its end before they are answered.

A view, or Django itself, may answer without having read the body: too much of it, say. The server then closes the
connection on whoever is still sending, and their browser shows a broken connection instead of our page.
"""

import time
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

LONGEST_SECONDS = 30
"""Whoever sends for longer is cut off."""
_PIECE = 1 << 16


class ReadToTheEnd:
    """Middleware that throws away what is left of a body, as much as the largest lawful sending has. Stands first."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        megabytes = (settings.ATTACHMENTS_AT_MOST + 1) * settings.ATTACHMENT_LIMIT_MB
        self.largest = megabytes * 1_000_000

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdecimal() and 0 < int(length) <= self.largest:
            _throw_away(request)
        return response


def _throw_away(request: HttpRequest) -> None:
    ends = time.monotonic() + LONGEST_SECONDS
    # Not `request.read`, which would keep others from the body that was read already.
    stream = request._stream
    try:
        while stream.read(_PIECE) and time.monotonic() < ends:
            pass
    except OSError:
        return  # they have gone
