"""The status of a person, against a second reading of the same text."""

from datetime import date
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qorgau.rules.insured_status import (
    Ground,
    InsuranceFacts,
    Status,
    StatusRules,
    last_month_of_cover,
    prepaid_run,
    rules_in_force,
    status_in,
)
from qorgau.rules.months import FIRST, bit, first_day, last_day, month_of, months_in, set_of, span
from qorgau.rules.problems import Problem
from tests.rules.insured_oracle import Person, YearMonth, status

ROWS = (
    StatusRules(code="everybody", valid_from=date(2020, 1, 1), valid_to=date(2020, 6, 30), everybody=True),
    StatusRules(code="three", valid_from=date(2020, 7, 1), valid_to=date(2021, 6, 30), past_months=3, future_months=0),
    StatusRules(code="twelve", valid_from=date(2021, 7, 1), valid_to=date(2022, 8, 31), future_months=0),
    StatusRules(code="two ways", valid_from=date(2022, 9, 1), valid_to=date(2025, 12, 31)),
    StatusRules(code="long grace", valid_from=date(2026, 1, 1), long_grace_months=6),
)
NOW = 2026 * 12 + 9
"""October 2026."""
ORDER = list(Status)


def at(year: int, month: int) -> int:
    return year * 12 + month - 1


def row(month: int) -> StatusRules:
    return rules_in_force(ROWS, first_day(month))


def pairs(months: int) -> set[YearMonth]:
    return {(first_day(month).year, first_day(month).month) for month in months_in(months)}


@cache
def advances(month: int) -> list[tuple[int, int, int]]:
    """Advance payments as (paid in, first, last) around a month: right, too short, too late, over, to come."""
    return [
        (0, 0, -1),
        (month - 1, month, month + 11),
        (month - 12, month - 11, month),
        (month, month, month + 11),
        (month - 1, month, month + 10),
        (month - 14, month - 13, month - 2),
        (month - 20, month - 19, month - 5),
        (month, month + 1, month + 12),
    ]


def both_readings(month: int, facts: InsuranceFacts, person: Person) -> tuple[str, str]:
    day = first_day(month)
    return status_in(month, facts, row(month)).status.value, status(person, (day.year, day.month))


def known(
    paid: int, privileged: int, temporary: int, advance: tuple[int, int, int], month: int
) -> tuple[InsuranceFacts, Person]:
    paid_in, first, last = advance
    run = span(first, last)
    facts = InsuranceFacts(
        paid=paid | run,
        prepaid=prepaid_run(first, last, paid_in=paid_in, rules=row(month)),
        privileged=privileged,
        temporary=temporary,
    )
    when = (first_day(paid_in).year, first_day(paid_in).month) if run else (2019, 1)
    person = Person(
        paid=pairs(paid),
        privileged=pairs(privileged),
        advance=[(when, sorted(pairs(run)))] if run else [],
        temporary=pairs(temporary),
    )
    return facts, person


@pytest.mark.slow
@pytest.mark.parametrize("advance", range(8))
@pytest.mark.parametrize(
    "privileged",
    [0, bit(NOW), span(NOW - 30, NOW - 1), span(NOW - 8, NOW - 4), span(NOW - 5, NOW - 5), span(NOW - 60, NOW - 13)],
    ids=["none", "now", "until last month", "in the middle", "five months ago", "before"],
)
def test_all_patterns_of_twelve_months_read_the_same(advance: int, privileged: int) -> None:
    for pattern in range(4096):
        facts, person = known(pattern << (NOW - FIRST - 12), privileged, 0, advances(NOW)[advance], NOW)
        ours, second = both_readings(NOW, facts, person)
        assert ours == second, f"{pattern:012b}"


@pytest.mark.slow
@pytest.mark.parametrize("month", [at(2021, 6), at(2022, 8), at(2025, 12)])
def test_all_patterns_read_the_same_under_every_row_of_rules(month: int) -> None:
    for pattern in range(4096):
        for privileged in (0, span(month - 12, month - 4)):
            facts, person = known(pattern << (month - FIRST - 12), privileged, 0, advances(month)[2], month)
            ours, second = both_readings(month, facts, person)
            assert ours == second, f"{pattern:012b}"


