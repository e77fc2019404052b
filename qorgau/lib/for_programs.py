"""The short way to doors that programs knock at: straight to the view, past what only pages for people need.

Such a request has no session, no signed-in person, no cookie, no page that a browser could frame; even asking for each
of them takes longer than the answer. What it still goes through is what stands above in `MIDDLEWARE`.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import resolve


class ShortWay:
    """Middleware that answers for the doors of `PROGRAM_DOORS`: the first word of their addresses, and their urls.

    Their urls have a view for every address, and their views an answer to every request, never an exception.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self._doors: dict[str, str] = settings.PROGRAM_DOORS

    def __call__(self, request: HttpRequest) -> HttpResponse:
        urls = self._doors.get(request.path_info[1:].partition("/")[0])
        if urls is None:
            return self.get_response(request)
        request.resolver_match = match = resolve(request.path_info, urls)
        response: HttpResponse = match.func(request, *match.args, **match.kwargs)
        response.headers.setdefault("Content-Length", str(len(response.content)))
        return response
