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
from qorgau.lib.speech import current_language, say, say_month
from qorgau.rules.contributions import Contribution, Income, Payer, contributions_of_month, tenge_in_words
from qorgau.rules.months import first_day
from qorgau.rules.problems import Problem

_WHO_PAYS: dict[Payer, Promise] = {
    Payer.EMPLOYEE: _("Withheld from your wage"),
    Payer.EMPLOYER: _("Paid by your employer"),
    Payer.CONTRACT: _("Withheld from your income under the contract"),
    Payer.ENTREPRENEUR: _("You pay for yourself"),
    Payer.PLATFORM_WORKER: _("Withheld by the internet platform"),
    Payer.SELF_PAYER: _("You pay for yourself"),
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
        try:
            due = _due(form)
        except Problem as problem:
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
    sums = [one for one in (said["income"], said["other_income"]) if one is not None]
    due = contributions_of_month([Income(payer, one) for one in sums], month, tariff)
    if payer == Payer.EMPLOYEE:
        due += contributions_of_month([Income(Payer.EMPLOYER, one) for one in sums], month, tariff)
    return due


def _line(due: Contribution) -> Line:
    basis = due.rate.basis
    return Line(
        who=_WHO_PAYS[due.payer],
        tenge=tenge_in_words(due.tenge),
        steps=[say(step) for step in due.steps],
        basis=basis if isinstance(basis, str) else basis[current_language()],
        sure={due.rate.source_mark, *(amount.source_mark for amount in due.amounts)} <= {"V", "ours"},
    )
