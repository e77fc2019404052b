"""Am I insured? From an identity number to the verdict, its reasons and what to do.

The number comes by POST and stays out of addresses, logs and pages; the answer is kept by no browser and no proxy.
"""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from qorgau.channels.portal.forms.insurance import StatusForm
from qorgau.channels.portal.insurance.answer import PRICED, answer_in_words
from qorgau.channels.portal.insurance.asked_about import FIELD, asked_about, carried
from qorgau.channels.portal.insurance.proof import AGAIN, NO_WARNINGS, PROVE, prove_first, proven_iin
from qorgau.channels.portal.insurance.sign_in import sign_in_address, sign_in_name
from qorgau.channels.portal.insurance.slowing import (
    remember_device,
    seconds_before_look_up,
    seconds_before_own_look_up,
)
from qorgau.insured.answers import Insured, NotAnswering, Unknown
from qorgau.insured.lookup import Purpose, look_up
from qorgau.insured.shown import told_end
from qorgau.lib.speech import say
from qorgau.rules.contributions import Payer
from qorgau.rules.privacy import mask_iin
from qorgau.rules.problems import Problem
from qorgau.rules.temporary_status import ended_before

DOOR = "portal"
"""How this door is called in the journal of look-ups."""
_SECONDS_TO_COME_BACK = 120
_WHY_HERE = {
    PROVE: _(
        "What you wanted to see is for you alone, and you have not proved who you are, or not lately. Type your IIN: "
        "the next page offers to prove it."
    ),
    AGAIN: _("For your safety the site does not keep your IIN for long. Please type it once more."),
    NO_WARNINGS: _("Warnings before the insurance ends are not offered now. Nothing was kept."),
}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def status(request: HttpRequest) -> HttpResponse:
    """Ask for the number; on POST say the status, without proof who asks."""
    if request.method != "POST":
        return form_page(request, StatusForm(), why=_why_here(request))
    form = StatusForm(request.POST)
    iin = asked_about(request.POST.get(FIELD, ""))
    if iin is None and FIELD in request.POST and "iin" not in request.POST:
        return prove_first(request, AGAIN)  # a button of an old page
    if iin is None and not form.is_valid():
        return form_page(request, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    iin = iin or form.number
    if seconds := seconds_before_look_up(request, iin):
        response = wait_page(request, StatusForm(initial={"iin": request.POST.get("iin", "")}), seconds)
    else:
        response = answer_page(request, iin, form)
    remember_device(request, response)
    return response


@never_cache
@require_safe
def own_status(request: HttpRequest) -> HttpResponse:
    """Everything the register knows, for whoever has proved to be the person; others are led to ask."""
    iin = proven_iin(request)
    if iin is None:
        return prove_first(request)
    if seconds := seconds_before_own_look_up(iin):
        return wait_page(request, StatusForm(), seconds)
    return answer_page(request, iin, StatusForm(), proven=True)


def status_again(request: HttpRequest) -> HttpResponse:
    """The form once more with what was typed, after its token had expired."""
    typed = StatusForm(initial={"iin": request.POST.get("iin", "")[:200]})
    return form_page(request, typed, status=HTTPStatus.FORBIDDEN, expired=True)


def form_page(
    request: HttpRequest, form: StatusForm, *, status: HTTPStatus = HTTPStatus.OK, **more: Any
) -> HttpResponse:
    """The page that asks for the number."""
    iin = proven_iin(request)
    page = {
        "form": form,
        "proven": mask_iin(iin) if iin else "",
        "sign_in": sign_in_name(),
        "sign_in_address": sign_in_address(),
        **more,
    }
    return render(request, "portal/insurance/status.html", page, status=status)


def wait_page(request: HttpRequest, form: StatusForm, seconds: int) -> HttpResponse:
    """Ask to wait a little; nothing typed is lost."""
    response = form_page(request, form, status=HTTPStatus.TOO_MANY_REQUESTS, wait=seconds)
    response.headers["Retry-After"] = str(seconds)
    return response


def answer_page(request: HttpRequest, iin: str, form: StatusForm, *, proven: bool = False) -> HttpResponse:
    """What the register says of a person; with proof everything, without it the verdict and the paid months."""
    answer = look_up(iin, purpose=Purpose.OWN_STATUS, who=DOOR)
    match answer:
        case Insured():
            return _known(request, iin, answer, proven=proven)
        case Unknown(granted=granted):
            today = timezone.localdate()
            ended = told_end(ended_before(today, granted), today, proven=proven)
            page = {"masked": mask_iin(iin), "person": carried(iin), "proven": proven, "ended": ended}
            return render(request, "portal/insurance/unknown.html", page)
        case NotAnswering(sentence=sentence, granted_until=until):
            told = {"silent": say(sentence), "granted_until": until}
            response = form_page(request, form, status=HTTPStatus.SERVICE_UNAVAILABLE, **told)
            response.headers["Retry-After"] = str(_SECONDS_TO_COME_BACK)
            return response


def _known(request: HttpRequest, iin: str, insured: Insured, *, proven: bool) -> HttpResponse:
    payer = _payer(request)
    try:
        answer = answer_in_words(request, iin, insured, timezone.localdate(), proven=proven, payer=payer)
    except Problem as problem:  # a row of the directory is missing: that is for administrators to mend
        return form_page(request, StatusForm(), status=HTTPStatus.SERVICE_UNAVAILABLE, silent=say(problem.sentence))
    page = {"headline": answer.headline, "answer": answer.words}
    return render(request, "portal/insurance/answer.html", page)


def _why_here(request: HttpRequest) -> str:
    """What to tell somebody who wanted another page and was led to this one; "" to everybody else."""
    why = next((why for why in _WHY_HERE if why in request.GET), "")
    if not why or (why == PROVE and proven_iin(request)):
        return ""
    return str(_WHY_HERE[why])


def _payer(request: HttpRequest) -> Payer:
    said = request.POST.get("payer") or request.GET.get("payer")
    return next((payer for payer in PRICED if payer.value == said), Payer.SELF_PAYER)
