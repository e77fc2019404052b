"""What insurance rests on comes with Qorgau, dated and with its sources."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from qorgau.directory import reference
from qorgau.directory.loading import load_reference
from qorgau.directory.models import (
    ContributionRate,
    InsuranceCategory,
    InsuranceRules,
    InsuranceWarnings,
    OfficialAmount,
)
from qorgau.directory.reference import Reference
from qorgau.rules.contributions import Income, Payer, contributions_of_month, fixed_contribution
from qorgau.rules.insured_status import StatusRules, rules_in_force
from tests.rules.test_insured_status import ROWS


@pytest.fixture
def loaded(db: None) -> Reference:
    load_reference()
    return reference.refresh()


def at(year: int, month: int = 1) -> int:
    return year * 12 + month - 1


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (date(2020, 1, 1), "everybody-2020"),
        (date(2020, 7, 1), "three-months-2020"),
        (date(2021, 7, 1), "twelve-months-2021"),
        (date(2022, 9, 5), "two-ways-2022"),
        (date(2025, 12, 31), "two-ways-2022"),
        (date(2026, 1, 1), "long-grace-2026"),
        (date(2040, 1, 1), "long-grace-2026"),
    ],
)
def test_every_day_has_its_rules(loaded: Reference, day: date, code: str) -> None:
    assert rules_in_force(loaded.status_rules, day).code == code


def test_the_supplied_rules_are_those_that_are_checked_against_a_second_reading(loaded: Reference) -> None:
    def terms(row: StatusRules) -> tuple[object, ...]:
        lasting = (row.grace_months, row.long_grace_months, row.unbroken_months)
        return row.valid_from, row.valid_to, row.everybody, row.past_months, row.future_months, *lasting

    assert {terms(row) for row in loaded.status_rules} == {terms(row) for row in ROWS}


@pytest.mark.parametrize(
    ("payer", "month", "tenge"),
    [
        (Payer.SELF_PAYER, at(2020), "2125"),
        (Payer.SELF_PAYER, at(2021), "2125"),
        (Payer.SELF_PAYER, at(2022), "3000"),
        (Payer.SELF_PAYER, at(2023), "3500"),
        (Payer.SELF_PAYER, at(2024), "4250"),
        (Payer.SELF_PAYER, at(2025), "4250"),
        (Payer.ENTREPRENEUR, at(2020), "2975"),
        (Payer.ENTREPRENEUR, at(2021), "2975"),
        (Payer.ENTREPRENEUR, at(2024), "5950"),
        (Payer.ENTREPRENEUR, at(2025), "5950"),
        (Payer.ENTREPRENEUR, at(2026), "5950"),
        (Payer.SINGLE_PAYMENT_CITY, at(2023, 12), "3450"),
        (Payer.SELF_PAYER, at(2026, 11), "4250"),
        (Payer.ENTREPRENEUR, at(2022), "4200"),
        (Payer.ENTREPRENEUR, at(2023), "4900"),
        (Payer.SINGLE_PAYMENT_ELSEWHERE, at(2023), "1725"),
        (Payer.STATE, at(2022), "3614.20"),
        (Payer.STATE, at(2023), "4505.60"),
        (Payer.STATE, at(2024), "5852.00"),
        (Payer.STATE, at(2025), "7285.90"),
    ],
)
def test_published_payments_come_out(loaded: Reference, payer: Payer, month: int, tenge: str) -> None:
    assert fixed_contribution(payer, month, loaded.tariff).tenge == Decimal(tenge)


@pytest.mark.parametrize(
    ("year", "employer", "employee"),
    [
        (2020, 8_500, 4_250),
        (2021, 8_500, 8_500),
        (2022, 18_000, 12_000),
        (2023, 21_000, 14_000),
        (2024, 25_500, 17_000),
        (2025, 25_500, 17_000),
        (2026, 102_000, 34_000),
    ],
)
def test_published_limits_come_out(loaded: Reference, year: int, employer: int, employee: int) -> None:
    much = [Income(payer, Decimal(9_000_000)) for payer in (Payer.EMPLOYER, Payer.EMPLOYEE)]

    assert [one.tenge for one in contributions_of_month(much, at(year), loaded.tariff)] == [employer, employee]


def test_an_employer_paid_in_every_month_since_july_2017(loaded: Reference) -> None:
    for month in range(at(2017, 7), at(2027)):
        (due,) = contributions_of_month([Income(Payer.EMPLOYER, Decimal(100_000))], month, loaded.tariff)
        assert 1_000 <= due.tenge <= 3_000


def test_the_state_pays_for_sixteen_categories_in_2026_for_two_of_them_locally(loaded: Reference) -> None:
    in_force = [row for row in loaded.insurance_categories.values() if row.holds_on(date(2026, 11, 1))]

    assert sorted(row.code for row in in_force if row.budget != "nobody") == [f"C{n:02}" for n in range(1, 17)]
    assert sorted(row.code for row in in_force if row.budget == "local") == ["C15", "C16"]


def test_who_is_exempt_from_paying_is_a_category_too_and_marked_as_not_sure(loaded: Reference) -> None:
    (exempt,) = [row for row in loaded.insurance_categories.values() if row.budget == "nobody"]

    assert (exempt.code, exempt.valid_from, exempt.source_mark) == ("C17", date(2020, 1, 1), "M")
    assert exempt.basis_en.endswith("Art. 28(7)")


def test_what_a_category_was_called_before_is_kept(loaded: Reference) -> None:
    def called(code: str, day: date) -> str:
        (row,) = [r for r in loaded.insurance_categories.values() if r.code == code and r.holds_on(day)]
        return str(row.name_en)

    assert called("C09", date(2022, 3, 27)) == "persons in remand prison"
    assert "house arrest" in called("C09", date(2022, 3, 28))


def test_every_row_names_its_source_and_how_sure_it_is(loaded: Reference) -> None:
    for table in (InsuranceRules, InsuranceCategory, ContributionRate, OfficialAmount, InsuranceWarnings):
        for row in table.objects.all():
            assert row.basis and row.basis_kk and row.basis_en
            assert row.source_mark in ("V", "V2", "M", "ours")


def test_loading_again_adds_nothing_and_keeps_what_was_ended(loaded: Reference) -> None:
    OfficialAmount.objects.filter(base="minimum_wage", valid_from=date(2026, 1, 1)).update(valid_to=date(2026, 12, 31))

    assert load_reference() == {}
    assert OfficialAmount.objects.get(base="minimum_wage", valid_from=date(2026, 1, 1)).valid_to == date(2026, 12, 31)


@pytest.mark.parametrize("table", [ContributionRate, OfficialAmount])
def test_no_two_rows_of_one_thing_hold_on_the_same_day(
    loaded: Reference, table: type[ContributionRate] | type[OfficialAmount]
) -> None:
    rows = list(table.objects.all())
    of_same = [
        (one, other)
        for one in rows
        for other in rows
        if one.pk < other.pk and getattr(one, "payer", one.base) == getattr(other, "payer", other.base)
    ]
    for one, other in of_same:
        assert one.valid_from and other.valid_from
        first, second = sorted((one, other), key=lambda row: row.valid_from or date.min)
        assert first.valid_to and second.valid_from and first.valid_to < second.valid_from


def test_how_long_before_the_end_people_are_warned_is_a_row_and_our_own_promise(loaded: Reference) -> None:
    terms = loaded.warning_terms_on(date(2026, 11, 28))

    assert (terms.first_days, terms.last_days, terms.kept_days, terms.source_mark) == (30, 7, 90, "ours")
    assert terms.row_id == InsuranceWarnings.objects.get().pk


@pytest.mark.parametrize("days", [(7, 7), (7, 30), (121, 7)])
def test_a_second_warning_before_the_first_is_refused_with_a_reason(db: None, days: tuple[int, int]) -> None:
    row = InsuranceWarnings(first_days=days[0], last_days=days[1], basis="x")

    with pytest.raises(ValidationError, match="The first warning comes before the second"):
        row.full_clean()
