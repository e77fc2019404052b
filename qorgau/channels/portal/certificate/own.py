"""A certificate for whoever has proved to be the person: asked for, on its way, and the file itself."""

from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from django_htmx.http import HTMX_STOP_POLLING

from qorgau.channels.portal.forms.certificate import OrderForm
from qorgau.channels.portal.insurance.proof import prove_first, proven_iin
from qorgau.channels.portal.insurance.slowing import seconds_before_own_look_up
from qorgau.channels.portal.insurance.status import DOOR
from qorgau.insured.cells import name_of
from qorgau.insured.certificate.contents import period_in_words
from qorgau.insured.certificate.kept import pdf_of
from qorgau.insured.certificate.order import request_certificate
from qorgau.insured.certificate.period import months_offered
from qorgau.insured.models import Certificate
from qorgau.insured.person_key import person_key
from qorgau.lib.speech import current_language, say
from qorgau.rules.privacy import mask_iin
from qorgau.rules.problems import Problem

PART = "certificate"
"""Id of the part that is asked for again and again while the certificate is being made."""
_MOST_LISTED = 10


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for which months and in which language; on POST have it made. Others are led to prove who they are."""
    iin = proven_iin(request)
    if iin is None:
        return prove_first(request)
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


def ask_again(request: HttpRequest) -> HttpResponse:
    """The form once more with what was chosen, after its token had expired."""
    iin = proven_iin(request)
    if iin is None:
        return prove_first(request)
    chosen = {name: request.POST.get(name, "") for name in OrderForm.base_fields}
    return _form(request, iin, OrderForm(initial=chosen), status=HTTPStatus.FORBIDDEN, expired=True)


@never_cache
@require_safe
def progress(request: HttpRequest, number: str) -> HttpResponse:
    """How far it is. The page works by loading it again, and by itself with JavaScript."""
    iin = proven_iin(request)
    if iin is None:
        return prove_first(request)
    asked = _own(iin, number)
    if asked is None:
        return _gone(request, number)
    page = {"asked": asked, "part": PART, **_described(asked)}
    if request.headers.get("HX-Target") != PART:
        return render(request, "portal/certificate/progress.html", page)
    if asked.goes_on:
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    return render(request, "portal/certificate/how_far.html", page, status=HTMX_STOP_POLLING)


@never_cache
@require_safe
def file(request: HttpRequest, number: str) -> HttpResponse:
    """The PDF, as long as it is kept."""
    iin = proven_iin(request)
    if iin is None:
        return prove_first(request)
    asked = _own(iin, number)
    if asked is None:
        return _gone(request, number)
    pdf = pdf_of(asked)
    if pdf is None:
        return redirect("portal:certificate_progress", number)
    disposition = f'attachment; filename="{asked.number}.pdf"'
    return HttpResponse(pdf, content_type="application/pdf", headers={"Content-Disposition": disposition})


def _own(iin: str, number: str) -> Certificate | None:
    """The certificate of a person as long as it is kept. Of another's no more is told than of one that never was."""
    return Certificate.objects.filter(number=number, person=person_key(iin)).first()


def _gone(request: HttpRequest, number: str) -> HttpResponse:
    page = {"number": number, "hours": settings.CERTIFICATES_KEPT_HOURS}
    return render(request, "portal/certificate/gone.html", page, status=HTTPStatus.NOT_FOUND)


def _described(asked: Certificate) -> dict[str, str]:
    return {"period": period_in_words(asked), "language_name": dict(settings.LANGUAGES)[asked.language]}


def _form(
    request: HttpRequest, iin: str, form: OrderForm, *, status: HTTPStatus = HTTPStatus.OK, **more: Any
) -> HttpResponse:
    page = {"form": form, "masked": mask_iin(iin), "recent": _recent(iin), **more}
    return render(request, "portal/certificate/order.html", page, status=status)


def _recent(iin: str) -> list[dict[str, Any]]:
    """Those that can be saved or are on their way, the latest first: the way back for whoever left their page."""
    going_on = Certificate.objects.filter(
        person=person_key(iin), state__in=(Certificate.WAITING, Certificate.READY)
    ).order_by("-asked_at")[:_MOST_LISTED]
    return [{"number": asked.number, **_described(asked)} for asked in going_on]
