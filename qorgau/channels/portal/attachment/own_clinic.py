"""From the clinic that a person is attached to: to change it, and to say that they never agreed to it (defect 5.2).

The clinic is told with proof alone, so both ask for the proof; nobody else learns it from a form that is filled in.
"""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from qorgau.channels.portal.insurance.proof import prove_first, proven_iin
from qorgau.channels.portal.insurance.status import DOOR
from qorgau.channels.portal.writing.view import write_prepared
from qorgau.directory.models import Organisation
from qorgau.directory.reference import current
from qorgau.insured.answers import Insured
from qorgau.insured.lookup import Purpose, look_up
from qorgau.insured.record import Attached
from qorgau.lib.speech import name_in, say_date

TOPIC = "attached-without-consent"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def change_clinic(request: HttpRequest) -> HttpResponse:
    """The application with the identity number filled in; whoever has not proved to be the person gets it empty."""
    iin = proven_iin(request)
    if iin is None or request.method != "POST":
        return HttpResponseRedirect(reverse("portal:attachment"))
    return write_prepared(request, "attachment", {"iin": iin})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def not_agreed(request: HttpRequest) -> HttpResponse:
    """The complaint with the clinic, the reason, the day and the words filled in; nothing is sent yet."""
    iin = proven_iin(request)
    if iin is None:
        return prove_first(request)
    if request.method != "POST":
        return HttpResponseRedirect(reverse("portal:status_own"))
    answer = look_up(iin, purpose=Purpose.OWN_STATUS, who=DOOR)
    attached = answer.record.attached if isinstance(answer, Insured) else None
    if attached is None:
        return HttpResponseRedirect(reverse("portal:status_own"))
    return write_prepared(request, "complaint", {"topic": TOPIC, "iin": iin, **_filled_in(attached)})


def _filled_in(attached: Attached) -> dict[str, str]:
    row = Organisation.objects.filter(source_key=attached.organisation).first()
    clinic = name_in(row) or attached.organisation
    region = current().regions.get(row.region_id) if row else None
    facts = {"day": say_date(timezone.localdate()), "clinic": clinic, "since": say_date(attached.since)}
    said = (
        _("On %(day)s I saw that since %(since)s I have been attached to this clinic: %(clinic)s.")
        if attached.since
        else _("On %(day)s I saw that I am attached to this clinic: %(clinic)s.")
    ) % facts
    return {
        "text": f"{said} " + _("Nobody had told me, and I did not agree to it."),
        "desired_outcome": _("Find out who attached me and on what ground, and attach me to the clinic that I choose."),
        "event_date": f"{attached.since:%d.%m.%Y}" if attached.since else "",
        "region": region.kato if region else "",
        "organisation": clinic,
        "organisation_for": clinic,
        "organisation_id": str(row.pk) if row else "",
    }
