"""What insurance costs in a month, for whoever pays, with every step of the sum.

Source: DOMAIN §3.4 (the Law on compulsory social medical insurance, Art. 26–29; contribution rules, order 478). Rates,
bases, caps and official amounts are dated rows; nothing of them stands here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import TypeVar

from qorgau.rules.months import first_day
from qorgau.rules.problems import Problem
from qorgau.rules.sentences import N_, Month, Names, Sentence

Row = TypeVar("Row", "Rate", "OfficialAmount")

_TIYN = Decimal("0.01")
_HUNDRED = Decimal(100)


class Payer(StrEnum):
    """Who pays, and from what."""

    EMPLOYER = "employer"
    """Deductions from the wages accrued to an employee, from the employer's own means."""
    EMPLOYEE = "employee"
    """Contributions withheld from a wage."""
    CONTRACT = "contract"
    """Contributions withheld from income under a civil-law contract."""
    ENTREPRENEUR = "entrepreneur"
    """Individual entrepreneur, private practice, head of a farm: for oneself."""
    SELF_PAYER = "self_payer"
    """Somebody without income in the country who pays for oneself."""
    PLATFORM_WORKER = "platform_worker"
    """Self-employed under the special regime of 2026, withheld by the internet platform."""
    SINGLE_PAYMENT_CITY = "single_payment_city"
    """Single aggregate payment in cities of republican and regional significance, until 2023."""
    SINGLE_PAYMENT_ELSEWHERE = "single_payment_elsewhere"
    UNIFIED_PAYMENT = "unified_payment"
    """One payment of a small business on a special regime, from the payroll, instead of five."""
    STATE = "state"
    """The republican budget, for one person of a category."""


