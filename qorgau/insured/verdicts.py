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
        ways_out(now, on, current().tariff, payer=payer, levels_in_force=_local_budgets_pay(on)),
        temporary_until(on, granted, months=insured.record.temporary) if temporary else None,
        next((one for one in granted if one.covers(on)), None) if temporary else None,
        ended_before(on, granted),
    )


def covered_until(insured: Insured, found: Verdict, on: date) -> date | None:
    """The last day of cover if nothing more is paid, from a day with its verdict; None when no end is known."""
    facts = insured.record.facts(found.rules, found.month)
    return last_day_of_cover(on, facts, current().status_rules, insured.record.granted)


def _local_budgets_pay(on: date) -> bool:
    return any(row.budget == "local" and row.holds_on(on) for row in current().insurance_categories.values())
