from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from qorgau.rules.working_days import Calendar
from qorgau.rules.working_time import days_of_work, working_seconds

ALMATY = ZoneInfo("Asia/Almaty")
HOUR = 3600
# Friday 5 June 2026 is made a day off, Saturday 6 June a working day; from 8 June on the desk closes at five.
BEFORE = Calendar(days_off={date(2026, 6, 5): {"ru": "перенос"}}, working=frozenset({date(2026, 6, 6)}))
SINCE = Calendar(days_off=BEFORE.days_off, working=BEFORE.working, closes=time(17, 0))


def calendar_on(day: date) -> Calendar:
    return BEFORE if day < date(2026, 6, 8) else SINCE


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 6, day, hour, minute, tzinfo=ALMATY)


def test_within_one_day_it_is_the_time_of_the_clock() -> None:
    assert working_seconds(at(2, 10), at(2, 12, 30), calendar_on) == 2.5 * HOUR


def test_nights_do_not_count() -> None:
    assert working_seconds(at(2, 18), at(3, 9, 30), calendar_on) == HOUR
    assert working_seconds(at(2, 20), at(3, 8), calendar_on) == 0


def test_a_day_off_by_decree_does_not_count_and_a_saturday_made_working_does() -> None:
    assert working_seconds(at(4, 18, 30), at(8, 9), calendar_on) == 9.5 * HOUR


def test_hours_are_those_of_the_day() -> None:
    assert working_seconds(at(8, 9), at(8, 20), calendar_on) == 8 * HOUR
    assert working_seconds(at(3, 9), at(3, 20), calendar_on) == 9.5 * HOUR


def test_what_ended_before_it_began_took_no_time() -> None:
    assert working_seconds(at(3, 12), at(2, 12), calendar_on) == 0


moments = st.datetimes(datetime(2026, 5, 28), datetime(2026, 6, 16)).map(lambda moment: moment.replace(tzinfo=ALMATY))


@given(moments, moments)
def test_it_is_the_same_minute_by_minute(one: datetime, other: datetime) -> None:
    begun, ended = sorted((one.replace(second=0, microsecond=0), other.replace(second=0, microsecond=0)))
    minutes = int((ended - begun).total_seconds() // 60)
    is_open = (
        calendar_on((begun + timedelta(minutes=n)).date()).is_open(begun + timedelta(minutes=n)) for n in range(minutes)
    )
    assert working_seconds(begun, ended, calendar_on) == 60 * sum(is_open)


@given(moments, moments)
def test_the_table_says_the_same(one: datetime, other: datetime) -> None:
    begun, ended = sorted((one, other))
    table = {row.day: row for row in days_of_work(date(2026, 5, 1), date(2026, 6, 30), calendar_on)}

    def passed(moment: datetime) -> int:
        return table[moment.date()].passed(moment.hour * HOUR + moment.minute * 60 + moment.second)

    assert working_seconds(begun, ended, calendar_on) == passed(ended) - passed(begun)
