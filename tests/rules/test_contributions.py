"""What insurance costs: the published sums of every year, to the tenge."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qorgau.rules.contributions import (
    Base,
    Income,
    OfficialAmount,
    Payer,
    Rate,
    Tariff,
    contributions_of_month,
    fixed_contribution,
    tenge_in_words,
)
from qorgau.rules.problems import Problem


def rate(payer: Payer, percent: str, base: Base, years: tuple[int, int], **more: object) -> Rate:
    first, last = years
    return Rate(
        payer=payer,
        percent=Decimal(percent),
        base=base,
        valid_from=date(first, 1, 1),
        valid_to=date(last, 12, 31),
        **more,  # type: ignore[arg-type]
    )


def amount(base: Base, year: int, tenge: str, month: int = 1) -> OfficialAmount:
    return OfficialAmount(base=base, valid_from=date(year, month, 1), tenge=Decimal(tenge))


TARIFF = Tariff(
    rates=[
        rate(Payer.EMPLOYER, "1.5", Base.INCOME, (2018, 2019), cap=10),
        rate(Payer.EMPLOYER, "2", Base.INCOME, (2020, 2021), cap=10),
        rate(Payer.EMPLOYER, "3", Base.INCOME, (2022, 2025), cap=10),
        rate(Payer.EMPLOYER, "3", Base.INCOME, (2026, 2099), cap=40),
        rate(Payer.EMPLOYEE, "1", Base.INCOME, (2020, 2020), cap=10, cap_group="worker"),
        rate(Payer.EMPLOYEE, "2", Base.INCOME, (2021, 2025), cap=10, cap_group="worker"),
        rate(Payer.EMPLOYEE, "2", Base.INCOME, (2026, 2099), cap=20, cap_group="worker"),
        rate(Payer.CONTRACT, "2", Base.INCOME, (2026, 2099), cap=20, cap_group="worker"),
        rate(Payer.PLATFORM_WORKER, "1", Base.INCOME, (2026, 2099)),
        rate(Payer.ENTREPRENEUR, "5", Base.MINIMUM_WAGE, (2020, 2099), multiple=Decimal("1.4")),
        rate(Payer.SELF_PAYER, "5", Base.MINIMUM_WAGE, (2020, 2099)),
        rate(Payer.SINGLE_PAYMENT_CITY, "100", Base.MONTHLY_INDEX, (2019, 2023)),
        rate(Payer.SINGLE_PAYMENT_ELSEWHERE, "100", Base.MONTHLY_INDEX, (2019, 2023), multiple=Decimal("0.5")),
        rate(Payer.STATE, "2", Base.AVERAGE_WAGE, (2025, 2026)),
    ],
    amounts=[
        amount(Base.MINIMUM_WAGE, 2020, "42500"),
        amount(Base.MINIMUM_WAGE, 2022, "60000"),
        amount(Base.MINIMUM_WAGE, 2023, "70000"),
        amount(Base.MINIMUM_WAGE, 2024, "85000"),
        amount(Base.MONTHLY_INDEX, 2022, "3063"),
        amount(Base.MONTHLY_INDEX, 2022, "3180", month=4),
        amount(Base.MONTHLY_INDEX, 2023, "3450"),
        amount(Base.AVERAGE_WAGE, 2025, "364295"),
    ],
)


def at(year: int, month: int = 1) -> int:
    return year * 12 + month - 1


@pytest.mark.parametrize(
    ("payer", "year", "tenge"),
    [
        (Payer.ENTREPRENEUR, 2020, "2975"),
        (Payer.ENTREPRENEUR, 2021, "2975"),
        (Payer.ENTREPRENEUR, 2022, "4200"),
        (Payer.ENTREPRENEUR, 2023, "4900"),
        (Payer.ENTREPRENEUR, 2024, "5950"),
        (Payer.ENTREPRENEUR, 2026, "5950"),
        (Payer.SELF_PAYER, 2020, "2125"),
        (Payer.SELF_PAYER, 2022, "3000"),
        (Payer.SELF_PAYER, 2023, "3500"),
        (Payer.SELF_PAYER, 2024, "4250"),
        (Payer.SELF_PAYER, 2026, "4250"),
        (Payer.SINGLE_PAYMENT_CITY, 2023, "3450"),
        (Payer.SINGLE_PAYMENT_ELSEWHERE, 2023, "1725"),
        (Payer.STATE, 2025, "7285.90"),
    ],
)
def test_who_pays_for_oneself_pays_what_was_published(payer: Payer, year: int, tenge: str) -> None:
    assert fixed_contribution(payer, at(year), TARIFF).tenge == Decimal(tenge)


@pytest.mark.parametrize(
    ("payer", "year", "most"),
    [
        (Payer.EMPLOYER, 2022, "18000"),
        (Payer.EMPLOYEE, 2022, "12000"),
        (Payer.EMPLOYER, 2023, "21000"),
        (Payer.EMPLOYEE, 2023, "14000"),
        (Payer.EMPLOYER, 2025, "25500"),
        (Payer.EMPLOYEE, 2025, "17000"),
        (Payer.EMPLOYER, 2026, "102000"),
        (Payer.EMPLOYEE, 2026, "34000"),
    ],
)
def test_nobody_pays_more_than_the_published_most(payer: Payer, year: int, most: str) -> None:
    (due,) = contributions_of_month([Income(payer, Decimal(10_000_000))], at(year), TARIFF)

    assert due.tenge == Decimal(most)


def test_an_amount_that_changes_in_april_changes_in_april() -> None:
    march, april = (fixed_contribution(Payer.SINGLE_PAYMENT_CITY, at(2022, month), TARIFF) for month in (3, 4))

    assert (march.tenge, april.tenge) == (3063, 3180)


def test_a_sum_is_shown_step_by_step() -> None:
    due = fixed_contribution(Payer.ENTREPRENEUR, at(2026, 10), TARIFF)

    assert [str(step) for step in due.steps] == [
        "The minimum wage in October 2026 is 85\N{NO-BREAK SPACE}000 ₸.",
        "1,4 × 85\N{NO-BREAK SPACE}000 ₸ = 119\N{NO-BREAK SPACE}000 ₸.",
        "5 % of 119\N{NO-BREAK SPACE}000 ₸ = 5\N{NO-BREAK SPACE}950 ₸.",
    ]


def test_two_jobs_and_a_contract_share_one_cap() -> None:
    incomes = [Income(Payer.EMPLOYEE, Decimal(1_000_000)), Income(Payer.EMPLOYEE, Decimal(900_000))]
    incomes.append(Income(Payer.CONTRACT, Decimal(300_000)))
    first, second, third = contributions_of_month(incomes, at(2026), TARIFF)

    assert [one.counted for one in (first, second, third)] == [1_000_000, 700_000, 0]
    assert [one.tenge for one in (first, second, third)] == [20_000, 14_000, 0]
    assert [str(step) for step in second.steps] == [
        "Income in January 2026: 900\N{NO-BREAK SPACE}000 ₸.",
        "All incomes together count up to 20 minimum wages: 1\N{NO-BREAK SPACE}700\N{NO-BREAK SPACE}000 ₸.",
        "Counted before: 1\N{NO-BREAK SPACE}000\N{NO-BREAK SPACE}000 ₸.",
        "2 % of 700\N{NO-BREAK SPACE}000 ₸ = 14\N{NO-BREAK SPACE}000 ₸.",
    ]


incomes = st.lists(
    st.builds(
        Income,
        st.sampled_from([Payer.EMPLOYEE, Payer.CONTRACT]),
        st.decimals(min_value=0, max_value=5_000_000, places=2),
    ),
    max_size=5,
)


@given(incomes)
def test_the_order_of_incomes_changes_who_pays_but_not_how_much_counts(some: list[Income]) -> None:
    there = contributions_of_month(some, at(2026), TARIFF)
    back = contributions_of_month(some[::-1], at(2026), TARIFF)
    together = sum((income.tenge for income in some), Decimal(0))

    assert sum(one.counted for one in there) == min(together, Decimal(1_700_000))
    assert sum(one.counted for one in back) == min(together, Decimal(1_700_000))


def test_a_payment_that_does_not_exist_in_a_month_is_told() -> None:
    with pytest.raises(Problem, match=r"In January 2024 there was no such payment"):
        fixed_contribution(Payer.SINGLE_PAYMENT_CITY, at(2024), TARIFF)
    with pytest.raises(Problem, match=r"The official amount for January 2019 is not known yet"):
        fixed_contribution(Payer.SINGLE_PAYMENT_CITY, at(2019), TARIFF)


def test_a_share_of_income_needs_an_income() -> None:
    with pytest.raises(Problem, match="depends on the income"):
        fixed_contribution(Payer.EMPLOYEE, at(2026), TARIFF)
    with pytest.raises(Problem, match="less than nothing"):
        Income(Payer.EMPLOYEE, Decimal(-1))


@pytest.mark.parametrize("wrong", [{"percent": "0"}, {"percent": "101"}, {"cap": 0}, {"multiple": Decimal(0)}])
def test_rates_out_of_range_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="out of range"):
        rate(Payer.EMPLOYEE, **{"percent": "2", "base": Base.INCOME, "years": (2020, 2021), **wrong})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("tenge", "words"),
    [
        ("0", "0"),
        ("950", "950"),
        ("7285.9", "7\N{NO-BREAK SPACE}285,90"),
        ("1700000", "1 700 000".replace(" ", "\N{NO-BREAK SPACE}")),
    ],
)
def test_amounts_are_written_as_people_write_them(tenge: str, words: str) -> None:
    assert tenge_in_words(Decimal(tenge)) == words
