"""From what the register knows to what people are told: the status, until when, and the ways out.

The rules in force, the rates and the official amounts are the dated rows of the directory.
"""

from dataclasses import dataclass
from datetime import date

from qorgau.directory.reference import current
from qorgau.insured.answers import Insured
from qorgau.rules.contributions import Payer
from qorgau.rules.insured_status import Verdict, last_month_of_cover, rules_in_force, status_in
from qorgau.rules.months import first_day, last_day, month_of
from qorgau.rules.ways_to_insurance import WayOut, ways_out


@dataclass(frozen=True, slots=True)
class Standing:
    """A verdict, the last day of cover if nothing more is paid, and the lawful ways to be insured again.

    ``covered_until`` is None when no end is known, and the last day of the month before when there is no cover now.
    """

    verdict: Verdict
    covered_until: date | None
    ways: tuple[WayOut, ...]


def verdict(insured: Insured, on: date) -> Verdict:
    """The status in the month of a day, with its ground and the row of rules it used. Raises Problem before 2020."""
    month = month_of(on)
    rules = rules_in_force(current().status_rules, first_day(month))
    return status_in(month, insured.record.facts(rules, month), rules)


def standing(insured: Insured, on: date, *, payer: Payer = Payer.SELF_PAYER) -> Standing:
    """The status with all that a person asks next; the ways out at the price of this payer.

    Raises Problem where a row of the directory is missing.
    """
    reference = current()
    now = verdict(insured, on)
    until = last_month_of_cover(now.month, insured.record.facts(now.rules, now.month), reference.status_rules)
    return Standing(
        now,
        last_day(until) if until is not None else None,
        ways_out(now, on, reference.tariff, payer=payer, levels_in_force=_local_budgets_pay(on)),
    )


def _local_budgets_pay(on: date) -> bool:
    return any(row.budget == "local" and row.holds_on(on) for row in current().insurance_categories.values())
