"""The receipt: the number, the code, who holds the appeal and until when; on the screen and as a PDF."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from qorgau.channels.portal.receipt_cookie import remembered_receipt, share_with_other_languages
from qorgau.intake.receipt_facts import ReceiptFacts, receipt_facts
from qorgau.intake.talon import registered_by, talon_pdf
from qorgau.lib.qr import qr_svg


@never_cache
@require_safe
def receipt(request: HttpRequest) -> HttpResponse:
    """The receipt of what was just sent. Whoever comes without its cookie, or after a new code was issued, is led to
    where number and code are asked.
    """
    facts = _facts(request)
    if facts is None:
        return HttpResponseRedirect(reverse("portal:track"))
    page = {"it": facts, "registered_by": registered_by, "qr": qr_svg(tracking_address(facts.number))}
    response = render(request, "portal/receipt.html", page)
    share_with_other_languages(request, response)
    return response


@never_cache
@require_safe
def receipt_pdf(request: HttpRequest) -> HttpResponse:
    """The receipt (талон) to keep or print, in the language of the page."""
    facts = _facts(request)
    if facts is None:
        return HttpResponseRedirect(reverse("portal:track"))
    made = talon_pdf(facts, tracking_address(facts.number))
    return HttpResponse(
        made,
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{facts.number}.pdf"'},
    )


def tracking_address(number: str) -> str:
    """Where the appeal is followed: with its number, which is no secret, and never with its code."""
    return f"{settings.PUBLIC_ADDRESS}{reverse('portal:track')}?number={number}"


def _facts(request: HttpRequest) -> ReceiptFacts | None:
    number = remembered_receipt(request)
    facts = receipt_facts(number) if number else None
    return facts if facts and facts.code else None
