from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qorgau.notices.quiet_hours import after_quiet_hours

ALMATY = ZoneInfo("Asia/Almaty")
BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("said", "leaves"),
    [
        ("2026-06-02 08:59", "2026-06-02 09:00"),
        ("2026-06-02 09:00", "2026-06-02 09:00"),
        ("2026-06-02 20:59", "2026-06-02 20:59"),
        ("2026-06-02 21:00", "2026-06-03 09:00"),
        ("2026-06-02 23:59", "2026-06-03 09:00"),
        ("2026-06-03 00:00", "2026-06-03 09:00"),
        ("2026-12-31 22:00", "2027-01-01 09:00"),
    ],
)
def test_nobody_is_rung_up_between_nine_and_nine(said: str, leaves: str) -> None:
    moment, expected = (datetime.fromisoformat(text).replace(tzinfo=ALMATY) for text in (said, leaves))

    assert after_quiet_hours(moment, hours=(21, 9), zone=ALMATY) == expected


@pytest.mark.parametrize(
    ("hours", "said", "leaves"),
    [
        ((13, 15), "2026-06-02 14:30", "2026-06-02 15:00"),
        ((13, 15), "2026-06-02 15:00", "2026-06-02 15:00"),
        ((13, 15), "2026-06-02 12:59", "2026-06-02 12:59"),
        ((22, 24), "2026-06-02 23:10", "2026-06-03 00:00"),
        ((22, 24), "2026-06-03 00:10", "2026-06-03 00:10"),
        ((0, 7), "2026-06-02 00:00", "2026-06-02 07:00"),
        ((9, 9), "2026-06-02 09:00", "2026-06-02 09:00"),
        ((0, 0), "2026-06-02 03:00", "2026-06-02 03:00"),
    ],
)
def test_quiet_hours_may_lie_anywhere_in_the_day_or_nowhere(hours: tuple[int, int], said: str, leaves: str) -> None:
    moment, expected = (datetime.fromisoformat(text).replace(tzinfo=ALMATY) for text in (said, leaves))

    assert after_quiet_hours(moment, hours=hours, zone=ALMATY) == expected


def test_the_clock_is_that_of_the_installation_whatever_zone_the_moment_comes_in() -> None:
    evening_in_almaty = datetime(2026, 6, 2, 18, 0, tzinfo=UTC)

    leaves = after_quiet_hours(evening_in_almaty, hours=(21, 9), zone=ALMATY)

    assert leaves == datetime(2026, 6, 3, 4, 0, tzinfo=UTC)
    assert leaves.tzinfo is UTC


@pytest.mark.parametrize(
    ("said", "leaves"),
    [
        # Clocks go forward at night: nine o'clock comes an hour sooner.
        (datetime(2026, 3, 28, 22, 0, tzinfo=BERLIN), datetime(2026, 3, 29, 7, 0, tzinfo=UTC)),
        # And back in autumn.
        (datetime(2026, 10, 24, 22, 0, tzinfo=BERLIN), datetime(2026, 10, 25, 8, 0, tzinfo=UTC)),
    ],
)
def test_the_end_is_by_the_clock_on_the_wall_when_clocks_change(said: datetime, leaves: datetime) -> None:
    assert after_quiet_hours(said, hours=(21, 9), zone=BERLIN) == leaves


@given(
    moment=st.datetimes(
        min_value=datetime(2024, 3, 2), max_value=datetime(2060, 1, 1), timezones=st.just(timezone(timedelta(hours=3)))
    ),
    begins=st.integers(0, 23),
    ends=st.integers(0, 24),
)
def test_it_never_leaves_earlier_nor_a_day_later_and_always_out_of_the_quiet(
    moment: datetime, begins: int, ends: int
) -> None:
    leaves = after_quiet_hours(moment, hours=(begins, ends), zone=ALMATY)

    assert moment <= leaves < moment + timedelta(days=1)
    assert after_quiet_hours(leaves, hours=(begins, ends), zone=ALMATY) == leaves
