"""The door to an appeal: its number and its code, the same answer to every wrong guess, and pauses that grow."""

import logging
from datetime import datetime
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from qorgau.channels.portal.forms.tracking import OpenForm
from qorgau.channels.portal.tracking.acting import PAGES, Again, Typed
from qorgau.channels.portal.tracking.addresses import address
from qorgau.channels.portal.tracking.asking import GOING_ON, ask, carried_fields, typed_before
from qorgau.channels.portal.tracking.opened import opened_version, remember_opened
from qorgau.handling.for_applicant.story import read_story
from qorgau.lib.client_address import client_address
from qorgau.lib.speech import say
from qorgau.people.guessing import Paused, begin, succeeded
from qorgau.register.access import opened_by
from qorgau.register.models import Appeal
from qorgau.rules.access_codes import normalise_code
from qorgau.rules.numbers import parse_number
from qorgau.rules.problems import Problem

log = logging.getLogger(__name__)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def track(request: HttpRequest) -> HttpResponse:
    """Ask for number and code; on POST open the appeal and go on to it, with whatever was typed before."""
    if request.method != "POST":
        return ask(request, OpenForm(initial={"number": request.GET.get("number", "")[:60]}))
    form = OpenForm(request.POST)
    try:
        appeal = _open(request, form) if form.is_valid() else None
    except Paused as paused:
        return _ask_to_wait(request, form, paused.until)
    if appeal is None:
        return ask(request, form, carried=carried_fields(request.POST), status=HTTPStatus.UNPROCESSABLE_ENTITY)
    response = _go_on(request, appeal)
    remember_opened(request, response, appeal)
    return response


def track_again(request: HttpRequest) -> HttpResponse:
    """The same page once more, with what was typed, after its token had expired."""
    form = OpenForm(initial={name: request.POST.get(name, "") for name in OpenForm.base_fields})
    return ask(request, form, carried=carried_fields(request.POST), expired=True, status=HTTPStatus.FORBIDDEN)


def _open(request: HttpRequest, form: OpenForm) -> Appeal | None:
    """The appeal, if number and code fit; otherwise None, and the form says why. Raises Paused after many tries.

    What is no number or no code at all is said so without counting: it tells nothing about any appeal.
    """
    try:
        number = parse_number(form.cleaned_data["number"])
        code = normalise_code(form.cleaned_data["code"])
    except Problem as problem:
        form.add_error(problem.field, say(problem.sentence))
        return None
    attempt = begin(
        "appeal",
        name=number,
        address=client_address(request),
        at=timezone.now(),
        at_home=lambda: opened_version(request, number) is not None,
    )
    appeal = opened_by(number, code)
    if appeal is None:
        form.add_error("code", _("No appeal has this number and this code. Please check both against your receipt."))
        return None
    succeeded(attempt)
    return appeal


def _go_on(request: HttpRequest, appeal: Appeal) -> HttpResponse:
    page = PAGES.get(request.POST.get(GOING_ON, ""))
    story = read_story(appeal.number) if page else None
    if page is None or story is None:
        return HttpResponseRedirect(address("portal:appeal", appeal.number))
    return page(request, story, Typed(typed_before(request.POST), Again.REOPENED))


def _ask_to_wait(request: HttpRequest, form: OpenForm, until: datetime) -> HttpResponse:
    log.warning("a pause for guessing at appeals from %s", client_address(request))
    seconds = max(1, int((until - timezone.now()).total_seconds()) + 1)
    response = ask(
        request,
        form,
        carried=carried_fields(request.POST),
        wait_minutes=-(-seconds // 60),
        status=HTTPStatus.TOO_MANY_REQUESTS,
    )
    response.headers["Retry-After"] = str(seconds)
    return response