masks = st.integers(min_value=0, max_value=(1 << 110) - 1)
# Payments without a break, with few holes, as people really have them: a mask of ones with some bits taken out.
lives = st.builds(
    lambda first, last, holes: span(first, last) & ~set_of(holes),
    st.integers(FIRST, NOW + 14),
    st.integers(FIRST, NOW + 14),
    st.lists(st.integers(FIRST, NOW), max_size=3),
)
months = st.integers(FIRST, NOW + 24)


@given(masks | lives, lives | st.just(0), lives | st.just(0), months, st.integers(0, 7))
def test_any_life_reads_the_same_in_any_month(
    paid: int, privileged: int, temporary: int, month: int, advance: int
) -> None:
    facts, person = known(paid, privileged, temporary, advances(month)[advance], month)

    ours, second = both_readings(month, facts, person)
    assert ours == second


@given(masks | lives, lives | st.just(0), months, months)
def test_one_more_payment_never_worsens_a_status(paid: int, privileged: int, month: int, more: int) -> None:
    before = status_in(month, InsuranceFacts(paid=paid, privileged=privileged), row(month))
    better = status_in(month, InsuranceFacts(paid=paid | bit(more), privileged=privileged), row(month))

    assert ORDER.index(better.status) <= ORDER.index(before.status)
    assert better.missing & ~before.missing == 0


@given(masks | lives, lives | st.just(0), st.integers(at(2020, 7), NOW))
def test_every_month_that_is_asked_for_is_covered_or_missing(paid: int, privileged: int, month: int) -> None:
    verdict = status_in(month, InsuranceFacts(paid=paid, privileged=privileged), row(month))
    asked = span(month - row(month).past_months, month - 1)

    assert verdict.covered | verdict.missing == asked
    assert verdict.covered & verdict.missing == 0
    if verdict.ground == Ground.PAST_MONTHS:
        assert verdict.missing == 0


def test_payments_until_june_are_lost_in_october() -> None:
    paid = InsuranceFacts(paid=span(at(2023, 1), at(2024, 6)))
    statuses = [status_in(at(2024, month), paid, row(at(2024, month))).status for month in (7, 8, 9, 10)]

    assert statuses == [
        Status.INSURED,
        Status.CONDITIONALLY_INSURED,
        Status.CONDITIONALLY_INSURED,
        Status.NOT_INSURED,
    ]
    assert last_month_of_cover(at(2024, 7), paid, ROWS) == at(2024, 9)


def test_five_years_without_a_break_carry_six_months_from_2026() -> None:
    paid = InsuranceFacts(paid=span(at(2021, 1), at(2025, 12)))
    june, july = (status_in(at(2026, month), paid, row(at(2026, month))) for month in (6, 7))

    assert (june.status, june.ground, june.counted) == (
        Status.CONDITIONALLY_INSURED,
        Ground.LONG_GRACE,
        at(2025, 12),
    )
    assert july.status == Status.NOT_INSURED
    assert last_month_of_cover(at(2026, 2), paid, ROWS) == at(2026, 6)


def test_one_month_less_than_five_years_or_one_of_them_paid_by_the_state_carries_three() -> None:
    shorter = InsuranceFacts(paid=span(at(2021, 2), at(2025, 12)))
    by_the_state = InsuranceFacts(paid=span(at(2021, 1), at(2025, 12)) & ~bit(at(2023, 5)), privileged=bit(at(2023, 5)))

    for facts in (shorter, by_the_state):
        assert last_month_of_cover(at(2026, 1), facts, ROWS) == at(2026, 3)


def month_by_month(month: int, facts: InsuranceFacts, rows: tuple[StatusRules, ...]) -> int | None:
    """The last month of cover, every month asked about by itself."""
    for later in range(month, month + 120):
        if status_in(later, facts, rules_in_force(rows, first_day(later))).status == Status.NOT_INSURED:
            return later - 1
    return None


SETS = st.integers(0, (1 << 260) - 1)
RUNS = st.tuples(st.integers(FIRST, FIRST + 90), st.integers(0, 150)).map(lambda run: span(run[0], run[0] + run[1]))
IN_THE_MIDDLE = (*ROWS[:-1], StatusRules(code="short", valid_from=date(2026, 1, 1), valid_to=date(2028, 3, 14)))
CHANGES = (*IN_THE_MIDDLE, StatusRules(code="later", valid_from=date(2028, 3, 15), past_months=3, grace_months=0))


