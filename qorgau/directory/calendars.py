"""The working calendar: public holidays as published, what administrators changed in them, and the working hours."""

from collections.abc import Iterable, Mapping
from datetime import date, time
from types import MappingProxyType
from zoneinfo import ZoneInfo

from django.conf import settings

from qorgau.directory.models import HolidayOverride, WorkingHours
from qorgau.directory.public_holidays import Names, published_days_off, published_working_days
from qorgau.rules.working_days import Calendar

# The order of the Fund's branches; a row of `WorkingHours` says otherwise, and from when.
USUAL_HOURS = (time(9, 0), time(18, 30))


class Calendars:
    """One calendar of days, with the hours that are in force on the day it is asked for."""

    def __init__(self, overrides: Iterable[HolidayOverride], hours: Iterable[WorkingHours]) -> None:
        self._days_off, self._working = _with_overrides(overrides)
        self._hours = tuple(sorted(hours, key=lambda row: row.valid_from or date.min, reverse=True))
        self._calendars: dict[tuple[time, time], Calendar] = {}

    def on(self, day: date) -> Calendar:
        """The calendar with the working hours of this day; the latest of rows that overlap wins."""
        hours = next(((row.opens, row.closes) for row in self._hours if row.holds_on(day)), USUAL_HOURS)
        if hours not in self._calendars:
            self._calendars[hours] = self._with_hours(*hours)
        return self._calendars[hours]

    def _with_hours(self, opens: time, closes: time) -> Calendar:
        return Calendar(
            days_off=self._days_off,
            working=self._working,
            opens=opens,
            closes=closes,
            zone=ZoneInfo(settings.TIME_ZONE),
        )


def _with_overrides(overrides: Iterable[HolidayOverride]) -> tuple[Mapping[date, Names], frozenset[date]]:
    days_off, working = dict(published_days_off()), set(published_working_days())
    for override in overrides:
        if override.is_working:
            days_off.pop(override.day, None)
            working.add(override.day)
        else:
            days_off[override.day] = _names(override)
            working.discard(override.day)
    return MappingProxyType(days_off), frozenset(working)


def _names(override: HolidayOverride) -> Names:
    russian = override.name_ru
    return {"kk": override.name_kk or russian, "ru": russian, "en": override.name_en or russian}
