"""Whether cover ends soon, and what somebody who asked to be warned must hear of it on a day."""

from dataclasses import dataclass
from datetime import date, timedelta

from qorgau.directory.reference import current
from qorgau.insured.answers import Answer, Insured, Unknown
from qorgau.insured.record import Record
from qorgau.rules.insured_status import (
    Status,
    last_day_of_cover,
    month_cover_ended,
    rules_in_force,
    status_in,
)
from qorgau.rules.months import first_day, last_day, month_of
from qorgau.rules.temporary_status import ended_before
from qorgau.rules.warnings import Step, WarningTerms, step_before


@dataclass(frozen=True, slots=True)
class Outlook:
    """How it stands on a day.

    ``last_day`` is the last day of cover if nothing more is paid, None when it lies farther than anybody is warned; of
    cover that is over the day it ended, None when there was none for long or nobody wanted to know. ``public`` says
    whether the page of the status tells that day to whoever types the identity number: of somebody who is insured it
    does not. ``unpaid`` are the months of the past that the page shows as not paid.
    """

    covered: bool
    last_day: date | None
    public: bool
    unpaid: int


def outlook_of(answer: Answer, *, on: date, terms: WarningTerms, looks_back: bool = True) -> Outlook | None:
    """How it stands by what the register answers. None where it says nothing of the person: that means no loss.

    Of somebody whom only a temporary status made known it is known that this is over, and nothing of their months.
    """
    match answer:
        case Insured(record=record):
            return outlook(record, on=on, terms=terms, looks_back=looks_back)
        case Unknown(granted=granted) if ended := ended_before(on, granted):
            return Outlook(False, ended.until, True, 0)
    return None


def outlook(record: Record, *, on: date, terms: WarningTerms, looks_back: bool = True) -> Outlook:
    """How it stands by what the register knows. Raises Problem where no rules were in force.

    ``looks_back``: whether to find out when cover that is over ended, which takes much longer than all the rest.
    """
    rows, month = current().status_rules, month_of(on)
    rules = rules_in_force(rows, first_day(month))
    facts = record.facts(rules, month)
    now = status_in(month, record.facts_on(rules, on), rules)
    unpaid = now.missing.bit_count()
    if now.status == Status.NOT_INSURED:
        ended = month_cover_ended(month, facts, rows) if looks_back else None
        return Outlook(False, _ended(record, ended, on), True, unpaid)
    # An end in the last month that anybody is warned of shows in the month after it.
    farthest = month_of(on + timedelta(days=terms.first_days)) - month + 2
    last = last_day_of_cover(on, facts, rows, record.granted, within=farthest)
    return Outlook(True, last, now.status != Status.INSURED, unpaid)


def _ended(record: Record, month: int | None, on: date) -> date | None:
    """The day cover ended: of the last month that had it, or of a temporary status that ended later."""
    days = [last_day(month)] if month is not None else []
    days += [one.until for one in record.granted if one.until < on]
    return max(days, default=None)


def step_due(
    now: Outlook, *, on: date, terms: WarningTerms, seen_covered: bool | None, tells_back: bool, proven: bool
) -> tuple[Step, date] | None:
    """What a subscriber must hear on a day, and about which day; None for nothing.

    ``seen_covered`` is what the last look found, None before the first: nobody is told that they lost what they did not
    have when they asked to be warned. Without proof nothing is told that the page would not tell.
    """
    if not now.covered:
        return (Step.LOST, now.last_day) if seen_covered and now.last_day is not None else None
    if seen_covered is False and tells_back:
        return Step.BACK, first_day(month_of(on))
    if now.last_day is None or not (now.public or proven):
        return None
    step = step_before(now.last_day, on, terms)
    return (step, now.last_day) if step is not None else None
