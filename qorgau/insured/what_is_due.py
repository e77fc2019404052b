"""What insurance costs in a month, in the words of people: one sum and one wording for every door."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from qorgau.directory.reference import current
from qorgau.lib.speech import current_language, say, say_date
from qorgau.rules.contributions import (
    Contribution,
    Income,
    Payer,
    contributions_of_month,
    percent_in_words,
    tenge_in_words,
)
from qorgau.rules.months import first_day

_SUM = re.compile(r"\d{1,12}(?:[.,]\d{1,2})?")
_BLANKS = re.compile(r"[\s\u00a0\u202f'₸]+")

WHO = {
    Payer.EMPLOYEE: _("I work for a wage"),
    Payer.CONTRACT: _("I work under a civil-law contract"),
    Payer.ENTREPRENEUR: _("I have a business of my own, a private practice or a farm"),
    Payer.PLATFORM_WORKER: _("I am self-employed and earn through an internet platform"),
    Payer.SELF_PAYER: _("I have no income and pay for myself"),
    Payer.UNIFIED_PAYMENT: _("I work for a small business that makes the unified payment"),
    Payer.SINGLE_PAYMENT_CITY: _("I make the single aggregate payment in a large city (until 2023)"),
    Payer.SINGLE_PAYMENT_ELSEWHERE: _("I make the single aggregate payment elsewhere (until 2023)"),
    Payer.STATE: _("The state pays for me: I belong to a preferential category"),
}
"""Who somebody says to be."""

WITH_INCOME = (Payer.EMPLOYEE, Payer.CONTRACT, Payer.PLATFORM_WORKER, Payer.UNIFIED_PAYMENT)
"""Those whose payment depends on what they earn."""

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
    """One payment as people are shown it. ``sure``: every amount in it has been checked against its act."""

    who: Promise
    tenge: str
    steps: list[str]
    basis: str
    sure: bool


def due_in_month(payer: Payer, incomes: Sequence[Income], month: int) -> list[Contribution]:
    """What is due for a month (`rules/months.py`) from somebody, and from their employer, by the rows in force then.

    ``incomes`` count only for payers `WITH_INCOME`. Raises Problem where there was no such payment or an amount is not
    known.
    """
    tariff = current().tariff
    if payer not in WITH_INCOME:
        return contributions_of_month([Income(payer, Decimal(0))], month, tariff)
    # An employer pays for wages alone: under a civil-law contract there are no deductions.
    wages = [Income(Payer.EMPLOYER, one.tenge) for one in incomes if one.payer == Payer.EMPLOYEE]
    return contributions_of_month(incomes, month, tariff) + contributions_of_month(wages, month, tariff)


def shares_of_the_state(month: int) -> list[tuple[str, str]]:
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


def line_of(due: Contribution) -> Line:
    """A payment in words."""
    basis = due.rate.basis
    return Line(
        who=_WHO_PAYS[due.payer],
        tenge=tenge_in_words(due.tenge),
        steps=[say(step) for step in due.steps],
        basis=basis if isinstance(basis, str) else basis[current_language()],
        sure={due.rate.source_mark, *(amount.source_mark for amount in due.amounts)} <= {"V", "ours"},
    )


def tenge_typed(text: str) -> Decimal | None:
    """A sum as people write it: blanks between the thousands, a comma or a point before the tiyn. None when it is none.

    >>> tenge_typed("350 000,50 ₸")
    Decimal('350000.50')
    """
    words = _BLANKS.sub("", text)
    return Decimal(words.replace(",", ".")) if _SUM.fullmatch(words) else None
