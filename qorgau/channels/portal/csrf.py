"""The token that guards sending was missing or old. Nobody is to blame and nothing is lost: the page comes once more.

Nothing is done on such a request but to show it back, with a fresh token, to whoever sent it.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import Resolver404, resolve

from qorgau.channels.portal.certificate.genuine import genuine_again
from qorgau.channels.portal.certificate.own import ask_again
from qorgau.channels.portal.insurance.status import status_again
from qorgau.channels.portal.tracking.acting import PAGES, page_again
from qorgau.channels.portal.tracking.door import track_again
from qorgau.channels.portal.tracking.taken_along import taken_along_again
from qorgau.channels.portal.writing.view import write_again
from qorgau.channels.portal.writing.ways import WAYS

_SECRET = ("password", "code", "csrf", "token")
_LONG_ENOUGH_TO_MISS = 20
_OF_A_STATUS = (
    *("status", "status_wrong", "status_prove", "status_warn"),
    *("status_change_clinic", "status_not_agreed", "status_temporary"),
)


def expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """What Django shows instead of a page whose token is not right (``CSRF_FAILURE_VIEW``)."""
    page = _page_of(request)
    if page is not None and request.method == "POST":
        return page()
    return render(request, "portal/expired.html", {"texts": _texts(request)}, status=403)


def _page_of(request: HttpRequest) -> Callable[[], HttpResponse] | None:
    try:
        match = resolve(request.path_info)
    except Resolver404:
        return None
    if match.app_names != ["portal"]:
        return None
    name = str(match.url_name)
    if name in WAYS:
        return lambda: write_again(request, name)
    if name == "track":
        return lambda: track_again(request)
    if name == "taken_along":
        return lambda: taken_along_again(request, match.kwargs["word"])
    if name in _OF_A_STATUS:
        return lambda: status_again(request)
    if name == "certificate":
        return lambda: genuine_again(request, match.kwargs["number"])
    if name == "certificate_order":
        return lambda: ask_again(request)
    if name in PAGES:
        return lambda: page_again(request, match.kwargs["number"], name)
    return None


def _texts(request: HttpRequest) -> list[str]:
    """Longer texts that came with a page we can't show again, so that they can be copied from here."""
    return [
        value
        for name, values in request.POST.lists()
        if not any(secret in name.lower() for secret in _SECRET)
        for value in values
        if len(value) >= _LONG_ENOUGH_TO_MISS
    ]
