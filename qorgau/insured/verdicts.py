"""From what the register knows to what people are told: the status, until when, and the ways out.

The rules in force, the rates and the official amounts are the dated rows of the directory.
"""

from dataclasses import dataclass
from datetime import date

from qorgau.directory.reference import current
from qorgau.insured.answers import Insured
from qorgau.rules.contributions import Payer
from qorgau.rules.insured_status import Status, Verdict, last_day_of_cover, rules_in_force, status_in
from qorgau.rules.months import first_day, month_of
from qorgau.rules.problems import Problem
from qorgau.rules.temporary_status import Granted, ended_before, temporary_until
from qorgau.rules.ways_to_insurance import WayOut, ways_out


@dataclass(frozen=True, slots=True)
class Standing:
    """A verdict, the last day of cover if nothing more is paid, and the lawful ways to be insured again.

    ``covered_until`` is None when no end is known, and the last day of the month before when there is no cover now.
    ``temporary_until`` is the last day of the temporary status where that is what gives the cover, and ``granted`` what
    was granted here, where that is it. ``ended`` is the last one that was granted here, when it is over.
    """

    verdict: Verdict
    covered_until: date | None
    ways: tuple[WayOut, ...]
    temporary_until: date | None = None
    granted: Granted | None = None
    ended: Granted | None = None


def verdict(insured: Insured, on: date) -> Verdict:
    """The status on a day, with its ground and the row of rules it used. Raises Problem before 2020.

    It is that of the month, but for a temporary status granted to the day, which counts on its own days alone.
    """
    month = month_of(on)
    rules = rules_in_force(current().status_rules, first_day(month))
    return status_in(month, insured.record.facts_on(rules, on), rules)


def standing(insured: Insured, on: date, *, payer: Payer = Payer.SELF_PAYER) -> Standing:
    """The status with all that a person asks next; the ways out at the price of this payer.

    Raises Problem where a row of the directory is missing.
    """
    now, granted = verdict(insured, on), insured.record.granted
    temporary = now.status == Status.TEMPORARILY_INSURED
    return Standing(
        now,
        covered_until(insured, now, on),
        ways_from(now, on, payer=payer),
        _temporary_until(insured, now, on),
        next((one for one in granted if one.covers(on)), None) if temporary else None,
        ended_before(on, granted),
    )


def standing_for_all(insured: Insured, on: date) -> Standing:
    """The same as far as it is told to whoever asks, still without the ways out, which follow from it (`ways_from`).

    Few are told anything of their own here, so most people's are equal. Raises Problem as `standing` does.
    """
    now = verdict(insured, on)
    return Standing(
        now,
        covered_until(insured, now, on) if now.status == Status.CONDITIONALLY_INSURED else None,
        (),
        _temporary_until(insured, now, on),
        ended=ended_before(on, insured.record.granted),
    )


def months_granted(on: date) -> int:
    """For how many months a temporary status is granted on a day; 0 where none is, or no row says it."""
    try:
        return rules_in_force(current().status_rules, on).temporary_months
    except Problem:
        return 0


def ways_from(found: Verdict, on: date, *, payer: Payer) -> tuple[WayOut, ...]:
    """The lawful ways out of a verdict, at the price of this payer. Raises Problem where a rate is missing."""
    return ways_out(found, on, current().tariff, payer=payer, levels_in_force=_local_budgets_pay(on))


def covered_until(insured: Insured, found: Verdict, on: date) -> date | None:
    """The last day of cover if nothing more is paid, from a day with its verdict; None when no end is known."""
    facts = insured.record.facts(found.rules, found.month)
    return last_day_of_cover(on, facts, current().status_rules, insured.record.granted)


def _temporary_until(insured: Insured, found: Verdict, on: date) -> date | None:
    if found.status != Status.TEMPORARILY_INSURED:
        return None
    return temporary_until(on, insured.record.granted, months=insured.record.temporary)


def _local_budgets_pay(on: date) -> bool:
    return any(row.budget == "local" and row.holds_on(on) for row in current().insurance_categories.values())
