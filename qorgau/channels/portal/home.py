"""What do you need?"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.templatetags.static import static
from django.utils.translation import get_language_from_request
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from qorgau.channels.portal.kept_pages import kept
from qorgau.lib.speech import current_language

_A_YEAR = 365 * 24 * 3600


@kept
def _home(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/home.html")


def home(request: HttpRequest) -> HttpResponse:
    """The front page. Reading it in a language that the browser does not ask for is remembered for the next visit."""
    response = _home(request)
    if get_language_from_request(request) != current_language():
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            current_language(),
            max_age=_A_YEAR,
            httponly=True,
            samesite="Lax",
            secure=settings.HTTPS,
        )
    return response


@kept
def start(request: HttpRequest) -> HttpResponse:
    """Choose what to write."""
    return render(request, "portal/start.html")


@require_safe
@vary_on_headers("Cookie", "Accept-Language")
def to_own_language(request: HttpRequest) -> HttpResponse:
    """The bare address of the site leads to the front page in the person's language, Kazakh unless we know another."""
    return HttpResponseRedirect(f"/{get_language_from_request(request)}/")


@require_safe
def icon(request: HttpRequest) -> HttpResponse:
    """Where browsers look for the icon of pages that name none, such as a PDF."""
    return HttpResponseRedirect(static("qorgau/favicon.svg"))
