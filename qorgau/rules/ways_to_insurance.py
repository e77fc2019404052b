"""The lawful ways for somebody without insurance to become insured: what each costs, and from which day it helps.

Source: DOMAIN §3.1 (S2, S3, S6, S7) and §3.2. Prices are those of the payer that the person says to be; somebody with
no income in the country is a self-payer.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from qorgau.rules.contributions import Payer, Rate, Tariff, fixed_contribution
from qorgau.rules.insured_status import Status, Verdict
from qorgau.rules.months import first_day, months_in, span


class Way(StrEnum):
    """What a person can do."""

    PAY_MISSING_MONTHS = "pay_missing_months"
    """Pay every month of the past that is missing; each is a payment of its own."""
    PAY_AHEAD = "pay_ahead"
    """Pay twelve months in advance, beginning with the next one; old debts need not be paid."""
    PAY_AHEAD_AND_NOW = "pay_ahead_and_now"
    """The same and the present month, to be insured at once."""
    EMPLOYER = "employer"
    """Have the employer pay: who worked in the missing months is owed them, and each month of work from now is paid."""
    CATEGORY = "category"
    """Show that the state pays for a category one belongs to."""
    FAMILY_LEVEL = "family_level"
    """The Digital Family Card says level D or E: nothing need be filed, the local budget pays after a visit."""
    TEMPORARY = "temporary"
    """A status for a while, on documents, for a privileged person whose data are wrong; where the rules grant any."""


@dataclass(frozen=True, slots=True)
class WayOut:
    """One way: its price in tenge (None: free of charge), its months, the first day of cover, the rates used.

    ``months`` is a set (`rules/months.py`). ``from_day`` is None where it depends on others. ``cheapest`` marks the
    least price among those that cost something. Of a temporary status ``months`` are as many as it is granted for.
    """

    way: Way
    tenge: Decimal | None
    months: int
    from_day: date | None
    rates: tuple[Rate, ...] = ()
    cheapest: bool = False


def ways_out(
    verdict: Verdict, on: date, tariff: Tariff, *, payer: Payer = Payer.SELF_PAYER, levels_in_force: bool = True
) -> tuple[WayOut, ...]:
    """The ways open on a day, those that cost money first, the cheaper before the dearer; none for who is insured.

    ``levels_in_force`` says whether the local budgets pay for levels D and E yet (from 2026). Raises Problem when a
    rate or an official amount is missing.
    """
    if verdict.status == Status.INSURED:
        return ()
    month = verdict.month
    paid_ways = [_paid(Way.PAY_MISSING_MONTHS, verdict.missing, on, tariff, payer)] if verdict.missing else []
    if verdict.rules.future_months:
        ahead = span(month + 1, month + verdict.rules.future_months)
        # Whoever has paid for this month already is insured in it as soon as the year after it is paid.
        paid_ways.append(_paid(Way.PAY_AHEAD, ahead, on if verdict.held_now else first_day(month + 1), tariff, payer))
        if not verdict.held_now:
            paid_ways.append(_paid(Way.PAY_AHEAD_AND_NOW, ahead | span(month, month), on, tariff, payer))
    paid_ways.sort(key=lambda way: way.tenge or 0)
    free = [WayOut(Way.EMPLOYER, None, verdict.missing, None)] if verdict.missing else []
    free.append(WayOut(Way.CATEGORY, None, 0, None))
    if levels_in_force:
        free.append(WayOut(Way.FAMILY_LEVEL, None, 0, None))
    if verdict.status == Status.NOT_INSURED and (length := verdict.rules.temporary_months):
        free.append(WayOut(Way.TEMPORARY, None, span(month, month + length - 1), None))
    return (*_cheapest_marked(paid_ways), *free)


def _paid(way: Way, months: int, from_day: date, tariff: Tariff, payer: Payer) -> WayOut:
    due = [fixed_contribution(payer, month, tariff) for month in months_in(months)]
    rates = tuple(dict.fromkeys(one.rate for one in due))
    return WayOut(way, sum((one.tenge for one in due), Decimal(0)), months, from_day, rates)


def _cheapest_marked(ways: list[WayOut]) -> list[WayOut]:
    return [
        WayOut(way.way, way.tenge, way.months, way.from_day, way.rates, cheapest=place == 0)
        for place, way in enumerate(ways)
    ]
