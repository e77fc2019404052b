"""Working time: how long something took, counted only while the desk is open.

A night, a weekend or a holiday between a question and its answer is nobody's delay. Hours are those of the day itself:
when the order of the house changes, what was before is counted by the hours of then.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from qorgau.rules.working_days import Calendar

CalendarOn = Callable[[date], Calendar]
"""The calendar with the hours in force on a day."""


@dataclass(frozen=True, slots=True)
class DayOfWork:
    """One day of a table of working time: seconds of the day, and the working seconds of all days before it.

    On a day off the desk opens and closes at once.
    """

    day: date
    opens: int
    closes: int
    before: int

    def passed(self, second: int) -> int:
        """Working seconds from the beginning of the table until this second of this day."""
        return self.before + min(max(second - self.opens, 0), self.closes - self.opens)


def days_of_work(first: date, last: date, calendar_on: CalendarOn) -> list[DayOfWork]:
    """A row for every day from `first` to `last`. The difference of `passed` at two moments is the working time."""
    table, before, day = [], 0, first
    while day <= last:
        calendar = calendar_on(day)
        opens, closes = _seconds(calendar.opens), _seconds(calendar.closes)
        if not calendar.is_working(day):
            closes = opens
        table.append(DayOfWork(day, opens, closes, before))
        before += closes - opens
        day += timedelta(days=1)
    return table


def working_seconds(begun: datetime, ended: datetime, calendar_on: CalendarOn) -> int:
    """Working seconds between two moments; 0 when the second is not later. Whole seconds, the rest is cut off."""
    begun, ended = _local(begun, calendar_on), _local(ended, calendar_on)
    if ended <= begun:
        return 0
    table = days_of_work(begun.date(), ended.date(), calendar_on)
    return table[-1].passed(_seconds(ended.time())) - table[0].passed(_seconds(begun.time()))


def _local(moment: datetime, calendar_on: CalendarOn) -> datetime:
    return calendar_on(moment.date()).local(moment)


def _seconds(of_day: time) -> int:
    return of_day.hour * 3600 + of_day.minute * 60 + of_day.second
