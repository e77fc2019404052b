"""“This is wrong”: a question to the Fund with everything filled in that the page knew, ready to be read and sent."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from qorgau.channels.portal.insurance.asked_about import FIELD, asked_about
from qorgau.channels.portal.insurance.proof import AGAIN, prove_first
from qorgau.channels.portal.insurance.status import DOOR
from qorgau.channels.portal.writing.view import write_prepared
from qorgau.insured import words
from qorgau.insured.answers import Insured, NotAnswering, Unknown
from qorgau.insured.lookup import Answer, Purpose, look_up
from qorgau.insured.twelve_months import twelve_months
from qorgau.insured.verdicts import standing
from qorgau.lib.speech import say_date

TOPIC = "insured-status"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def wrong(request: HttpRequest) -> HttpResponse:
    """The form of a question, filled in; nothing is sent yet. Whoever comes without having asked is led to ask."""
    iin = asked_about(request.POST.get(FIELD, ""))
    if iin is None:
        return prove_first(request, AGAIN)
    answer = look_up(iin, purpose=Purpose.OWN_STATUS, who=DOOR)
    return write_prepared(request, "question", {"topic": TOPIC, "text": _said(answer), "iin": iin})


def _said(answer: Answer) -> str:
    today = timezone.localdate()
    match answer:
        case Insured():
            said = _("On %(day)s the site tells me: “%(verdict)s”.") % {
                "day": say_date(today),
                "verdict": words.headline(standing(answer, today)),
            }
            unpaid = [one.month for one in twelve_months(answer, today, proven=False) if not one.covered]
            if unpaid:
                said += " " + _("These months are shown as not paid: %(months)s.") % {
                    "months": words.months_in_words(unpaid)
                }
        case Unknown():
            said = _("On %(day)s the site shows nothing for my IIN.") % {"day": say_date(today)}
        case NotAnswering():
            said = _("I want to know whether I am insured.")
    return f"{said}\n\n" + _("I think that this is wrong, because:") + " "
