"""Working days: which days count, and on which day something that arrived is registered.

The calendar is data: days off with their names in three languages, and weekend days that a decree made working.
Source: DOMAIN §4.6 (calendar), АППК Art. 64 (an appeal that arrives after the working day or on a day off is registered
on the next working day).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import TypeAlias
from zoneinfo import ZoneInfo

from qorgau.rules.sentences import N_, Names, Sentence

DayName: TypeAlias = Sentence | Names
"""What a day off is called: a name in three languages, or a sentence to translate."""

WEEKEND_NAME = Sentence(N_("weekend"))
SATURDAY, SUNDAY = 5, 6

_DAY = timedelta(days=1)
_LONGEST_REST = 366  # a year without a working day is a mistake in the data


@dataclass(frozen=True)
class Calendar:
    """Working days of one place.

    ``days_off`` may be any mapping, also one that works its years out when asked. ``working`` holds the days declared
    working by decree and wins over both the weekend and ``days_off``. ``opens`` and ``closes`` are local times in
    ``zone``; the working day ends at ``closes`` sharp.
    """

    days_off: Mapping[date, DayName] = field(hash=False)
    working: frozenset[date] = frozenset()
    opens: time = time(9, 0)
    closes: time = time(18, 30)
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("Asia/Almaty"))
    weekend: frozenset[int] = frozenset({SATURDAY, SUNDAY})

    def is_working(self, day: date) -> bool:
        """True when people work on ``day``."""
        if day.weekday() in self.weekend or day in self.days_off:
            return day in self.working
        return True

    def names(self, day: date) -> DayName | None:
        """What a day off is called; None for a working day."""
        return None if self.is_working(day) else self.days_off.get(day, WEEKEND_NAME)

    def is_moved_to_work(self, day: date) -> bool:
        """True for a day that people would rest on, had a decree not made it working."""
        return day in self.working and (day.weekday() in self.weekend or day in self.days_off)

    def next_working_day(self, day: date) -> date:
        """The first working day after ``day``."""
        return self._walk(day, _DAY)

    def previous_working_day(self, day: date) -> date:
        """The last working day before ``day``."""
        return self._walk(day, -_DAY)

    def roll_forward(self, day: date) -> date:
        """``day`` itself if people work on it, otherwise the next working day."""
        return day if self.is_working(day) else self.next_working_day(day)

    def add_working_days(self, day: date, count: int) -> date:
        """The ``count``-th working day after ``day``, before it for a negative count.

        ``day`` itself is never counted; a count of 0 gives ``day`` rolled forward to a working day.
        """
        if count == 0:
            return self.roll_forward(day)
        step = _DAY if count > 0 else -_DAY
        for _ in range(abs(count)):
            day = self._walk(day, step)
        return day

    def count_working_days(self, after: date, until: date) -> int:
        """How many working days there are after ``after`` up to and including ``until``; negative when it is past."""
        if until < after:
            return -self.count_working_days(until, after)
        days = (until - after).days
        return sum(self.is_working(after + timedelta(days=offset)) for offset in range(1, days + 1))

    def day_of_receipt(self, moment: datetime) -> date:
        """The day on which something that arrived at ``moment`` is registered (Art. 64)."""
        local = self.local(moment)
        if not self.is_working(local.date()) or self.is_after_hours(local):
            return self.next_working_day(local.date())
        return local.date()

    def is_open(self, moment: datetime) -> bool:
        """True within the working hours of a working day."""
        local = self.local(moment)
        return self.is_working(local.date()) and self.opens <= local.time() < self.closes

    def is_after_hours(self, moment: datetime) -> bool:
        """True from the end of the working hours until midnight."""
        return self.local(moment).time() >= self.closes

    def local(self, moment: datetime) -> datetime:
        """``moment`` as the clock on the wall shows it here; raises ``TypeError`` for a moment without a time zone."""
        if moment.tzinfo is None or moment.utcoffset() is None:
            raise TypeError(f"{moment.isoformat()} has no time zone, so it is not a moment")
        return moment.astimezone(self.zone)

    def _walk(self, day: date, step: timedelta) -> date:
        found = day
        for _ in range(_LONGEST_REST):
            found += step
            if self.is_working(found):
                return found
        raise ValueError(f"the calendar has no working day within a year of {day.isoformat()}")
