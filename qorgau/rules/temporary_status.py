"""For how long a temporary status is granted, and until when it holds (DOMAIN §3.1, S6).

The sources say "for one month" and no more. Our reading, until somebody reads it in an act: the right begins on the day
of the decision and lasts through the same day of the next month, or its last day where there is no such day, as the
Civil Code counts terms in months. Where a status still runs, the next one begins on the day after it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from qorgau.rules.deadlines import add_months
from qorgau.rules.months import bit, last_day, month_of

_A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Granted:
    """A temporary status granted for a category ("C07"), from one day to another, both included."""

    code: str
    since: date
    until: date

    def covers(self, day: date) -> bool:
        """Whether it holds on a day."""
        return self.since <= day <= self.until


def days_granted(decided_on: date, months: int, *, running_until: date | None = None) -> tuple[date, date]:
    """The first and the last day of a status of so many months.

    ``running_until`` is the last day of a status that the person has already. Raises ValueError for no month at all.
    """
    if months < 1:
        raise ValueError("a temporary status lasts a month at least")
    if running_until is not None and running_until >= decided_on:
        return running_until + _A_DAY, add_months(running_until, months)
    return decided_on, add_months(decided_on, months)


def temporary_until(on: date, granted: Iterable[Granted], *, months: int = 0) -> date | None:
    """The last day of a temporary status that holds on a day and goes on without a break; None when none holds.

    ``months`` is the set of whole months for which a register says that a status was granted (`rules/months.py`).
    """
    every, until = tuple(granted), None
    day = on
    while True:
        ends = [one.until for one in every if one.covers(day)]
        if months & bit(month_of(day)):
            ends.append(last_day(month_of(day)))
        if not ends:
            return until
        until = max(ends)
        day = until + _A_DAY


def ended_before(on: date, granted: Iterable[Granted]) -> Granted | None:
    """The last status that ended before a day, if none holds on it or is still to come."""
    every = tuple(granted)
    if any(one.until >= on for one in every):
        return None
    return max(every, key=lambda one: one.until, default=None)
