"""What people read when something can't be done. Words that say what to do next, in their language.

Named in `qorgau.urls` as handlers 400, 403, 404 and 500; `too_many` is called by whoever slows people down.
Django has no handler for 405, so a middleware has its page made.
"""

import logging
from collections.abc import Callable
from http import HTTPStatus

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

log = logging.getLogger(__name__)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the browser sent something that no page of ours asks for; 413: more of it than we read at once."""
    too_large = isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent)
    return _page(request, HTTPStatus.REQUEST_ENTITY_TOO_LARGE if too_large else HTTPStatus.BAD_REQUEST)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: it exists, but not for this person."""
    return _page(request, HTTPStatus.FORBIDDEN)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: there is no such page, or not for this person to know of."""
    return _page(request, HTTPStatus.NOT_FOUND)


def too_many(request: HttpRequest, wait: int | None = None) -> HttpResponse:
    """429: too many tries; ``wait`` is how many seconds to wait, when that is known."""
    response = _page(request, HTTPStatus.TOO_MANY_REQUESTS, minutes=-(-wait // 60) if wait else 0)
    if wait:
        response.headers["Retry-After"] = str(wait)
    return response


class NotAllowed:
    """405: an address that takes a form was opened without one, by hand, or on the way back from signing in.

    Middleware: the answer of the view is empty, and what its headers say stays.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED and request.method == "GET":
            page = _page(request, HTTPStatus.METHOD_NOT_ALLOWED)
            response.content, response["Content-Type"] = page.content, page["Content-Type"]
        return response


def broken(request: HttpRequest) -> HttpResponse:
    """500: our fault. The page asks no database; when making it fails too, plain words in three languages remain."""
    try:
        return HttpResponse(render_to_string("errors/500.html", {}, request), status=HTTPStatus.INTERNAL_SERVER_ERROR)
    except Exception:
        # Whatever broke the first page (translations, templates, static files) may have broken this one too.
        log.exception("the page about an error could not be made")
        return HttpResponse(PLAIN_WORDS, status=HTTPStatus.INTERNAL_SERVER_ERROR)


DESK = "/desk/"


def _page(request: HttpRequest, status: HTTPStatus, **facts: object) -> HttpResponse:
    # Staff who mistype an address stay at their desk; only there it is asked who they are.
    facts["at_desk"] = request.path.startswith(DESK) and request.user.is_authenticated
    return HttpResponse(render_to_string(f"errors/{status.value}.html", facts, request), status=status.value)


PLAIN_WORDS = """<!doctype html>
<html lang="kk">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Qorgau</title></head>
<body>
<main>
<h1>Бізде ақау болды</h1>
<p>Кінә сізде емес. Бірнеше минуттан кейін қайталап көріңіз немесе 1414 нөміріне қоңырау шалыңыз.</p>
<section lang="ru"><h2>У нас сбой</h2>
<p>Это не ваша ошибка. Попробуйте ещё раз через несколько минут или позвоните по номеру 1414.</p></section>
<section lang="en"><h2>Something broke on our side</h2>
<p>It is not your fault. Try again in a few minutes, or call 1414.</p></section>
</main>
</body>
</html>
"""
