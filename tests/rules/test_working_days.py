"""Working days, against golden years and against a second computation that walks no days."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qorgau.rules.sentences import Sentence
from qorgau.rules.working_days import WEEKEND_NAME, Calendar
from tests.rules.calendars import ALMATY, DAYS_OFF_2025, DAYS_OFF_2026, KAZAKHSTAN, NAURYZ, WORKING_SUNDAY, at

FIRST, LAST = date(2024, 6, 1), date(2027, 6, 30)
ALL_DAYS = [FIRST + timedelta(days=offset) for offset in range((LAST - FIRST).days + 1)]


class SecondComputation:
    """The same calendar as one sorted list of working ordinals; everything is found by bisection."""

    def __init__(self, days_off, working, weekend=(5, 6)):
        everything = {day.toordinal() for day in ALL_DAYS}
        weekends = {ordinal for ordinal in everything if (ordinal - 1) % 7 in weekend}
        off = {day.toordinal() for day in days_off}
        moved = {day.toordinal() for day in working}
        self.ordinals = sorted(everything - weekends - off | moved)

    def is_working(self, day):
        return day.toordinal() in self.ordinals

    def nth_after(self, day, count):
        return date.fromordinal(self.ordinals[bisect_right(self.ordinals, day.toordinal()) + count - 1])

    def nth_before(self, day, count):
        return date.fromordinal(self.ordinals[bisect_left(self.ordinals, day.toordinal()) - count])

    def on_or_after(self, day):
        return date.fromordinal(self.ordinals[bisect_left(self.ordinals, day.toordinal())])

    def between(self, after, until):
        return bisect_right(self.ordinals, until.toordinal()) - bisect_right(self.ordinals, after.toordinal())


in_the_middle = st.dates(date(2025, 1, 1), date(2026, 12, 31))
some_days = st.frozensets(in_the_middle, max_size=40)
calendars = st.tuples(some_days, some_days).map(
    lambda drawn: (
        Calendar(days_off=dict.fromkeys(drawn[0], NAURYZ), working=drawn[1]),
        SecondComputation(drawn[0], drawn[1]),
    )
)


def weekdays_off(year):
    return [day for day in ALL_DAYS if day.year == year and day.weekday() < 5 and not KAZAKHSTAN.is_working(day)]


def test_the_year_2025_is_as_it_was():
    assert weekdays_off(2025) == sorted(DAYS_OFF_2025)
    assert [day for day in ALL_DAYS if day.weekday() >= 5 and KAZAKHSTAN.is_working(day)] == [WORKING_SUNDAY]
    assert sum(KAZAKHSTAN.is_working(day) for day in ALL_DAYS if day.year == 2025) == 261 - 16 + 1


def test_the_year_2026_has_no_transfers_and_31_august_is_a_working_day():
    assert weekdays_off(2026) == sorted(DAYS_OFF_2026)
    assert KAZAKHSTAN.is_working(date(2026, 8, 31))
    assert sum(KAZAKHSTAN.is_working(day) for day in ALL_DAYS if day.year == 2026) == 261 - 14


def test_a_day_declared_working_wins_over_weekend_and_holiday():
    moved = date(2026, 3, 23)
    calendar = Calendar(days_off=DAYS_OFF_2026, working=frozenset({moved, date(2026, 3, 22)}))
    assert calendar.is_working(moved)
    assert calendar.is_working(date(2026, 3, 22))
    assert calendar.is_moved_to_work(moved)
    assert calendar.names(moved) is None


def test_an_ordinary_working_day_was_not_moved():
    assert not KAZAKHSTAN.is_moved_to_work(date(2026, 3, 20))
    assert not Calendar(days_off={}, working=frozenset({date(2026, 3, 20)})).is_moved_to_work(date(2026, 3, 20))


def test_days_off_have_names_and_working_days_have_none():
    assert KAZAKHSTAN.names(date(2026, 3, 23)) == NAURYZ
    assert KAZAKHSTAN.names(date(2026, 3, 22)) is WEEKEND_NAME
    assert Sentence("weekend") == WEEKEND_NAME
    assert KAZAKHSTAN.names(date(2026, 3, 20)) is None


def test_next_and_previous_are_never_the_day_itself():
    assert KAZAKHSTAN.next_working_day(date(2026, 3, 20)) == date(2026, 3, 26)
    assert KAZAKHSTAN.previous_working_day(date(2026, 3, 26)) == date(2026, 3, 20)
    assert KAZAKHSTAN.next_working_day(date(2026, 3, 17)) == date(2026, 3, 18)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (at(2026, 3, 19, 10), date(2026, 3, 19)),
        (at(2026, 3, 19, 0, 0), date(2026, 3, 19)),  # at night, before the working day
        (at(2026, 3, 19, 18, 29), date(2026, 3, 19)),
        (at(2026, 3, 19, 18, 30), date(2026, 3, 20)),
        (at(2026, 3, 20, 23, 59), date(2026, 3, 26)),  # Friday night before a weekend and Nauryz
        (at(2026, 3, 22, 12), date(2026, 3, 26)),
        (at(2025, 1, 5, 12), date(2025, 1, 5)),  # a Sunday moved to work
        (at(2025, 12, 31, 20), date(2026, 1, 5)),
    ],
)
def test_what_comes_after_hours_or_on_a_day_off_is_registered_on_the_next_working_day(moment, expected):
    assert KAZAKHSTAN.day_of_receipt(moment) == expected


def test_moments_of_other_zones_are_read_on_the_clock_of_the_calendar():
    assert KAZAKHSTAN.day_of_receipt(datetime(2026, 3, 19, 13, 29, tzinfo=UTC)) == date(2026, 3, 19)
    assert KAZAKHSTAN.day_of_receipt(datetime(2026, 3, 19, 13, 30, tzinfo=UTC)) == date(2026, 3, 20)
    tokyo = timezone(timedelta(hours=9))
    assert KAZAKHSTAN.day_of_receipt(datetime(2026, 3, 20, 2, tzinfo=tokyo)) == date(2026, 3, 20)


def test_the_country_changed_its_hour_on_1_march_2024():
    assert KAZAKHSTAN.local(datetime(2024, 1, 15, 12, tzinfo=UTC)).hour == 18
    assert KAZAKHSTAN.local(datetime(2026, 1, 15, 12, tzinfo=UTC)).hour == 17


@pytest.mark.parametrize("ask", [KAZAKHSTAN.local, KAZAKHSTAN.day_of_receipt, KAZAKHSTAN.is_open])
def test_a_moment_without_a_zone_is_our_own_mistake(ask):
    with pytest.raises(TypeError, match="has no time zone"):
        ask(datetime(2026, 3, 19, 10))


def test_open_hours_are_those_of_working_days():
    assert KAZAKHSTAN.is_open(at(2026, 3, 19, 9))
    assert not KAZAKHSTAN.is_open(at(2026, 3, 19, 8, 59))
    assert not KAZAKHSTAN.is_open(at(2026, 3, 19, 18, 30))
    assert not KAZAKHSTAN.is_open(at(2026, 3, 22, 12))


def test_a_calendar_may_work_its_years_out_when_asked():
    class EveryThirteenth(Mapping):
        asked = set()

        def __getitem__(self, day):
            self.asked.add(day.year)
            if day.day != 13:
                raise KeyError(day)
            return NAURYZ

        def __iter__(self):
            raise AssertionError("nobody needs every day of all years")

        __len__ = __iter__

    lazy = EveryThirteenth()
    calendar = Calendar(days_off=lazy)
    assert calendar.add_working_days(date(2031, 1, 10), 1) == date(2031, 1, 14)
    assert lazy.asked == {2031}


def test_a_calendar_without_working_days_says_so():
    calendar = Calendar(days_off={}, weekend=frozenset(range(7)))
    with pytest.raises(ValueError, match="no working day within a year of 2026-03-19"):
        calendar.next_working_day(date(2026, 3, 19))


def test_a_six_day_week_is_a_matter_of_data():
    calendar = Calendar(days_off={}, weekend=frozenset({6}))
    assert calendar.next_working_day(date(2026, 3, 20)) == date(2026, 3, 21)


@given(calendars, in_the_middle, st.integers(1, 60))
def test_counting_agrees_with_a_second_computation(pair, day, count):
    calendar, second = pair
    assert calendar.is_working(day) == second.is_working(day)
    assert calendar.add_working_days(day, count) == second.nth_after(day, count)
    assert calendar.add_working_days(day, -count) == second.nth_before(day, count)
    assert calendar.next_working_day(day) == second.nth_after(day, 1)
    assert calendar.previous_working_day(day) == second.nth_before(day, 1)
    assert calendar.add_working_days(day, 0) == calendar.roll_forward(day) == second.on_or_after(day)


@given(calendars, in_the_middle, in_the_middle)
def test_the_distance_of_two_days_agrees_with_a_second_computation(pair, after, until):
    calendar, second = pair
    assert calendar.count_working_days(after, until) == second.between(after, until)


@given(calendars, st.datetimes(datetime(2025, 1, 1), datetime(2026, 12, 31), timezones=st.just(UTC)))
def test_the_day_of_receipt_is_a_working_day_and_the_first_possible_one(pair, moment):
    calendar, second = pair
    local = moment.astimezone(ALMATY)
    earliest = local.date() + timedelta(days=local.time() >= time(18, 30))
    expected = second.on_or_after(earliest)
    assert calendar.day_of_receipt(moment) == expected
