"""The short way to doors that programs knock at: straight to the view, past what only pages for people need.

Such a request has no session, no signed-in person, no cookie, no page that a browser could frame; even asking for each
of them takes longer than the answer. What it still goes through is what stands above in `MIDDLEWARE`.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import resolve

DOORS = ("fhir", "api")
"""The first words of their addresses."""


def is_for_programs(path: str) -> bool:
    """Whether an address belongs to such a door."""
    return path[1:].partition("/")[0] in DOORS


class ShortWay:
    """Middleware that answers for those doors. Their views answer every request, and never with an exception."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not is_for_programs(request.path_info):
            return self.get_response(request)
        request.resolver_match = match = resolve(request.path_info)
        return match.func(request, *match.args, **match.kwargs)
