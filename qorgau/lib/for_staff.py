"""Middleware that only pages of the staff need. Public pages, whose addresses begin with a language, pass it by.

They look at nobody's session, know no signed-in user and queue no messages; not even asking makes each of them a third
cheaper. What a subclass would put on the request is then not there, and reaching for it fails loudly.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest
from django_htmx.middleware import HtmxMiddleware


def is_public(path: str) -> bool:
    """Whether a page belongs to the public site: its address begins with a language."""
    return path == "/" or (path[3:4] == "/" and path[1:3] in _languages())


@lru_cache(maxsize=1)
def _languages() -> frozenset[str]:
    return frozenset(code for code, _name in settings.LANGUAGES)


class _ForStaff:
    """Mixed in before a middleware; must stand first."""

    get_response: Callable[[HttpRequest], Any]

    def __call__(self, request: HttpRequest) -> Any:
        if is_public(request.path_info):
            return self.get_response(request)
        return super().__call__(request)  # type: ignore[misc]


class Sessions(_ForStaff, SessionMiddleware):
    """Sessions, on pages of the staff."""


class Authentication(_ForStaff, AuthenticationMiddleware):
    """`request.user`, on pages of the staff."""


class Messages(_ForStaff, MessageMiddleware):
    """What the last action wanted to say, on pages of the staff."""


class Htmx(_ForStaff, HtmxMiddleware):
    """`request.htmx`, on pages of the staff."""
