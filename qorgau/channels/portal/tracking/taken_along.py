"""Coming from a chat with the appeal opened there: a sealed word in the address opens it here too."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from qorgau.channels.portal.forms.tracking import OpenForm
from qorgau.channels.portal.tracking.addresses import address
from qorgau.channels.portal.tracking.asking import ask
from qorgau.channels.portal.tracking.opened import remember_opened
from qorgau.handling.for_applicant.taken_along import opened_by_word


@never_cache
@require_safe
def taken_along(request: HttpRequest, word: str) -> HttpResponse:
    """Open the appeal in this browser and go on to it; an old word leads to where number and code are asked for."""
    appeal = opened_by_word(word, at=timezone.now())
    if appeal is None:
        return ask(request, OpenForm(), old_link=True, status=HTTPStatus.GONE)
    response = HttpResponseRedirect(address("portal:appeal", appeal.number))
    remember_opened(request, response, appeal)
    return response
