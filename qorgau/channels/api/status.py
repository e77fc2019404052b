"""`POST /api/status`: am I insured, in as few words as there are."""

from collections.abc import Sequence
from datetime import date
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from qorgau.channels.api.answers import answering
from qorgau.insured.cells import is_month, month_called, name_of
from qorgau.insured.record import MonthPaid
from qorgau.lib.speech import say
from qorgau.partners.incoming import demand, json_object, partner_of
from qorgau.partners.refusals import Refusal
from qorgau.partners.scopes import Scope
from qorgau.partners.status import Told, day_asked, status_for
from qorgau.rules.months import first_day, last_day
from qorgau.rules.sentences import N_, Sentence


@answering("POST")
def status(request: HttpRequest) -> dict[str, Any]:
    """The status of the person with an IIN in a month, this one when none is named: docs/fhir.md."""
    partner = partner_of(request)
    demand(partner, Scope.STATUS)
    said = json_object(request)
    return _answer(status_for(partner, _iin(said), on=_day(said), field="iin"))


def _iin(said: dict[str, Any]) -> str:
    iin = said.get("iin")
    if not isinstance(iin, str):
        raise Refusal(HTTPStatus.BAD_REQUEST, "required", Sentence(N_("An IIN is needed, as a string.")), field="iin")
    return iin


def _day(said: dict[str, Any]) -> date:
    month = said.get("month")
    if month is None:
        return timezone.localdate()
    if not isinstance(month, str) or not is_month(month):
        sentence = Sentence(N_("A month is written like {example}."), {"example": "2026-11"})
        raise Refusal(HTTPStatus.BAD_REQUEST, "value", sentence, field="month")
    return day_asked(first_day(month_called(month)), last_day(month_called(month)))


def _answer(told: Told) -> dict[str, Any]:
    answer: dict[str, Any] = {
        "month": name_of(told.month),
        "insured": told.in_force,
        "status": told.status.value,
        "until": told.until.isoformat() if told.until else None,
        "as_of": told.as_of.isoformat() if told.as_of else None,
        "register_answered": told.register_answered,
        "text": say(told.sentence),
    }
    if told.details is not None:
        answer["ground"] = told.details.ground.value
        answer["rules"] = told.details.rules
        answer["payments"] = _payments(told.details.payments)
    return answer


def _payments(payments: Sequence[MonthPaid] | None) -> list[dict[str, str]] | None:
    """What was paid for each month; None where nobody can say."""
    if payments is None:
        return None
    return [
        {"month": name_of(paid.month), "tenge": f"{paid.tenge:.2f}", "paid_by": paid.paid_by.name.lower()}
        for paid in payments
    ]