class Base(StrEnum):
    """What a percentage is taken from."""

    INCOME = "income"
    MINIMUM_WAGE = "minimum_wage"
    MONTHLY_INDEX = "monthly_index"
    AVERAGE_WAGE = "average_wage"
    """Of the year two years back, as the statistics agency published it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """One dated row: ``percent`` of ``multiple`` bases, of no more than ``cap`` minimum wages of income.

    ``cap_group`` names payers whose incomes count together against one cap; empty means each income by itself.
    ``valid_to`` is the last day in force. ``source_mark`` says how sure we are, as in `policies.Policy`.
    """

    payer: Payer
    percent: Decimal
    base: Base
    valid_from: date
    valid_to: date | None = None
    multiple: Decimal = Decimal(1)
    cap: int | None = None
    cap_group: str = ""
    basis: str | Names = field(default="", hash=False)
    source_mark: str = ""
    row_id: int | str | None = None

    def __post_init__(self) -> None:
        if not 0 < self.percent <= _HUNDRED or self.multiple <= 0 or (self.cap is not None and self.cap < 1):
            raise ValueError(f"the rate of {self.payer} from {self.valid_from} is out of range")


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficialAmount:
    """An amount of the budget law in tenge, from a day until the next row of the same base."""

    base: Base
    valid_from: date
    tenge: Decimal
    valid_to: date | None = None
    basis: str | Names = field(default="", hash=False)
    source_mark: str = ""
    row_id: int | str | None = None


@dataclass(frozen=True, slots=True)
class Tariff:
    """All dated rows, as an administrator keeps them."""

    rates: Sequence[Rate]
    amounts: Sequence[OfficialAmount]

    def rate(self, payer: Payer, month: int) -> Rate:
        """The rate of a payer in a month. Raises Problem when there was none: nothing was due, or a row is missing."""
        found = _in_force((rate for rate in self.rates if rate.payer == payer), first_day(month))
        if found is None:
            raise Problem(Sentence(N_("In {month} there was no such payment."), {"month": _called(month)}), "month")
        return found

    def amount(self, base: Base, month: int) -> OfficialAmount:
        """The official amount of a month. Raises Problem when it has not been published, or its row is missing."""
        found = _in_force((amount for amount in self.amounts if amount.base == base), first_day(month))
        if found is None:
            raise Problem(
                Sentence(N_("The official amount for {month} is not known yet."), {"month": _called(month)}), "month"
            )
        return found


NO_TARIFF = Tariff((), ())


@dataclass(frozen=True, slots=True)
class Contribution:
    """What is due for a month: tenge with two decimals, the rows used, and the sum in steps."""

    payer: Payer
    month: int
    tenge: Decimal
    counted: Decimal
    rate: Rate
    amounts: tuple[OfficialAmount, ...]
    steps: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Income:
    """One income of a month, before anything is withheld, in tenge."""

    payer: Payer
    tenge: Decimal

    def __post_init__(self) -> None:
        if self.tenge < 0:
            raise Problem(Sentence(N_("An income cannot be less than nothing.")), "income")


def fixed_contribution(payer: Payer, month: int, tariff: Tariff) -> Contribution:
    """What a payer owes whose payment does not depend on income. Raises Problem when it does, or a row is missing."""
    rate = tariff.rate(payer, month)
    if rate.base == Base.INCOME:
        raise Problem(Sentence(N_("This payment depends on the income: say how much it is.")), "income")
    official = tariff.amount(rate.base, month)
    counted = official.tenge * rate.multiple
    steps = (
        Sentence(_OFFICIAL[rate.base], {"month": _called(month), "amount": tenge_in_words(official.tenge)}),
        *_step_of_multiple(rate, official.tenge, counted),
        *_step_of_percent(rate, counted),
    )
    return Contribution(payer, month, _share(rate, counted), counted, rate, (official,), steps)


def contributions_of_month(incomes: Iterable[Income], month: int, tariff: Tariff) -> list[Contribution]:
    """What is due from each income of one person in a month, in their order, under the caps they share.

    The first incomes fill a cap; what is above it owes nothing more. Raises Problem when a row is missing.
    """
    found = []
    counted_before: dict[str, Decimal] = {}
    for serial, income in enumerate(incomes):
        rate = tariff.rate(income.payer, month)
        if rate.base != Base.INCOME:
            found.append(fixed_contribution(income.payer, month, tariff))
            continue
        group = rate.cap_group or f"{income.payer.value}-{serial}"
        one = _from_income(income, rate, month, tariff, before=counted_before.get(group, Decimal(0)))
        counted_before[group] = counted_before.get(group, Decimal(0)) + one.counted
        found.append(one)
    return found


def tenge_in_words(amount: Decimal) -> str:
    """An amount with its thousands apart, and tiyn only where there are some: «85 000», «7 285,90»."""
    whole, _, tiyn = f"{amount.quantize(_TIYN, ROUND_HALF_UP):,f}".partition(".")
    whole = whole.replace(",", "\N{NO-BREAK SPACE}")
    return whole if tiyn == "00" else f"{whole},{tiyn}"


def percent_in_words(number: Decimal) -> str:
    """A percentage, or how many times something counts, without noughts that say nothing: «1,4», «2»."""
    return f"{number.normalize():f}".replace(".", ",")


_OFFICIAL = {
    Base.MINIMUM_WAGE: N_("The minimum wage in {month} is {amount} ₸."),
    Base.MONTHLY_INDEX: N_("The monthly calculation index (MCI) in {month} is {amount} ₸."),
    Base.AVERAGE_WAGE: N_("The average wage that counts in {month} is {amount} ₸."),
}


def _from_income(income: Income, rate: Rate, month: int, tariff: Tariff, *, before: Decimal) -> Contribution:
    steps = [Sentence(N_("Income in {month}: {amount} ₸."), _facts(month, income.tenge))]
    used: tuple[OfficialAmount, ...] = ()
    counted = income.tenge
    if rate.cap is not None:
        official = tariff.amount(Base.MINIMUM_WAGE, month)
        used = (official,)
        limit = official.tenge * rate.cap
        counted = min(income.tenge, max(limit - before, Decimal(0)))
        if counted < income.tenge:
            steps.append(
                Sentence(
                    N_("All incomes together count up to {cap} minimum wages: {amount} ₸."),
                    {"cap": rate.cap, "amount": tenge_in_words(limit)},
                )
            )
            if before:
                steps.append(Sentence(N_("Counted before: {amount} ₸."), {"amount": tenge_in_words(before)}))
    steps.extend(_step_of_percent(rate, counted))
    return Contribution(income.payer, month, _share(rate, counted), counted, rate, used, tuple(steps))


def _facts(month: int, amount: Decimal) -> dict[str, date | str]:
    return {"month": _called(month), "amount": tenge_in_words(amount)}


def _step_of_multiple(rate: Rate, one: Decimal, counted: Decimal) -> tuple[Sentence, ...]:
    if rate.multiple == 1:
        return ()
    facts = {"times": percent_in_words(rate.multiple), "one": tenge_in_words(one), "amount": tenge_in_words(counted)}
    return (Sentence(N_("{times} × {one} ₸ = {amount} ₸."), facts),)


def _step_of_percent(rate: Rate, counted: Decimal) -> tuple[Sentence, ...]:
    if rate.percent == _HUNDRED:
        return ()
    facts = {
        "percent": percent_in_words(rate.percent),
        "of": tenge_in_words(counted),
        "amount": tenge_in_words(_share(rate, counted)),
    }
    return (Sentence(N_("{percent} % of {of} ₸ = {amount} ₸."), facts),)


def _share(rate: Rate, counted: Decimal) -> Decimal:
    return (counted * rate.percent / _HUNDRED).quantize(_TIYN, ROUND_HALF_UP)


def _called(month: int) -> Month:
    first = first_day(month)
    return Month(first.year, first.month, 1)


def _in_force(rows: Iterable[Row], on: date) -> Row | None:
    fitting = [row for row in rows if row.valid_from <= on and (row.valid_to is None or on <= row.valid_to)]
    return max(fitting, key=lambda row: row.valid_from, default=None)
