"""When somebody is warned: to the day."""

from datetime import date

import pytest

from qorgau.rules.insured_status import InsuranceFacts, StatusRules, last_month_of_cover, month_cover_ended
from qorgau.rules.months import bit, last_day, span
from qorgau.rules.warnings import WITHOUT_A_ROW, Step, WarningTerms, step_before, warning_terms_in_force

END_OF_SEPTEMBER = date(2026, 9, 30)
RULES = [StatusRules(code="now", valid_from=date(2020, 1, 1), long_grace_months=6)]
JUNE = 2026 * 12 + 5


@pytest.mark.parametrize(
    ("day", "step"),
    [
        (date(2026, 8, 30), None),
        (date(2026, 8, 31), Step.FIRST),
        (date(2026, 9, 22), Step.FIRST),
        (date(2026, 9, 23), Step.LAST),
        (date(2026, 9, 30), Step.LAST),
        (date(2026, 10, 1), None),
    ],
)
def test_thirty_days_and_seven_days_before_the_last_day(day: date, step: Step | None) -> None:
    assert step_before(END_OF_SEPTEMBER, day, WITHOUT_A_ROW) == step


def test_there_may_be_one_warning_only() -> None:
    once = WarningTerms(first_days=10, last_days=0)

    assert step_before(END_OF_SEPTEMBER, END_OF_SEPTEMBER, once) == Step.FIRST
    assert step_before(END_OF_SEPTEMBER, date(2026, 9, 19), once) is None


@pytest.mark.parametrize("days", [(7, 7), (7, 30), (0, 0), (5, -1)])
def test_the_second_warning_never_comes_before_the_first(days: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="before the second"):
        WarningTerms(first_days=days[0], last_days=days[1])


def test_the_row_of_the_day_counts_and_ours_where_there_is_none() -> None:
    rows = [
        WarningTerms(first_days=20, valid_from=date(2026, 1, 1), valid_to=date(2026, 6, 30)),
        WarningTerms(first_days=40, valid_from=date(2026, 7, 1)),
    ]

    found = [warning_terms_in_force(rows, day).first_days for day in (date(2025, 1, 1), date(2026, 6, 30), date.max)]
    assert found == [30, 20, 40]


def test_the_example_of_the_press() -> None:
    """Last payment in June; the status is lost in October (DOMAIN §3.1)."""
    facts = InsuranceFacts(paid=span(JUNE - 20, JUNE))

    last = last_month_of_cover(JUNE + 3, facts, RULES)
    assert last is not None and last_day(last) == END_OF_SEPTEMBER
    assert month_cover_ended(JUNE + 4, facts, RULES) == JUNE + 3


def test_an_end_that_lies_farther_than_is_looked_is_none() -> None:
    facts = InsuranceFacts(paid=span(JUNE - 20, JUNE))

    assert last_month_of_cover(JUNE, facts, RULES, within=4) is None
    assert last_month_of_cover(JUNE, facts, RULES, within=5) == JUNE + 3


def test_cover_that_never_was_has_no_end() -> None:
    assert month_cover_ended(JUNE, InsuranceFacts(paid=bit(JUNE - 3)), RULES) is None
