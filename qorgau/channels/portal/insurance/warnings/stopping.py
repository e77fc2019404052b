"""My warnings: opened by the link in any message, without a session. Looking changes nothing; a button stops them.

The link is the key: whoever has it reads the messages that went to the address, so all warnings to it stand there.
Nothing can be done without the link, so no further token is asked for; the button of a mail program works (RFC 8058).
"""

from dataclasses import dataclass
from datetime import date
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from qorgau.channels.portal.insurance.proof import prove_first, proven_iin
from qorgau.insured.warnings.addresses import address_of, label_of
from qorgau.insured.warnings.links import subscription_of
from qorgau.insured.warnings.models import Subscription
from qorgau.insured.warnings.subscribing import running_at_the_same_address, stop, stop_all_about
from qorgau.lib.speech import current_language
from qorgau.rules.privacy import mask_email, mask_phone

ALL = "all"


@dataclass(frozen=True, slots=True)
class Running:
    """One of somebody's warnings as the page shows it."""

    number: int
    label: str
    since: date
    tells_back: bool


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def warnings(request: HttpRequest, token: str) -> HttpResponse:
    """What goes to this address; on POST stop one of it, or all."""
    subscription = subscription_of(token)
    if subscription is None:
        return render(request, "portal/insurance/warnings/none.html", status=HTTPStatus.NOT_FOUND)
    running = running_at_the_same_address(subscription)
    if request.method == "POST":
        said = request.POST.get("stop")
        chosen = [one.pk for one in running if said in (ALL, str(one.pk))]
        stop(chosen, why=Subscription.STOPPED, at=timezone.now())
        return HttpResponseRedirect(reverse("portal:status_warnings", args=[token]) + "?stopped=1")
    address = address_of(subscription)
    page = {
        "token": token,
        "address": _masked(subscription.channel, address),
        "running": [_running(one) for one in running],
        "begun": "begun" in request.GET,
        "stopped": "stopped" in request.GET,
    }
    return render(request, "portal/insurance/warnings/mine.html", page)


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def short(request: HttpRequest, token: str) -> HttpResponse:
    """The short address in a message: leads people to the page, in the language of the messages, and lets the button of
    a mail program stop what its letter was about, which takes no redirect for an answer.
    """
    subscription = subscription_of(token)
    if request.method == "POST":
        if subscription is not None:
            stop([subscription.pk], why=Subscription.STOPPED, at=timezone.now())
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    with override(subscription.language if subscription else current_language()):
        return HttpResponseRedirect(reverse("portal:status_warnings", args=[token]))


@require_POST
def stop_about_me(request: HttpRequest) -> HttpResponse:
    """Stop all warnings about whoever has proved to be the person; others are led to prove who they are."""
    iin = proven_iin(request)
    if iin is None:
        return prove_first(request)
    stop_all_about(iin, at=timezone.now())
    return HttpResponseRedirect(reverse("portal:status_own"))


def _masked(channel: str, address: str) -> str:
    """A chat is known to its owner by the name of its service."""
    if channel == Subscription.TELEGRAM:
        return "Telegram"
    return mask_phone(address) if channel == Subscription.SMS else mask_email(address)


def _running(one: Subscription) -> Running:
    return Running(one.pk, label_of(one), timezone.localdate(one.confirmed_at), one.tells_back)
