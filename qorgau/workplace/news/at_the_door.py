"""The commonest question of all answered before anything is looked up: has an open queue news? No."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from qorgau.workplace.news.askers import askers
from qorgau.workplace.news.feed import feed
from qorgau.workplace.news.question import question_of

ADDRESS = "/desk/news/"


class NothingNew:
    """Middleware that tells somebody who was looked up lately that there is nothing new, from memory alone.

    Stands before sessions. Every other answer, and every other person, goes the way of all pages.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info == ADDRESS and request.method == "GET" and (answer := _from_memory(request)) is not None:
            return answer
        return self.get_response(request)


def _from_memory(request: HttpRequest) -> HttpResponse | None:
    asker = askers.known(request.COOKIES.get(settings.SESSION_COOKIE_NAME, ""))
    question = question_of(request)
    if asker is None or question.since is None:
        return None
    feed.refresh()
    touches = question.news_in(feed, asker)
    answer = None if touches is None else question.unless_told(touches)
    if answer is not None:
        answer["Cache-Control"] = "no-store, private"
    return answer
