"""Whoever has proved to be the person sees who asked about their insurance: when, through which door, what for."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from qorgau.channels.portal.insurance.proof import prove_first, proven_iin
from qorgau.insured.journal import Purpose, looked_to_warn, who_looked
from qorgau.insured.models import LookUp
from qorgau.rules.privacy import mask_iin

MOST_ROWS = 100

PURPOSES: dict[str, Promise] = {
    Purpose.OWN_STATUS: _("to see the status"),
    Purpose.CERTIFICATE: _("for a certificate"),
    Purpose.ATTACHMENT: _("for the attachment to a clinic"),
    Purpose.APPEAL: _("to work on your appeal"),
    Purpose.CARE: _("before giving care"),
    Purpose.WARNING: _("to warn you before the insurance ends"),
}
DOORS: dict[str, Promise] = {
    "portal": _("this site"),
    "mobile": _("the mobile application"),
    "telegram": _("the Telegram bot"),
    "contact_centre": _("the contact centre 1414"),
    "staff": _("staff of the Fund or of a clinic"),
    "partner": _("another organisation’s system"),
    "system": _("Qorgau by itself"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """One look-up as the page tells it."""

    at: datetime
    door: str | Promise
    purpose: str | Promise
    told: bool


@never_cache
@require_safe
def who_asked(request: HttpRequest) -> HttpResponse:
    """The page, for the person alone; others are led to prove who they are."""
    iin = proven_iin(request)
    if iin is None:
        return prove_first(request)
    lines = [_asked(line) for line in who_looked(iin, at_most=MOST_ROWS, but=Purpose.WARNING)]
    often, last = looked_to_warn(iin)
    page = {"lines": lines, "masked": mask_iin(iin), "most": MOST_ROWS, "warned_often": often, "warned_last": last}
    return render(request, "portal/insurance/who_asked.html", page)


def _asked(line: LookUp) -> Asked:
    door = line.who.partition(":")[0]
    return Asked(line.at, DOORS.get(door, door), PURPOSES.get(line.purpose, line.purpose), line.answer == "found")
