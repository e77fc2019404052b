"""What somebody can do who is not insured, and what it costs."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qorgau.rules.contributions import Payer
from qorgau.rules.insured_status import InsuranceFacts, Status, StatusRules, prepaid_run, status_in
from qorgau.rules.months import months_in, span
from qorgau.rules.ways_to_insurance import Way, WayOut, ways_out
from tests.rules.test_contributions import TARIFF, at

RULES = StatusRules(code="2026", valid_from=date(2026, 1, 1), long_grace_months=6)
TODAY = date(2026, 10, 20)
NOW = at(2026, 10)


def ways(facts: InsuranceFacts, rules: StatusRules = RULES, payer: Payer = Payer.SELF_PAYER) -> dict[Way, WayOut]:
    return {way.way: way for way in ways_out(status_in(NOW, facts, rules), TODAY, TARIFF, payer=payer)}


def test_few_missing_months_are_cheaper_than_a_year_ahead() -> None:
    known = ways(InsuranceFacts(paid=span(NOW - 12, NOW - 5)))

    assert list(known) == [
        *(Way.PAY_MISSING_MONTHS, Way.PAY_AHEAD, Way.PAY_AHEAD_AND_NOW),
        *(Way.EMPLOYER, Way.CATEGORY, Way.FAMILY_LEVEL, Way.TEMPORARY),
    ]
    assert [known[way].tenge for way in list(known)[:3]] == [4 * 4250, 12 * 4250, 13 * 4250]
    assert [way for way, out in known.items() if out.cheapest] == [Way.PAY_MISSING_MONTHS]
    assert known[Way.PAY_MISSING_MONTHS].from_day == TODAY
    assert known[Way.PAY_AHEAD].from_day == date(2026, 11, 1)
    assert [rate.payer for rate in known[Way.PAY_AHEAD].rates] == [Payer.SELF_PAYER]


def test_an_entrepreneur_pays_the_price_of_one() -> None:
    assert ways(InsuranceFacts(), payer=Payer.ENTREPRENEUR)[Way.PAY_AHEAD].tenge == Decimal(12 * 5950)


def test_an_employer_owes_the_missing_months_of_those_who_worked() -> None:
    employer = ways(InsuranceFacts(paid=span(NOW - 12, NOW - 5)))[Way.EMPLOYER]

    assert (employer.tenge, employer.months, employer.from_day) == (None, span(NOW - 4, NOW - 1), None)


def test_who_has_paid_the_present_month_is_insured_at_once_by_a_year_ahead() -> None:
    known = ways(InsuranceFacts(paid=span(NOW, NOW)))

    assert (known[Way.PAY_AHEAD].tenge, known[Way.PAY_AHEAD].from_day) == (12 * 4250, TODAY)
    assert Way.PAY_AHEAD_AND_NOW not in known


def test_who_is_insured_needs_no_way() -> None:
    assert ways(InsuranceFacts(paid=span(NOW - 12, NOW - 1))) == {}


@pytest.mark.parametrize("months", [0, 1, 2])
def test_a_temporary_status_is_a_way_where_the_rules_grant_any_and_for_as_long_as_they_say(months: int) -> None:
    known = ways(InsuranceFacts(), replace(RULES, temporary_months=months))
    assert [known[way].months.bit_count() for way in known if way == Way.TEMPORARY] == ([months] if months else [])


def test_whoever_still_has_the_right_for_a_while_needs_no_temporary_status() -> None:
    known = ways(InsuranceFacts(paid=span(NOW - 14, NOW - 3)))

    assert known[Way.PAY_MISSING_MONTHS].months == span(NOW - 2, NOW - 1)
    assert Way.TEMPORARY not in known


def test_before_september_2022_nobody_could_pay_ahead() -> None:
    then = StatusRules(code="2021", valid_from=date(2021, 7, 1), future_months=0)
    verdict = status_in(at(2022, 6), InsuranceFacts(), then)
    known = [way.way for way in ways_out(verdict, date(2022, 6, 3), TARIFF, levels_in_force=False)]

    assert known == [Way.PAY_MISSING_MONTHS, Way.EMPLOYER, Way.CATEGORY, Way.TEMPORARY]


def test_missing_months_cost_what_each_of_them_cost() -> None:
    then = StatusRules(code="2021", valid_from=date(2021, 7, 1), future_months=0)
    (missing, *_) = ways_out(status_in(at(2022, 6), InsuranceFacts(), then), date(2022, 6, 3), TARIFF)

    assert missing.tenge == 7 * 2125 + 5 * 3000


@given(st.integers(0, 8191))
def test_each_paid_way_leads_to_insurance_from_the_day_it_says(pattern: int) -> None:
    facts = InsuranceFacts(paid=pattern << (NOW - 2020 * 12 - 12))
    for out in ways(facts).values():
        if out.tenge is None:
            continue
        months = list(months_in(out.months))
        ahead = [month for month in months if month > NOW]
        prepaid = prepaid_run(ahead[0], ahead[-1], paid_in=NOW, rules=RULES) if ahead else 0
        paid = InsuranceFacts(paid=facts.paid | out.months, prepaid=prepaid)
        assert out.from_day is not None
        helped = at(out.from_day.year, out.from_day.month)
        assert status_in(helped, paid, RULES).status == Status.INSURED
