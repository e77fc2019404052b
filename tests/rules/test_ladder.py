"""The ladder of desks, and that private clinics never meet a health department."""

import pytest

from qorgau.rules.ladder import DeskKind, Ownership, fund_level, level, next_above, reachable

CONTACT_CENTRE, CLINIC, HEALTH_DEPARTMENT, BRANCH, CENTRE = DeskKind
STATE, PRIVATE, UNKNOWN = Ownership


def climb(kind, ownership):
    rungs = []
    while (kind := next_above(kind, ownership=ownership)) is not None:
        rungs.append(kind)
    return rungs


def test_a_state_clinics_case_climbs_through_the_health_department():
    assert climb(CLINIC, STATE) == [HEALTH_DEPARTMENT, BRANCH, CENTRE]


@pytest.mark.parametrize("ownership", [PRIVATE, UNKNOWN])
def test_any_other_clinics_case_goes_straight_to_the_fund(ownership):
    assert climb(CLINIC, ownership) == [BRANCH, CENTRE]


@pytest.mark.parametrize("ownership", Ownership)
def test_the_contact_centres_case_goes_to_the_branch(ownership):
    assert climb(CONTACT_CENTRE, ownership) == [BRANCH, CENTRE]


@pytest.mark.parametrize("kind", DeskKind)
@pytest.mark.parametrize("ownership", Ownership)
def test_every_climb_only_goes_up_and_ends_at_the_centre(kind, ownership):
    rungs = [kind, *climb(kind, ownership)]
    assert [level(rung) for rung in rungs] == sorted({level(rung) for rung in rungs})
    assert rungs[-1] == CENTRE


def test_levels_order_the_desks():
    assert sorted(DeskKind, key=level) == [CONTACT_CENTRE, CLINIC, HEALTH_DEPARTMENT, BRANCH, CENTRE]


def test_the_fund_counts_three_levels_of_its_own():
    assert {kind: fund_level(kind) for kind in DeskKind} == {
        CONTACT_CENTRE: 1,
        CLINIC: None,
        HEALTH_DEPARTMENT: None,
        BRANCH: 2,
        CENTRE: 3,
    }


@pytest.mark.parametrize(
    ("from_kind", "ownership", "expected"),
    [
        (CONTACT_CENTRE, STATE, (CLINIC, HEALTH_DEPARTMENT, BRANCH, CENTRE)),
        (CONTACT_CENTRE, PRIVATE, (CLINIC, BRANCH, CENTRE)),
        (CLINIC, STATE, (CONTACT_CENTRE, CLINIC, HEALTH_DEPARTMENT, BRANCH)),
        (CLINIC, UNKNOWN, (CONTACT_CENTRE, CLINIC, BRANCH)),
        (HEALTH_DEPARTMENT, STATE, (CONTACT_CENTRE, CLINIC, BRANCH)),
        (BRANCH, STATE, (CONTACT_CENTRE, CLINIC, HEALTH_DEPARTMENT, CENTRE)),
        (BRANCH, PRIVATE, (CONTACT_CENTRE, CLINIC, CENTRE)),
        (CENTRE, UNKNOWN, (CONTACT_CENTRE, CLINIC, BRANCH)),
    ],
)
def test_a_desk_hands_up_and_down_the_ladder(from_kind, ownership, expected):
    assert reachable(from_kind, ownership) == expected


@pytest.mark.parametrize("from_kind", DeskKind)
@pytest.mark.parametrize("ownership", [PRIVATE, UNKNOWN])
@pytest.mark.parametrize("sensitive", [True, False])
def test_only_a_state_organisations_case_can_reach_a_health_department(from_kind, ownership, sensitive):
    assert HEALTH_DEPARTMENT not in reachable(from_kind, ownership, sensitive=sensitive)


@pytest.mark.parametrize("from_kind", DeskKind)
@pytest.mark.parametrize("ownership", Ownership)
def test_a_sensitive_appeal_is_never_handed_to_a_clinic(from_kind, ownership):
    assert CLINIC not in reachable(from_kind, ownership, sensitive=True)
