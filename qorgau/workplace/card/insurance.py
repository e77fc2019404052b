"""Asking the register about the person of an appeal: who asked, and what for, the person reads in the journal."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from qorgau.workplace.access import get_appeal, refuse_readers, staff_of, staff_page
from qorgau.workplace.card.head import head_of
from qorgau.workplace.card.insurance_shown import insurance_of, may_look, status_today
from qorgau.workplace.showing import show


@staff_page
@require_POST
def insurance(request: HttpRequest, number: str) -> HttpResponse:
    """The status today, within the panel of the card, or on a page of its own where there is no JavaScript."""
    appeal, staff = get_appeal(request, number), staff_of(request)
    refuse_readers(request)
    if not may_look(appeal, staff):
        raise PermissionDenied
    context = {
        "number": number,
        "head": head_of(appeal, staff),
        "insurance": insurance_of(appeal, staff),
        "status": status_today(appeal, staff),
    }
    page = "card/insurance_body.html" if request.headers.get("HX-Request") else "card/insurance_page.html"
    return show(request, page, context)
