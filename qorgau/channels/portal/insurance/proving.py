"""Proving to be the person: a code by SMS to the telephone known for them; and taking it back.

Whether a telephone is known, and even whether the person is, is not told: the page is the same for everybody.
"""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from qorgau.channels.portal.forms.insurance import CodeForm
from qorgau.channels.portal.insurance.asked_about import FIELD, asked_about, carried
from qorgau.channels.portal.insurance.proof import AGAIN, forget_proof, prove_first, remember_proof
from qorgau.channels.portal.insurance.sent_code import carried_code, sent_code, shown_in_demo
from qorgau.channels.portal.insurance.slowing import seconds_before_code
from qorgau.lib.speech import current_language
from qorgau.notices.send_code import send_code
from qorgau.people.one_time_codes import proves
from qorgau.rules.privacy import mask_iin


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def prove(request: HttpRequest) -> HttpResponse:
    """Send a code and ask for it; when it is right, go on to everything the register knows."""
    iin = asked_about(request.POST.get(FIELD, ""))
    if iin is None:
        return prove_first(request, AGAIN)
    if "code" not in request.POST or "again" in request.POST:
        return _send(request, iin)
    form = CodeForm(request.POST)
    sent = sent_code(request)
    if form.is_valid():
        if sent is not None and proves(sent, iin, form.cleaned_data["code"], at=timezone.now()):
            response = HttpResponseRedirect(reverse("portal:status_own"))
            remember_proof(response, iin)
            return response
        form.add_error(
            "code",
            _("This is not the code, or it no longer works. A code lasts ten minutes and bears five tries."),
        )
    return _page(request, iin, form, sent, status=HTTPStatus.UNPROCESSABLE_ENTITY)


@require_POST
def forget(request: HttpRequest) -> HttpResponse:
    """Forget in this browser who proved to be whom."""
    response = HttpResponseRedirect(reverse("portal:status"))
    forget_proof(response)
    return response


def _send(request: HttpRequest, iin: str) -> HttpResponse:
    if seconds := seconds_before_code(request, iin):
        sent = sent_code(request)
        response = _page(request, iin, CodeForm(), sent, wait=seconds, status=HTTPStatus.TOO_MANY_REQUESTS)
        response.headers["Retry-After"] = str(seconds)
        return response
    made = send_code(iin, language=current_language(), at=timezone.now())
    return _page(request, iin, CodeForm(), made.pk, just_sent=True)


def _page(
    request: HttpRequest,
    iin: str,
    form: CodeForm,
    sent: int | None,
    *,
    just_sent: bool = False,
    wait: int = 0,
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    page = {
        "form": form,
        "masked": mask_iin(iin),
        "person": carried(iin),
        "sent": carried_code(sent),
        "just_sent": just_sent,
        "wait": wait,
        "shown_in_demo": shown_in_demo(sent),
    }
    return render(request, "portal/insurance/prove.html", page, status=status)
