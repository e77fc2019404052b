from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from qorgau.directory.calendars import Calendars
from qorgau.directory.models import HolidayOverride, WorkingHours
from qorgau.directory.public_holidays import FIRST_YEAR, LAST_YEAR, published_days_off, published_working_days

ALMATY = ZoneInfo("Asia/Almaty")

# Days off that fall on a working day of the week (DOMAIN §4.6).
WEEKDAYS_OFF = {
    2025: ["01-01", "01-02", "01-03", "01-07", "03-10", "03-21", "03-24", "03-25", "05-01", "05-07", "05-09", "06-06",
           "07-07", "09-01", "10-27", "12-16"],
    2026: ["01-01", "01-02", "01-07", "03-09", "03-23", "03-24", "03-25", "05-01", "05-07", "05-11", "05-27", "07-06",
           "10-26", "12-16"],
    2027: ["01-01", "01-04", "01-07", "03-08", "03-15", "03-22", "03-23", "03-24", "05-03", "05-07", "05-10", "07-06",
           "10-25", "12-16"],
}  # fmt: skip
WORKING_WEEKENDS = {2025: ["01-05"], 2026: [], 2027: []}


def days_of(year: int) -> list[date]:
    return [date(year, 1, 1) + timedelta(days=n) for n in range((date(year + 1, 1, 1) - date(year, 1, 1)).days)]


@pytest.mark.parametrize("year", WEEKDAYS_OFF)
def test_every_day_of_the_published_calendar_is_right(year: int) -> None:
    calendar = Calendars([], []).on(date(year, 1, 1))
    weekdays_off = [f"{day:%m-%d}" for day in days_of(year) if day.weekday() < 5 and not calendar.is_working(day)]
    working_weekends = [f"{day:%m-%d}" for day in days_of(year) if day.weekday() >= 5 and calendar.is_working(day)]
    assert weekdays_off == WEEKDAYS_OFF[year]
    assert working_weekends == WORKING_WEEKENDS[year]


def test_the_last_day_of_august_2026_is_a_working_day() -> None:
    assert Calendars([], []).on(date(2026, 8, 31)).is_working(date(2026, 8, 31))


def test_orthodox_christmas_and_qurban_ait_do_not_move() -> None:
    calendar = Calendars([], []).on(date(2024, 1, 8))
    assert calendar.is_working(date(2024, 1, 8))  # 7 January 2024 was a Sunday
    assert calendar.is_working(date(2027, 5, 17))  # 16 May 2027 is a Sunday


def test_every_day_off_of_twenty_one_years_has_a_name_in_three_languages() -> None:
    days_off = published_days_off()
    assert {day.year for day in days_off} == set(range(FIRST_YEAR, LAST_YEAR + 1))
    assert all(set(names) == {"kk", "ru", "en"} and all(names.values()) for names in days_off.values())


def test_a_day_moved_from_a_weekend_says_so_in_each_language() -> None:
    assert published_days_off()[date(2025, 7, 7)] == {
        "kk": "Астана күні (ауыстырылған демалыс күні)",
        "ru": "День столицы (перенесённый выходной)",
        "en": "Capital Day (observed)",
    }


def test_a_day_moved_by_decree_says_from_which() -> None:
    assert published_days_off()[date(2025, 1, 3)] == {
        "kk": "Демалыс күні (05.01.2025 күнінен ауыстырылған)",
        "ru": "Выходной день (перенесён с 05.01.2025)",
        "en": "Day off (substituted from 05.01.2025)",
    }
    assert date(2025, 1, 5) in published_working_days()


def test_a_decree_of_this_month_makes_a_day_off_and_its_weekend_working() -> None:
    off = HolidayOverride(day=date(2027, 3, 26), is_working=False, name_ru="Выходной по постановлению")
    working = HolidayOverride(day=date(2027, 3, 20), is_working=True, name_ru="Рабочий день по постановлению")
    calendar = Calendars([off, working], []).on(date(2027, 3, 1))
    assert not calendar.is_working(date(2027, 3, 26))
    assert calendar.is_working(date(2027, 3, 20))
    assert calendar.names(date(2027, 3, 26)) == dict.fromkeys(("kk", "ru", "en"), "Выходной по постановлению")


def test_a_decree_can_take_back_a_published_day_off_and_a_published_working_weekend() -> None:
    overrides = [
        HolidayOverride(day=date(2026, 5, 27), is_working=True, name_ru="Құрбан айт в другой день"),
        HolidayOverride(day=date(2025, 1, 5), is_working=False, name_ru="Воскресенье"),
    ]
    calendar = Calendars(overrides, []).on(date(2026, 1, 1))
    assert calendar.is_working(date(2026, 5, 27))
    assert not calendar.is_working(date(2025, 1, 5))


def test_working_hours_are_those_of_the_day_that_is_asked() -> None:
    old = WorkingHours(opens=time(9), closes=time(18, 30), valid_to=date(2026, 6, 30))
    new = WorkingHours(opens=time(8, 30), closes=time(18), valid_from=date(2026, 7, 1))
    calendars = Calendars([], [old, new])
    evening_in_june, evening_in_july = (datetime(2026, month, 14, 18, 15, tzinfo=ALMATY) for month in (6, 7))
    assert calendars.on(date(2026, 6, 30)).closes == time(18, 30)
    assert calendars.on(date(2026, 7, 1)).closes == time(18)
    assert calendars.on(date(2026, 7, 14)).day_of_receipt(evening_in_july) == date(2026, 7, 15)
    assert calendars.on(date(2026, 6, 15)).day_of_receipt(evening_in_june) == date(2026, 6, 15)  # 14 June is a Sunday


def test_without_a_row_the_working_day_is_from_nine_to_half_past_six() -> None:
    calendar = Calendars([], []).on(date(2026, 1, 1))
    assert (calendar.opens, calendar.closes) == (time(9), time(18, 30))
