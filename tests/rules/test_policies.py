"""Which dated rule is in force."""

import json
from datetime import date, time

import pytest

from qorgau.rules.deadlines import CountsFrom, Policy, Purpose, Unit, policy_in_force
from qorgau.rules.kinds import Kind, Procedure
from qorgau.rules.ladder import DeskKind
from qorgau.rules.problems import Problem


def rule(code, purpose=Purpose.CONSIDERATION, *, valid_from=date(2021, 7, 1), **more):
    return Policy(code=code, purpose=purpose, term=15, unit=Unit.WORKING_DAYS, valid_from=valid_from, **more)


def code_in_force(policies, on=date(2026, 3, 1), purpose=Purpose.CONSIDERATION, **more):
    return policy_in_force(policies, on, purpose=purpose, **more).code


def test_a_rule_for_another_purpose_does_not_fit():
    rules = [rule("other", Purpose.RATING), rule("ours")]
    assert code_in_force(rules) == "ours"


def test_a_rule_is_in_force_from_its_first_to_its_last_day():
    rules = [
        rule("old", valid_to=date(2025, 12, 31)),
        rule("new", valid_from=date(2026, 1, 1)),
    ]
    assert code_in_force(rules, date(2021, 7, 1)) == "old"
    assert code_in_force(rules, date(2025, 12, 31)) == "old"
    assert code_in_force(rules, date(2026, 1, 1)) == "new"


def test_of_two_equal_rules_the_later_one_counts_in_whatever_order_they_come():
    rules = [rule("later", valid_from=date(2026, 1, 1)), rule("earlier")]
    assert code_in_force(rules) == code_in_force(rules[::-1]) == "later"


def test_the_narrowest_rule_counts_even_if_it_is_older():
    rules = [
        rule("any", valid_from=date(2026, 1, 1)),
        rule("procedure", procedure=Procedure.FULL),
        rule("desk", desk_kind=DeskKind.CLINIC),
        rule("kind", kind=Kind.COMPLAINT),
        rule("kind and desk", kind=Kind.COMPLAINT, desk_kind=DeskKind.CLINIC),
    ]
    assert code_in_force(rules) == "any"
    assert code_in_force(rules, kind=Kind.PROPOSAL) == "any"
    assert code_in_force(rules, kind=Kind.APPLICATION) == "procedure"
    assert code_in_force(rules, kind=Kind.APPLICATION, desk_kind=DeskKind.CLINIC) == "desk"
    assert code_in_force(rules, kind=Kind.COMPLAINT, desk_kind=DeskKind.BRANCH) == "kind"
    assert code_in_force(rules, kind=Kind.COMPLAINT, desk_kind=DeskKind.CLINIC) == "kind and desk"


def test_the_procedure_may_be_given_instead_of_the_kind():
    rules = [rule("any"), rule("simple", procedure=Procedure.SIMPLIFIED)]
    assert code_in_force(rules, procedure=Procedure.SIMPLIFIED) == "simple"


def test_a_gap_in_the_rules_is_said():
    with pytest.raises(Problem) as caught:
        policy_in_force([rule("late", valid_from=date(2027, 1, 1))], date(2026, 3, 1), purpose=Purpose.CONSIDERATION)
    assert str(caught.value) == "The directory of deadlines has no rule for “consideration” on 1 March 2026."


@pytest.mark.parametrize("term", [0, -1])
def test_a_term_below_one_is_our_own_mistake(term):
    with pytest.raises(ValueError, match="must be at least 1"):
        Policy(code="x", purpose=Purpose.RATING, term=term, unit=Unit.MONTHS, valid_from=date(2026, 1, 1))


@pytest.mark.parametrize("limits", [{"extension_months": -1}, {"notice_days": -1}])
def test_negative_limits_are_our_own_mistake(limits):
    with pytest.raises(ValueError, match="cannot be negative"):
        rule("x", **limits)


@pytest.mark.parametrize(
    "policy",
    [
        rule("plain"),
        rule(
            "full",
            valid_to=date(2030, 1, 1),
            counts_from=CountsFrom.SAME_DAY,
            rolls_forward=False,
            taken_until=time(18),
            extension_months=2,
            notice_days=3,
            kind=Kind.COMPLAINT,
            procedure=Procedure.FULL,
            desk_kind=DeskKind.BRANCH,
            basis={"kk": "ӘРПК 76-бап", "ru": "АППК ст. 76", "en": "APPC Art. 76"},
            source_mark="V",
            row_id=7,
        ),
    ],
)
def test_a_rule_survives_the_way_through_json(policy):
    again = Policy.from_json(json.loads(json.dumps(policy.to_json())))
    assert again == policy
    assert type(again.unit) is Unit
