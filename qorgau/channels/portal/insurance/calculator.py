"""What does insurance cost in a month? The sum, who pays it, and every step to it."""

from dataclasses import dataclass
from decimal import Decimal
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from qorgau.channels.portal.forms.insurance import WITH_INCOME, CalculatorForm
from qorgau.directory.reference import current
from qorgau.lib.speech import current_language, say, say_date, say_month
from qorgau.rules.contributions import (
    Contribution,
    Income,
    Payer,
    contributions_of_month,
    percent_in_words,
    tenge_in_words,
)
from qorgau.rules.months import first_day
from qorgau.rules.problems import Problem

_WHO_PAYS: dict[Payer, Promise] = {
    Payer.EMPLOYEE: _("Withheld from your wage"),
    Payer.EMPLOYER: _("Paid by your employer"),
    Payer.CONTRACT: _("Withheld from your income under the contract"),
    Payer.ENTREPRENEUR: _("You pay for yourself"),
    Payer.PLATFORM_WORKER: _("Withheld by the internet platform"),
    Payer.SELF_PAYER: _("You pay for yourself"),
    Payer.UNIFIED_PAYMENT: _(
        "The unified payment for you: pension, social insurance, health insurance and income tax in one"
    ),
    Payer.SINGLE_PAYMENT_CITY: _("You pay for yourself"),
    Payer.SINGLE_PAYMENT_ELSEWHERE: _("You pay for yourself"),
    Payer.STATE: _("The state pays for you"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One payment as the page shows it."""

    who: Promise
    tenge: str
    steps: list[str]
    basis: str
    sure: bool


@require_safe
def calculator(request: HttpRequest) -> HttpResponse:
    """The form; with its answers in the address, the result too. Sums without a name are nobody's personal data."""
    asked = "payer" in request.GET
    today = timezone.localdate()
    form = CalculatorForm(request.GET if asked else None, initial={"month": str(today.month), "year": str(today.year)})
    page: dict[str, Any] = {"form": form}
    if asked and form.is_valid():
        if form.cleaned_data["payer"] == Payer.STATE:
            page["shares_of_the_state"] = _shares_of_the_state(form.asked_month)
        try:
            due = _due(form)
        except Problem as problem:
            if "shares_of_the_state" in page:  # which are the answer while there is no sum yet
                page["no_sum"] = say(problem.sentence)
            else:
                form.add_error(problem.field if problem.field in form.fields else None, say(problem.sentence))
        else:
            page["month"] = say_month(first_day(form.asked_month))
            page["lines"] = [_line(one) for one in due]
            page["total"] = tenge_in_words(sum((one.tenge for one in due), Decimal(0)))
            page["several"] = len(due) > 1
    status = HTTPStatus.UNPROCESSABLE_ENTITY if asked and not form.is_valid() else HTTPStatus.OK
    return render(request, "portal/insurance/calculator.html", page, status=status)


def _due(form: CalculatorForm) -> list[Contribution]:
    """What is due for the month. Raises Problem where there was no such payment or an amount is not known."""
    said, month, tariff = form.cleaned_data, form.asked_month, current().tariff
    payer = Payer(said["payer"])
    if payer not in WITH_INCOME:
        return contributions_of_month([Income(payer, Decimal(0))], month, tariff)
    told = ((payer, "income"), (Payer.EMPLOYEE, "other_income"), (Payer.CONTRACT, "contract_income"))
    incomes = [Income(of, said[name]) for of, name in told if said[name] is not None]
    # An employer pays for wages alone: under a civil-law contract there are no deductions.
    wages = [Income(Payer.EMPLOYER, one.tenge) for one in incomes if one.payer == Payer.EMPLOYEE]
    return contributions_of_month(incomes, month, tariff) + contributions_of_month(wages, month, tariff)


def _shares_of_the_state(month: int) -> list[tuple[str, str]]:
    """The share of the average wage in this month and those that the law fixes for later, each with its first day.

    The average wage itself is published later, so for most of these there is no sum yet.
    """
    rates = sorted(
        (rate for rate in current().tariff.rates if rate.payer == Payer.STATE), key=lambda row: row.valid_from
    )
    return [
        (say_date(rate.valid_from), percent_in_words(rate.percent))
        for rate in rates
        if rate.valid_to is None or rate.valid_to >= first_day(month)
    ]


def _line(due: Contribution) -> Line:
    basis = due.rate.basis
    return Line(
        who=_WHO_PAYS[due.payer],
        tenge=tenge_in_words(due.tenge),
        steps=[say(step) for step in due.steps],
        basis=basis if isinstance(basis, str) else basis[current_language()],
        sure={due.rate.source_mark, *(amount.source_mark for amount in due.amounts)} <= {"V", "ours"},
    )
