"""“Tell me before I lose it”: where to, a code that shows that it is read there, and the warnings begin.

The pages are the same whether the register knows the person or not: nothing is looked up here.
"""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from qorgau.channels.portal.forms.warnings import ConfirmForm, WarnForm
from qorgau.channels.portal.insurance.asked_about import FIELD, asked_about, carried
from qorgau.channels.portal.insurance.proof import AGAIN, NO_WARNINGS, prove_first, proven_iin
from qorgau.channels.portal.insurance.sent_code import carried_code, sent_code, shown_in_demo
from qorgau.channels.portal.insurance.slowing import seconds_before_warning_code
from qorgau.channels.portal.insurance.warnings.wish import FIELD as WISH
from qorgau.channels.portal.insurance.warnings.wish import carried_wish, wish_in
from qorgau.insured.person_key import person_key
from qorgau.insured.warnings.links import token_of
from qorgau.insured.warnings.subscribing import Wish, addresses_told_about, offered, subscribe
from qorgau.lib.speech import current_language, say
from qorgau.notices.send_code import send_code_to
from qorgau.people.asked_consents import consent_version, consent_words
from qorgau.people.one_time_codes import proves
from qorgau.rules.privacy import mask_email, mask_iin, mask_phone
from qorgau.rules.problems import Problem

_CONSENT = "consent_insurance_warning"


def offer(iin: str, *, proven: bool) -> Mapping[str, Any]:
    """What the page of a status shows about warnings: whether they can be had; to the person alone how many hear."""
    return {
        "warnings_offered": offered() and bool(consent_words(_CONSENT)),
        "warned_addresses": addresses_told_about(iin) if proven else 0,
    }


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def warn_me(request: HttpRequest) -> HttpResponse:
    """Ask where to; send a code there; when it is right, begin. Whoever comes without having asked is led to ask."""
    iin = asked_about(request.POST.get(FIELD, ""))
    if iin is None:
        return prove_first(request, AGAIN)
    if not offered() or not consent_words(_CONSENT):
        return prove_first(request, NO_WARNINGS)
    if WISH in request.POST:
        wish = wish_in(request.POST[WISH])
        if wish is None or wish.person != person_key(iin):
            return _ask(request, iin, _empty(request), late=True)
        return _send(request, iin, wish, again=True) if "again" in request.POST else _confirm(request, iin, wish)
    if "language" not in request.POST:
        return _ask(request, iin, _empty(request))
    form = WarnForm(request.POST)
    if not form.is_valid():
        return _ask(request, iin, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    return _send(request, iin, _wish(request, iin, form), form=form)


def _empty(request: HttpRequest) -> WarnForm:
    """Who is not insured wants to hear of the good news above all."""
    return WarnForm(initial={"language": current_language(), "tells_back": "back" in request.POST})


def _wish(request: HttpRequest, iin: str, form: WarnForm) -> Wish:
    said = form.cleaned_data
    return Wish(
        person=person_key(iin),
        channel=said["contact"].channel,
        address=said["contact"].address,
        language=said["language"],
        label=said["label"],
        tells_back=said["tells_back"],
        proven=proven_iin(request) == iin,
        consent_version=consent_version(_CONSENT),
    )


def _send(
    request: HttpRequest, iin: str, wish: Wish, *, form: WarnForm | None = None, again: bool = False
) -> HttpResponse:
    if seconds := seconds_before_warning_code(request, iin, wish.address):
        how: dict[str, Any] = {"wait": seconds, "status": HTTPStatus.TOO_MANY_REQUESTS}
        if again or form is None:
            response = _ask_code(request, iin, wish, ConfirmForm(), sent_code(request), **how)
        else:
            response = _ask(request, iin, form, **how)
        response.headers["Retry-After"] = str(seconds)
        return response
    made = send_code_to(wish.address, way=wish.channel, about=wish.about, language=wish.language, at=timezone.now())
    return _ask_code(request, iin, wish, ConfirmForm(), made.pk, just_sent=True)


def _confirm(request: HttpRequest, iin: str, wish: Wish) -> HttpResponse:
    form, sent, now = ConfirmForm(request.POST), sent_code(request), timezone.now()
    if form.is_valid():
        if sent is not None and proves(sent, wish.about, form.cleaned_data["code"], at=now):
            return _begin(request, iin, wish, form)
        form.add_error(
            "code",
            _("This is not the code, or it no longer works. A code lasts ten minutes and bears five tries."),
        )
    return _ask_code(request, iin, wish, form, sent, status=HTTPStatus.UNPROCESSABLE_ENTITY)


def _begin(request: HttpRequest, iin: str, wish: Wish, form: ConfirmForm) -> HttpResponse:
    try:
        subscription = subscribe(wish, at=timezone.now())
    except Problem as problem:
        form.add_error(None, say(problem.sentence))
        return _ask_code(request, iin, wish, form, None, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    return HttpResponseRedirect(reverse("portal:status_warnings", args=[token_of(subscription)]) + "?begun=1")


# --- Pages -----------------------------------------------------------------------------------------------------------


def _ask(
    request: HttpRequest,
    iin: str,
    form: WarnForm,
    *,
    late: bool = False,
    wait: int = 0,
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    page = {
        "form": form,
        "masked": mask_iin(iin),
        "person": carried(iin),
        "consent_words": consent_words(_CONSENT),
        "late": late,
        "back": "back" in request.POST,
        "wait": wait,
    }
    return render(request, "portal/insurance/warnings/ask.html", page, status=status)


def _ask_code(
    request: HttpRequest,
    iin: str,
    wish: Wish,
    form: ConfirmForm,
    sent: int | None,
    *,
    just_sent: bool = False,
    wait: int = 0,
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    page = {
        "form": form,
        "person": carried(iin),
        "wish": carried_wish(wish),
        "sent": carried_code(sent),
        "by_sms": wish.channel == "sms",
        "address": mask_phone(wish.address) if wish.channel == "sms" else mask_email(wish.address),
        "just_sent": just_sent,
        "wait": wait,
        "shown_in_demo": shown_in_demo(sent, way=wish.channel),
    }
    return render(request, "portal/insurance/warnings/confirm.html", page, status=status)