@given(st.integers(FIRST, FIRST + 100), SETS | RUNS, RUNS, RUNS | SETS, st.sampled_from([ROWS, CHANGES]))
def test_the_end_of_cover_is_what_asking_about_every_month_finds(
    month: int, paid: int, prepaid: int, privileged: int, rows: tuple[StatusRules, ...]
) -> None:
    for facts in (
        InsuranceFacts(paid=paid, privileged=privileged),
        InsuranceFacts(paid=paid | prepaid, prepaid=prepaid),
        InsuranceFacts(privileged=privileged, temporary=paid),
    ):
        assert last_month_of_cover(month, facts, rows) == month_by_month(month, facts, rows)


def test_the_end_of_cover_is_not_told_beyond_the_rows_of_the_directory() -> None:
    child = InsuranceFacts(privileged=span(FIRST, FIRST + 300))

    assert last_month_of_cover(at(2026, 1), child, CHANGES) is None
    with pytest.raises(Problem):
        last_month_of_cover(at(2026, 1), child, IN_THE_MIDDLE)


def test_an_advance_payment_covers_its_twelve_months_and_three_more() -> None:
    run = prepaid_run(at(2026, 4), at(2027, 3), paid_in=at(2026, 3), rules=ROWS[-1])
    facts = InsuranceFacts(paid=run, prepaid=run)

    assert status_in(at(2026, 3), facts, ROWS[-1]).status == Status.NOT_INSURED
    assert status_in(at(2026, 4), facts, ROWS[-1]).ground == Ground.FUTURE_MONTHS
    assert last_month_of_cover(at(2026, 4), facts, ROWS) == at(2027, 6)


def test_an_advance_payment_that_is_short_or_begins_in_its_own_month_gives_nothing() -> None:
    assert prepaid_run(at(2026, 4), at(2027, 2), paid_in=at(2026, 3), rules=ROWS[-1]) == 0
    assert prepaid_run(at(2026, 3), at(2027, 2), paid_in=at(2026, 3), rules=ROWS[-1]) == 0
    assert prepaid_run(at(2022, 4), at(2023, 3), paid_in=at(2022, 3), rules=ROWS[2]) == 0


def test_a_category_without_an_end_has_no_last_month_of_cover() -> None:
    facts = InsuranceFacts(privileged=span(at(2020, 1), at(2060, 1)))

    assert last_month_of_cover(NOW, facts, ROWS) is None


def test_who_has_no_cover_had_it_until_the_month_before_at_most() -> None:
    assert last_month_of_cover(NOW, InsuranceFacts(), ROWS) == NOW - 1


def test_a_temporary_status_is_for_those_who_would_have_none() -> None:
    granted = bit(NOW)
    none, grace = InsuranceFacts(temporary=granted), InsuranceFacts(paid=span(NOW - 15, NOW - 3), temporary=granted)

    assert status_in(NOW, none, ROWS[-1]).status == Status.TEMPORARILY_INSURED
    assert status_in(NOW, grace, ROWS[-1]).status == Status.CONDITIONALLY_INSURED


def test_a_verdict_says_whether_the_month_itself_is_paid() -> None:
    assert status_in(NOW, InsuranceFacts(paid=bit(NOW)), ROWS[-1]).held_now
    assert not status_in(NOW, InsuranceFacts(paid=bit(NOW - 1)), ROWS[-1]).held_now


def test_a_day_without_rules_is_told_and_not_guessed() -> None:
    with pytest.raises(Problem, match="no rules of insured status for 31 December 2019"):
        rules_in_force(ROWS, date(2019, 12, 31))


@pytest.mark.parametrize("wrong", [{"past_months": 0}, {"grace_months": -1}, {"future_months": -1}])
def test_rules_out_of_range_are_refused(wrong: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="out of range"):
        StatusRules(code="wrong", valid_from=date(2026, 1, 1), **wrong)  # type: ignore[arg-type]


@given(st.dates(min_value=date(2000, 1, 1), max_value=date(2100, 1, 1)))
def test_a_day_lies_in_its_month(day: date) -> None:
    month = month_of(day)

    assert first_day(month) <= day <= last_day(month)
    assert first_day(month + 1) > day


@given(st.sets(months))
def test_a_set_of_months_gives_its_months_back(some: set[int]) -> None:
    assert list(months_in(set_of(some))) == sorted(some)


def test_months_before_2020_are_in_no_set() -> None:
    assert (bit(FIRST - 1), span(FIRST - 5, FIRST - 1), span(FIRST - 5, FIRST)) == (0, 0, 1)
