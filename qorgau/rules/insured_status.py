"""Is a person insured in a month, and on what ground?

The law says it in prose; this is a deterministic reading of it (DOMAIN §3.1: the Law on compulsory social medical
insurance, Art. 5, 26, 28, as amended from 1 January 2026). What the reading had to add is marked "ours" in the rows:
months before a person first became liable count as unpaid, and the payment of the current month is not waited for.

Statuses only ever get better by one more payment: every test below asks for months to be paid, never for unpaid ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from qorgau.rules.months import FIRST, first_day, last_day, month_of, span
from qorgau.rules.problems import Problem
from qorgau.rules.sentences import N_, Names, Sentence
from qorgau.rules.temporary_status import Granted, temporary_until

FARTHEST = 120
"""How many months ahead the end of cover is looked for; beyond, no end is known."""
LOOKED_BACK = 24
"""How many months back it is looked when cover that is no more ended."""


class Status(StrEnum):
    """What the person has in a month, the best first."""

    INSURED = "insured"
    CONDITIONALLY_INSURED = "conditionally_insured"
    """Payments stopped, and the right lasts some months more while the debt grows (S4, S5)."""
    TEMPORARILY_INSURED = "temporarily_insured"
    """For one month, on documents, until the data of a privileged person are corrected (S6): for who had none."""
    NOT_INSURED = "not_insured"


class Ground(StrEnum):
    """Why: the rule that gave the status."""

    EVERYBODY = "everybody"
    """In the first half of 2020 everybody had the right (S8)."""
    CATEGORY = "category"
    """The state pays for a category that the person belongs to."""
    PAST_MONTHS = "past_months"
    """All past months that the rule asks for are paid (S2)."""
    FUTURE_MONTHS = "future_months"
    """Twelve months were paid in advance (S3)."""
    GRACE = "grace"
    """Payments stopped not longer ago than the rule allows (S4)."""
    LONG_GRACE = "long_grace"
    """The same, longer, after years of payments without a break (S5)."""
    TEMPORARY = "temporary"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusRules:
    """One dated row: what gave the right to care in those days.

    Terms are in months. ``past_months`` paid in a row before the month asked for give the right; ``future_months`` is 0
    while there was no second way; ``long_grace_months`` is 0 while there was none. A temporary status is granted for
    ``temporary_months``, not at all when that is 0. ``valid_to`` is the last day in force. ``source_mark`` says how
    sure we are, as in `policies.Policy`.
    """

    code: str
    valid_from: date
    valid_to: date | None = None
    everybody: bool = False
    past_months: int = 12
    future_months: int = 12
    grace_months: int = 3
    long_grace_months: int = 0
    unbroken_months: int = 60
    temporary_months: int = 1
    basis: str | Names = field(default="", hash=False)
    source_mark: str = ""
    row_id: int | str | None = None

    def __post_init__(self) -> None:
        least_is_none = (self.future_months, self.grace_months, self.long_grace_months, self.temporary_months)
        if self.past_months < 1 or min(least_is_none) < 0:
            raise ValueError(f"the terms of {self.code} are out of range")


@dataclass(frozen=True, slots=True, kw_only=True)
class InsuranceFacts:
    """What is known of a person: sets of months (`rules/months.py`).

    ``paid`` are the months for which anything was paid, whoever paid and whenever; ``prepaid`` those of them that were
    paid in advance as a run of at least twelve (`prepaid_run`); ``privileged`` the months in a category for which the
    state pays; ``temporary`` the months for which a temporary status was granted.
    """

    paid: int = 0
    prepaid: int = 0
    privileged: int = 0
    temporary: int = 0


@dataclass(frozen=True, slots=True)
class Verdict:
    """The status in a month with its ground, the row that was used, and what it rests on.

    ``counted`` is the last month whose payment carries a conditional status, None otherwise. ``covered`` and
    ``missing`` are sets: the past months that the row asks for, paid or privileged, and the others. ``held_now`` says
    whether the month itself is paid or privileged.
    """

    status: Status
    ground: Ground
    month: int
    rules: StatusRules
    covered: int
    missing: int
    counted: int | None = None
    held_now: bool = False


def prepaid_run(first: int, last: int, *, paid_in: int, rules: StatusRules) -> int:
    """The months of an advance payment if it gives the right: long enough, and all of them after it was paid (S3)."""
    long_enough = rules.future_months and last - first + 1 >= rules.future_months
    return span(first, last) if long_enough and first > paid_in else 0


def status_in(month: int, facts: InsuranceFacts, rules: StatusRules) -> Verdict:
    """The person's status in a month, not before 2020, under the row in force then.

    Asked for every person of a country at once, so it works on whole sets of months and takes a few microseconds.
    """
    place = month - FIRST
    held = facts.paid | facts.prepaid | facts.privileged
    asked = span(month - rules.past_months, month - 1)
    covered = held & asked
    held_now = bool(held >> place & 1)

    def verdict(status: Status, ground: Ground, counted: int | None = None) -> Verdict:
        return Verdict(status, ground, month, rules, covered, asked ^ covered, counted, held_now)

    if rules.everybody:
        return verdict(Status.INSURED, Ground.EVERYBODY)
    if facts.privileged >> place & 1:
        return verdict(Status.INSURED, Ground.CATEGORY)
    if covered == asked and place >= rules.past_months:
        return verdict(Status.INSURED, Ground.PAST_MONTHS)
    # The month before an advance payment begins counts with it when it is paid too.
    ahead = (facts.prepaid | facts.prepaid >> 1 & held) if rules.future_months else 0
    if ahead >> place & 1:
        return verdict(Status.INSURED, Ground.FUTURE_MONTHS)

    # The right outlives a month in which it was there and which was the last that was paid for.
    outlived = _ends_of_runs(held, rules.past_months) | facts.privileged | ahead
    for back in range(1, min(place, rules.grace_months) + 1):
        if outlived >> place - back & 1:
            return verdict(Status.CONDITIONALLY_INSURED, Ground.GRACE, month - back)
    if rules.long_grace_months > rules.grace_months:
        without_a_break = _ends_of_runs(facts.paid | facts.prepaid, rules.unbroken_months)
        for back in range(rules.grace_months + 1, min(place, rules.long_grace_months) + 1):
            if outlived & without_a_break & 1 << place - back:
                return verdict(Status.CONDITIONALLY_INSURED, Ground.LONG_GRACE, month - back)
    if facts.temporary >> place & 1:
        return verdict(Status.TEMPORARILY_INSURED, Ground.TEMPORARY)
    return verdict(Status.NOT_INSURED, Ground.NOTHING)


def last_month_of_cover(
    month: int, facts: InsuranceFacts, rows: Iterable[StatusRules], *, within: int = FARTHEST
) -> int | None:
    """The last month of cover if nothing more is paid, counted from a month in which there is cover.

    None when it does not end within so many months: then no end is known (a category without an end, or more than ten
    years), or the caller looks no further. The month before when there is no cover in the month itself.
    """
    every = tuple(rows)
    later, end = month, month + within
    while later < end:
        rules, another_from = _row_and_next(every, later)
        era = min(another_from, end)
        while later < era:
            if privileged := _ones(facts.privileged >> later - FIRST):
                later += privileged  # whatever the row says, there is cover in all of them
            elif status_in(later, facts, rules).status == Status.NOT_INSURED:
                return later - 1
            else:
                later += 1
        later = era
    return None


def month_cover_ended(month: int, facts: InsuranceFacts, rows: Iterable[StatusRules]) -> int | None:
    """The last month with cover before a month without it; None when there was none in the two years before."""
    every = tuple(rows)
    for earlier in range(month - 1, max(FIRST, month - LOOKED_BACK) - 1, -1):
        if status_in(earlier, facts, rules_in_force(every, first_day(earlier))).status != Status.NOT_INSURED:
            return earlier
    return None


def last_day_of_cover(
    on: date,
    facts: InsuranceFacts,
    rows: Iterable[StatusRules],
    granted: Iterable[Granted],
    *,
    within: int = FARTHEST,
) -> date | None:
    """The last day of cover if nothing more is paid, when statuses granted to the day count too.

    None as for `last_month_of_cover`. When there is no cover on the day itself: the last day of the month before, or of
    a status that ended in this month.
    """
    every, statuses = tuple(rows), tuple(granted)
    if not statuses:
        month = last_month_of_cover(month_of(on), facts, every, within=within)
        return None if month is None else last_day(month)
    day = on
    while month_of(day) - month_of(on) < within:
        month = month_of(day)
        if status_in(month, facts, rules_in_force(every, first_day(month))).status != Status.NOT_INSURED:
            day = first_day(month + 1)
        elif until := temporary_until(day, statuses):
            day = until + timedelta(days=1)
        elif day > on:
            return day - timedelta(days=1)
        else:
            return max([last_day(month - 1), *(one.until for one in statuses if one.until < on)])
    return None


def rules_in_force(rows: Iterable[StatusRules], on: date) -> StatusRules:
    """The row in force on a day; of several the one that came into force last. Raises Problem when there is none."""
    fitting = [row for row in rows if row.valid_from <= on and (row.valid_to is None or on <= row.valid_to)]
    if not fitting:
        raise Problem(Sentence(N_("The directory has no rules of insured status for {day}."), {"day": on}))
    return max(fitting, key=lambda row: row.valid_from)


def _row_and_next(rows: Sequence[StatusRules], month: int) -> tuple[StatusRules, int]:
    """The row in force when a month begins, and a later month before which no other is."""
    on = first_day(month)
    row = rules_in_force(rows, on)
    changes = [one.valid_from for one in rows if one.valid_from > on]
    changes += [one.valid_to + timedelta(days=1) for one in rows if one.valid_to is not None and one.valid_to >= on]
    return row, min((month_of(day) + (day.day > 1) for day in changes), default=month + FARTHEST)


def _ones(bits: int) -> int:
    """How many ones in a row a number ends with."""
    return (bits ^ bits + 1).bit_length() - 1


def _ends_of_runs(months: int, length: int) -> int:
    """The months of a set that so many months of it in a row end with."""
    ends, found = months, 1
    while found < length:
        step = min(found, length - found)
        ends &= ends << step
        found += step
    return ends
