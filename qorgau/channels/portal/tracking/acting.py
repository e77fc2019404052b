"""What pages of an opened appeal share: whose it is, and that nothing typed is lost when it has closed meanwhile."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import wraps
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, QueryDict
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from qorgau.channels.portal.tracking.asking import ask_again
from qorgau.channels.portal.tracking.opened import opened_version
from qorgau.handling.for_applicant.story import Story, read_story


class Again(StrEnum):
    """Why a page is shown once more with what was typed, instead of doing what was asked."""

    EXPIRED = "expired"
    """The token that guards sending was missing or old."""
    REOPENED = "reopened"
    """The appeal had been closed after two hours, and was opened anew."""


@dataclass(frozen=True, slots=True)
class Typed:
    """What came with a form, and whether it may be acted on."""

    post: QueryDict
    again: Again | None = None


Page = Callable[[HttpRequest, Story, Typed | None], HttpResponse]
"""A page of an opened appeal. It gets what was typed, or None when it is only to be looked at."""

PAGES: dict[str, Page] = {}
"""Pages with forms, by the name of their address: whoever had to open the appeal anew goes on with what they typed."""


def opened_page(name: str) -> Callable[[Page], Callable[..., HttpResponse]]:
    """Make a page that shows itself only to whoever opened the appeal with number and code; others are asked."""

    def decorate(page: Page) -> Callable[..., HttpResponse]:
        PAGES[name] = page

        @never_cache
        @require_http_methods(["GET", "HEAD", "POST"])
        @wraps(page)
        def view(request: HttpRequest, number: str) -> HttpResponse:
            typed = Typed(request.POST) if request.method == "POST" else None
            return _for_its_applicant(request, number, name, typed)

        return view

    return decorate


def page_again(request: HttpRequest, number: str, name: str) -> HttpResponse:
    """The page once more with what was typed, after its token had expired."""
    response = _for_its_applicant(request, number, name, Typed(request.POST, Again.EXPIRED))
    response.status_code = HTTPStatus.FORBIDDEN
    return response


def _for_its_applicant(request: HttpRequest, number: str, name: str, typed: Typed | None) -> HttpResponse:
    story = opened_story(request, number)
    if story is None:
        return ask_again(request, number, name, typed.post if typed else None)
    return PAGES[name](request, story, typed)


def opened_story(request: HttpRequest, number: str) -> Story | None:
    """The story of an appeal that this browser has opened; None when there is no such appeal or it is closed here."""
    version = opened_version(request, number)
    if version is None:
        return None
    story = read_story(number)
    return story if story and story.code_version == version else None
