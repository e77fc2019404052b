"""A certificate for whoever has proved to be the person: asked for, on its way, and the file itself."""

from http import HTTPStatus

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from qorgau.channels.portal.forms.certificate import OrderForm
from qorgau.channels.portal.insurance.proof import proven_iin
from qorgau.channels.portal.insurance.slowing import seconds_before_own_look_up
from qorgau.channels.portal.insurance.status import DOOR
from qorgau.insured.cells import name_of
from qorgau.insured.certificate import kept
from qorgau.insured.certificate.contents import period_in_words
from qorgau.insured.certificate.making import clear, kept_until
from qorgau.insured.certificate.order import request_certificate
from qorgau.insured.certificate.period import months_offered
from qorgau.insured.models import Certificate
from qorgau.insured.person_key import person_key
from qorgau.lib.speech import current_language, say
from qorgau.rules.privacy import mask_iin
from qorgau.rules.problems import Problem

_SECONDS_BETWEEN_LOOKS = "3"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for which months and in which language; on POST have it made. Others are led to prove who they are."""
    iin = proven_iin(request)
    if iin is None:
        return HttpResponseRedirect(reverse("portal:status"))
    if request.method != "POST":
        months = months_offered(timezone.localdate())
        told = {"first": name_of(months[0]), "last": name_of(months[-1]), "language": current_language()}
        return _form(request, iin, OrderForm(initial=told))
    form = OrderForm(request.POST)
    if not form.is_valid():
        return _form(request, iin, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    if seconds := seconds_before_own_look_up(iin):
        response = _form(request, iin, form, status=HTTPStatus.TOO_MANY_REQUESTS, wait=seconds)
        response.headers["Retry-After"] = str(seconds)
        return response
    try:
        asked = request_certificate(iin, form.period, form.cleaned_data["language"], timezone.now(), who=DOOR)
    except Problem as problem:
        form.add_error("last", say(problem.sentence))
        return _form(request, iin, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    return redirect("portal:certificate_progress", asked.number)


@never_cache
@require_safe
def progress(request: HttpRequest, number: str) -> HttpResponse:
    """How far it is; while it is on its way the page looks again by itself."""
    asked = _own(request, number)
    if asked is None:
        return HttpResponseRedirect(reverse("portal:status"))
    page = {"asked": asked, "period": period_in_words(asked), "kept_until": kept_until(asked)}
    page["language_name"] = dict(settings.LANGUAGES)[asked.language]
    response = render(request, "portal/certificate/progress.html", page)
    if asked.state == Certificate.WAITING:
        response.headers["Refresh"] = _SECONDS_BETWEEN_LOOKS
    return response


@never_cache
@require_safe
def file(request: HttpRequest, number: str) -> HttpResponse:
    """The PDF, as long as it is kept."""
    asked = _own(request, number)
    if asked is None:
        return HttpResponseRedirect(reverse("portal:status"))
    if asked.state != Certificate.READY:
        return redirect("portal:certificate_progress", number)
    try:
        pdf = kept.read(asked.stored_as)
    except FileNotFoundError:
        clear(asked)
        return redirect("portal:certificate_order")
    disposition = f'attachment; filename="{asked.number}.pdf"'
    return HttpResponse(pdf, content_type="application/pdf", headers={"Content-Disposition": disposition})


def _own(request: HttpRequest, number: str) -> Certificate | None:
    """The certificate of whoever has proved to be the person; None without proof. Another's does not exist."""
    iin = proven_iin(request)
    if iin is None:
        return None
    asked = Certificate.objects.filter(number=number, person=person_key(iin)).first()
    if asked is None:
        raise Http404
    return asked


def _form(
    request: HttpRequest, iin: str, form: OrderForm, *, status: HTTPStatus = HTTPStatus.OK, wait: int = 0
) -> HttpResponse:
    page = {"form": form, "masked": mask_iin(iin), "wait": wait}
    return render(request, "portal/certificate/order.html", page, status=status)
