"""Where an appeal goes, why, and where it never goes."""

from itertools import product

import pytest

from qorgau.rules.kinds import Channel, Kind
from qorgau.rules.ladder import DeskKind, Ownership, level, next_above
from qorgau.rules.problems import Problem
from qorgau.rules.routing import Route, RoutingFacts, Wish, route

CONTACT_CENTRE, CLINIC, HEALTH_DEPARTMENT, BRANCH, CENTRE = DeskKind
STATE, PRIVATE, UNKNOWN = Ownership
ALMATY = "KZ-75"


def sent(kind=Kind.COMPLAINT, *, channel=Channel.PORTAL, **facts):
    return route(RoutingFacts(kind=kind, channel=channel, **facts))


def outcome(*args, **facts):
    found = sent(*args, **facts)
    return found.desk_kind, str(found.because), found.rule


CLINICS_CASE = {"region": ALMATY, "ownership": PRIVATE, "has_organisation": True, "has_clinic_desk": True}

EVERY_CASE = [
    RoutingFacts(
        kind=kind,
        channel=Channel.PORTAL,
        topic_desk=topic_desk,
        sensitive=sensitive,
        region=region,
        ownership=ownership,
        has_organisation=has_organisation,
        has_clinic_desk=has_clinic_desk,
        wish=wish,
        answered_by=answered_by,
    )
    for kind, topic_desk, sensitive, region, ownership, has_organisation, has_clinic_desk, wish, answered_by in product(
        Kind,
        [None, *DeskKind],
        [True, False],
        [None, ALMATY],
        Ownership,
        [True, False],
        [True, False],
        [None, *Wish],
        [None, *DeskKind],
    )
    if answered_by != CENTRE
]


@pytest.fixture(scope="module")
def every_route():
    return [(facts, route(facts)) for facts in EVERY_CASE]


def test_a_private_or_unknown_organisation_never_goes_to_a_health_department(every_route):
    sent_there = [facts for facts, found in every_route if found.desk_kind == HEALTH_DEPARTMENT]
    assert {facts.ownership for facts in sent_there} == {STATE}


def test_a_sensitive_appeal_never_goes_to_the_clinic(every_route):
    assert not [facts for facts, found in every_route if facts.sensitive and found.desk_kind == CLINIC]


def test_a_next_stage_never_goes_to_the_desk_that_answered_or_below(every_route):
    stages = [(facts, found) for facts, found in every_route if facts.answered_by is not None]
    assert all(level(found.desk_kind) > level(facts.answered_by) for facts, found in stages)


def test_a_wish_for_the_fund_never_ends_at_the_clinic(every_route):
    assert not [facts for facts, found in every_route if facts.wish == Wish.FUND and found.desk_kind == CLINIC]


def test_a_desk_of_a_region_is_chosen_only_when_the_region_is_known(every_route):
    regional = [facts for facts, found in every_route if found.desk_kind in (HEALTH_DEPARTMENT, BRANCH)]
    assert {facts.region for facts in regional} == {ALMATY}


def test_a_clinic_is_chosen_only_when_it_has_a_desk(every_route):
    assert all(facts.has_clinic_desk for facts, found in every_route if found.desk_kind == CLINIC)


def test_every_case_has_a_desk_and_a_whole_sentence_for_a_reason(every_route):
    for _, found in every_route:
        assert isinstance(found, Route)
        assert str(found.because).endswith(".")
        assert found.rule


def test_the_door_does_not_change_the_desk():
    assert len({outcome(channel=channel, **CLINICS_CASE) for channel in Channel}) == 1


@pytest.mark.parametrize(
    ("answered_by", "ownership"),
    [pair for pair in product(DeskKind, Ownership) if next_above(pair[0], ownership=pair[1])],
)
def test_a_next_stage_goes_one_rung_up(answered_by, ownership):
    found = sent(answered_by=answered_by, ownership=ownership, region=ALMATY, has_clinic_desk=True, sensitive=True)
    assert (found.desk_kind, found.rule) == (next_above(answered_by, ownership=ownership), "next_stage")


def test_a_next_stage_without_a_region_goes_to_the_centre():
    assert outcome(answered_by=CONTACT_CENTRE) == (
        CENTRE,
        "A higher desk takes the next stage; the region is not known, so it is the Fund's centre.",
        "next_stage",
    )


def test_above_the_centre_is_only_the_court():
    with pytest.raises(Problem, match=r"^The highest desk has answered; the next step is the court\.$"):
        sent(answered_by=CENTRE, region=ALMATY)


