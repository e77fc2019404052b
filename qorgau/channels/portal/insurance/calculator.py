"""What does insurance cost in a month? The sum, who pays it, and every step to it."""

from decimal import Decimal
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from qorgau.channels.portal.forms.insurance import CalculatorForm
from qorgau.insured.what_is_due import due_in_month, line_of, shares_of_the_state
from qorgau.lib.speech import say, say_month
from qorgau.rules.contributions import Contribution, Income, Payer, tenge_in_words
from qorgau.rules.months import first_day
from qorgau.rules.problems import Problem


@require_safe
def calculator(request: HttpRequest) -> HttpResponse:
    """The form; with its answers in the address, the result too. Sums without a name are nobody's personal data."""
    asked = "payer" in request.GET
    today = timezone.localdate()
    form = CalculatorForm(request.GET if asked else None, initial={"month": str(today.month), "year": str(today.year)})
    page: dict[str, Any] = {"form": form}
    if asked and form.is_valid():
        if form.cleaned_data["payer"] == Payer.STATE:
            page["shares_of_the_state"] = shares_of_the_state(form.asked_month)
        try:
            due = _due(form)
        except Problem as problem:
            if "shares_of_the_state" in page:  # which are the answer while there is no sum yet
                page["no_sum"] = say(problem.sentence)
            else:
                form.add_error(problem.field if problem.field in form.fields else None, say(problem.sentence))
        else:
            page["month"] = say_month(first_day(form.asked_month))
            page["lines"] = [line_of(one) for one in due]
            page["total"] = tenge_in_words(sum((one.tenge for one in due), Decimal(0)))
            page["several"] = len(due) > 1
    status = HTTPStatus.UNPROCESSABLE_ENTITY if asked and not form.is_valid() else HTTPStatus.OK
    return render(request, "portal/insurance/calculator.html", page, status=status)


def _due(form: CalculatorForm) -> list[Contribution]:
    """What is due for the month. Raises Problem where there was no such payment or an amount is not known."""
    said = form.cleaned_data
    payer = Payer(said["payer"])
    told = ((payer, "income"), (Payer.EMPLOYEE, "other_income"), (Payer.CONTRACT, "contract_income"))
    incomes = [Income(of, said[name]) for of, name in told if said[name] is not None]
    return due_in_month(payer, incomes, form.asked_month)
