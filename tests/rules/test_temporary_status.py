"""For how long, until when, and what a temporary status does to the end of cover."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qorgau.rules.insured_status import InsuranceFacts, Status, StatusRules, last_day_of_cover, status_in
from qorgau.rules.months import bit, month_of, span
from qorgau.rules.temporary_status import Granted, days_granted, ended_before, temporary_until

TODAY = date(2026, 11, 28)
NOW = month_of(TODAY)
RULES = StatusRules(code="2026", valid_from=date(2026, 1, 1), long_grace_months=6)


def granted(since: str, until: str) -> Granted:
    return Granted("C07", date.fromisoformat(since), date.fromisoformat(until))


@pytest.mark.parametrize(
    ("decided", "until"),
    [
        ("2026-11-28", "2026-12-28"),
        ("2026-12-31", "2027-01-31"),
        ("2027-01-28", "2027-02-28"),
        ("2027-01-31", "2027-02-28"),
        ("2028-01-31", "2028-02-29"),
        ("2027-02-28", "2027-03-28"),
    ],
)
def test_a_month_lasts_through_the_same_day_of_the_next_one(decided: str, until: str) -> None:
    day = date.fromisoformat(decided)
    assert days_granted(day, 1) == (day, date.fromisoformat(until))


def test_where_one_still_runs_the_next_begins_on_the_day_after_it() -> None:
    running = date(2026, 12, 28)
    assert days_granted(date(2026, 12, 24), 1, running_until=running) == (date(2026, 12, 29), date(2027, 1, 28))
    assert days_granted(running, 1, running_until=running) == (date(2026, 12, 29), date(2027, 1, 28))
    assert days_granted(date(2026, 12, 29), 1, running_until=running) == (date(2026, 12, 29), date(2027, 1, 29))


def test_no_month_at_all_is_no_status() -> None:
    with pytest.raises(ValueError, match="a month at least"):
        days_granted(TODAY, 0)


def test_the_last_day_is_that_of_an_unbroken_row() -> None:
    first, second, later = (
        granted("2026-11-28", "2026-12-28"), granted("2026-12-29", "2027-01-28"), granted("2027-03-01", "2027-04-01"),
    )  # fmt: skip
    assert temporary_until(TODAY, (second, first, later)) == date(2027, 1, 28)
    assert temporary_until(date(2026, 11, 27), (first,)) is None
    assert temporary_until(date(2026, 12, 29), (first,)) is None
    # Whole months of a register join with days that were granted here.
    assert temporary_until(TODAY, (granted("2026-12-01", "2026-12-15"),), months=bit(NOW)) == date(2026, 12, 15)


def test_the_last_one_is_over_only_when_none_holds_or_is_to_come() -> None:
    old, new = granted("2026-08-01", "2026-09-01"), granted("2026-09-02", "2026-10-02")
    assert ended_before(TODAY, (old, new)) == new
    assert ended_before(date(2026, 9, 15), (old, new)) is None
    assert ended_before(date(2026, 10, 2), (old, new)) is None
    assert ended_before(TODAY, ()) is None


def until(on: date, facts: InsuranceFacts, *statuses: Granted) -> date | None:
    return last_day_of_cover(on, facts, [RULES], statuses)


def test_cover_ends_on_the_last_day_that_was_granted() -> None:
    nothing = InsuranceFacts()
    status = granted("2026-11-28", "2026-12-28")
    assert until(TODAY, nothing, status) == date(2026, 12, 28)
    assert until(date(2026, 12, 29), nothing, status) == date(2026, 12, 28)
    assert until(date(2027, 2, 3), nothing, status) == date(2027, 1, 31)
    assert until(TODAY, nothing) == date(2026, 10, 31)


def test_a_better_ground_goes_on_after_it() -> None:
    """Temporary until 28 December; from January on a year is paid in advance."""
    ahead = InsuranceFacts(paid=span(NOW + 2, NOW + 13), prepaid=span(NOW + 2, NOW + 13))
    assert until(TODAY, ahead, granted("2026-11-28", "2026-12-28")) == date(2026, 12, 28)
    assert until(TODAY, ahead, granted("2026-11-28", "2027-01-02")) == date(2028, 3, 31)


def test_a_grace_that_ends_earlier_is_followed_by_what_was_granted() -> None:
    grace = InsuranceFacts(paid=span(NOW - 15, NOW - 3))
    assert status_in(NOW, grace, RULES).status == Status.CONDITIONALLY_INSURED
    assert until(TODAY, grace) == date(2026, 11, 30)
    assert until(TODAY, grace, granted("2026-11-28", "2026-12-28")) == date(2026, 12, 28)


MONTHS = st.integers(min_value=0, max_value=(1 << 40) - 1).map(lambda bits: bits << (NOW - 30 - 2020 * 12))


@given(paid=MONTHS, privileged=MONTHS, since=st.integers(-60, 60), days=st.integers(0, 62))
def test_what_is_granted_never_makes_anything_worse(paid: int, privileged: int, since: int, days: int) -> None:
    facts = InsuranceFacts(paid=paid, privileged=privileged)
    first = TODAY + timedelta(days=since)
    status = Granted("C07", first, first + timedelta(days=days))
    with_it = InsuranceFacts(paid=paid, privileged=privileged, temporary=bit(NOW) if status.covers(TODAY) else 0)
    order = list(Status)

    before, after = status_in(NOW, facts, RULES), status_in(NOW, with_it, RULES)
    assert order.index(after.status) <= order.index(before.status)
    if before.status in (Status.INSURED, Status.CONDITIONALLY_INSURED):
        assert (after.status, after.ground) == (before.status, before.ground)
    ends, ends_with_it = until(TODAY, facts), until(TODAY, facts, status)
    assert ends_with_it is None or (ends is not None and ends_with_it >= ends)
