"""Coming from a chat with the appeal opened there: a sealed word in the address opens it here too, once.

The address is only looked at by GET: whatever fetches it before a person does (a preview, a scanner, the browser that
opens its pages of yesterday) gets a page with a button, and spends nothing. The button opens the appeal, without any
script. Whoever has the appeal open in this browser already is led on to it, by an old word too: that opens nothing.
"""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from qorgau.channels.portal.forms.tracking import OpenForm
from qorgau.channels.portal.tracking.addresses import address
from qorgau.channels.portal.tracking.asking import ask
from qorgau.channels.portal.tracking.opened import opened_version, remember_opened
from qorgau.handling.for_applicant.taken_along import opened_by_word, take_along


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def taken_along(request: HttpRequest, word: str) -> HttpResponse:
    """A page with the button that opens the appeal; on POST open it in this browser and go on to it. A word that is old
    or was used leads to where number and code are asked for.
    """
    at = timezone.now()
    found = opened_by_word(word, at=at)
    if found and opened_version(request, found.appeal.number) == found.appeal.code_version:
        return HttpResponseRedirect(address("portal:appeal", found.appeal.number))
    if request.method == "POST":
        appeal = take_along(word, at=at)
        if appeal is None:
            return _no_longer_works(request)
        response = HttpResponseRedirect(address("portal:appeal", appeal.number))
        remember_opened(request, response, appeal)
        return response
    if found is None or found.spent:
        return _no_longer_works(request)
    return render(request, "portal/tracking/taken_along.html", {"word": word})


def taken_along_again(request: HttpRequest, word: str) -> HttpResponse:
    """The same page once more, after its token had expired; nothing is spent."""
    found = opened_by_word(word, at=timezone.now())
    if found is None or found.spent:
        return _no_longer_works(request)
    page = {"word": word, "expired": True}
    return render(request, "portal/tracking/taken_along.html", page, status=HTTPStatus.FORBIDDEN)


def _no_longer_works(request: HttpRequest) -> HttpResponse:
    return ask(request, OpenForm(), old_link=True, status=HTTPStatus.GONE)