def test_a_sensitive_appeal_goes_to_the_branch_whatever_else_is_said():
    for kind, wish, topic_desk in product(Kind, [None, *Wish], [None, *DeskKind]):
        found = sent(kind, wish=wish, topic_desk=topic_desk, sensitive=True, **CLINICS_CASE)
        assert (found.desk_kind, found.rule) == (BRANCH, "sensitive")


def test_a_sensitive_appeal_without_a_region_goes_to_the_centre():
    assert sent(sensitive=True, has_clinic_desk=True).desk_kind == CENTRE


def test_the_persons_wish_for_the_fund_is_followed():
    assert outcome(wish=Wish.FUND, topic_desk=HEALTH_DEPARTMENT, **CLINICS_CASE) == (
        BRANCH,
        "You asked for the Fund: its branch in the region.",
        "wish_fund",
    )
    assert sent(wish=Wish.FUND).desk_kind == CONTACT_CENTRE


def test_requests_and_consultation_topics_go_to_the_contact_centre():
    assert sent(Kind.REQUEST, **CLINICS_CASE).desk_kind == CONTACT_CENTRE
    assert outcome(topic_desk=CONTACT_CENTRE, **CLINICS_CASE) == (
        CONTACT_CENTRE,
        "The contact centre answers questions on this topic itself.",
        "topic",
    )


def test_a_health_departments_topic_goes_there_for_state_organisations():
    assert outcome(topic_desk=HEALTH_DEPARTMENT, **{**CLINICS_CASE, "ownership": STATE}) == (
        HEALTH_DEPARTMENT,
        "The health department handles this topic, and the organisation is state-owned.",
        "topic",
    )


@pytest.mark.parametrize(
    ("ownership", "because"),
    [
        (PRIVATE, "The organisation is private, so not the health department but the Fund's branch takes it."),
        (UNKNOWN, "It is not known that the organisation is state-owned, so the Fund's branch takes it."),
    ],
)
def test_a_health_departments_topic_goes_to_the_branch_for_others_and_says_why(ownership, because):
    facts = {**CLINICS_CASE, "ownership": ownership}
    assert outcome(topic_desk=HEALTH_DEPARTMENT, **facts) == (BRANCH, because, "topic_not_state")


@pytest.mark.parametrize("desk", [BRANCH, CENTRE])
def test_a_topic_of_the_fund_goes_past_the_clinic(desk):
    found = sent(topic_desk=desk, **CLINICS_CASE)
    assert (found.desk_kind, found.rule) == (desk, "topic")


@pytest.mark.parametrize("desk", [BRANCH, HEALTH_DEPARTMENT])
def test_a_regional_topic_without_a_region_goes_to_the_contact_centre(desk):
    assert outcome(topic_desk=desk, ownership=STATE) == (
        CONTACT_CENTRE,
        "A desk of the region handles this topic; the contact centre finds out which region it is.",
        "topic",
    )


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind != Kind.REQUEST])
@pytest.mark.parametrize("topic_desk", [None, CLINIC])
def test_a_clinic_with_a_desk_of_its_own_is_the_shortest_way(kind, topic_desk):
    assert outcome(kind, topic_desk=topic_desk, **CLINICS_CASE) == (
        CLINIC,
        "The clinic has its own support service: this is the shortest way.",
        "clinic",
    )


def test_without_a_clinics_desk_the_branch_takes_it():
    assert outcome(region=ALMATY) == (BRANCH, "The Fund's branch takes the appeals of its region.", "region")
    assert outcome(region=ALMATY, wish=Wish.CLINIC, has_organisation=True) == (
        BRANCH,
        "The clinic has no desk of its own here, so the Fund's branch in the region takes it.",
        "region_no_clinic_desk",
    )


def test_a_sentence_and_a_door_are_enough():
    assert outcome() == (
        CONTACT_CENTRE,
        "The region is not known yet, so the contact centre takes the appeal and finds it out.",
        "region_unknown",
    )


def test_a_proposal_goes_to_the_centre_unless_it_is_about_an_organisation():
    assert sent(Kind.PROPOSAL, region=ALMATY).desk_kind == CENTRE
    assert sent(Kind.PROPOSAL, region=ALMATY, wish=Wish.FUND).desk_kind == CENTRE
    assert sent(Kind.PROPOSAL, region=ALMATY, has_organisation=True).desk_kind == BRANCH
    assert sent(Kind.PROPOSAL, **CLINICS_CASE).desk_kind == CLINIC
