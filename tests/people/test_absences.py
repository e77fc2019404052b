"""Absences: who may say them, who stands in for whom, and what a substitute may decide."""

from datetime import date, timedelta

import pytest

from qorgau.people.absences import acting_role, end_absence, say_absence, stands_in_for, substitute_of
from qorgau.people.models import Absence, Staff
from qorgau.rules.problems import NotAllowed, Problem
from qorgau.rules.roles import Role
from tests.factories import NOON, World, staff

TODAY = date(2026, 6, 2)
WEEK = timedelta(days=6)


@pytest.fixture
def away(world: World) -> Staff:
    return staff(Role.BRANCH_SPECIALIST, world.branch)


@pytest.fixture
def colleague(world: World) -> Staff:
    return staff(Role.BRANCH_SPECIALIST, world.branch)


@pytest.fixture
def head(world: World) -> Staff:
    return staff(Role.APPROVER, world.branch)


def say(person: Staff, substitute: Staff, by: Staff, since: date = TODAY, until: date = TODAY + WEEK) -> Absence:
    return say_absence(person, substitute=substitute, since=since, until=until, by=by, at=NOON, today=TODAY)


def test_both_days_belong_to_the_absence(away: Staff, colleague: Staff) -> None:
    say(away, colleague, away)
    for day, there in [(TODAY - timedelta(days=1), True), (TODAY, False), (TODAY + WEEK, False)]:
        assert substitute_of(away, day) == (None if there else colleague)
        assert stands_in_for(colleague, day) == ([] if there else [away])
    assert substitute_of(away, TODAY + WEEK + timedelta(days=1)) is None


def test_one_says_ones_own_and_the_head_says_the_desks(
    world: World, away: Staff, colleague: Staff, head: Staff
) -> None:
    with pytest.raises(NotAllowed):
        say(away, colleague, colleague)
    with pytest.raises(NotAllowed):
        say(away, colleague, staff(Role.APPROVER, world.other_branch))
    absence = say(away, colleague, head)
    with pytest.raises(NotAllowed):
        end_absence(absence, by=colleague, at=NOON)
    end_absence(absence, by=away, at=NOON)
    assert substitute_of(away, TODAY) is None


def test_what_cannot_be_is_refused_at_its_field(world: World, away: Staff, colleague: Staff) -> None:
    elsewhere = staff(Role.BRANCH_SPECIALIST, world.other_branch)
    auditor = staff(Role.AUDITOR, world.branch)
    for substitute in (away, elsewhere, auditor):
        with pytest.raises(Problem) as refused:
            say(away, substitute, away)
        assert refused.value.field == "substitute"
    for since, until in [(TODAY, TODAY - WEEK), (TODAY - WEEK, TODAY - timedelta(days=1))]:
        with pytest.raises(Problem) as refused:
            say(away, colleague, away, since, until)
        assert refused.value.field == "until"
    say(away, colleague, away)
    with pytest.raises(Problem) as refused:
        say(away, colleague, away, TODAY + WEEK, TODAY + WEEK * 2)
    assert refused.value.field == "since"
    with pytest.raises(Problem) as refused:
        say(colleague, away, colleague)
    assert refused.value.field == "substitute"
    assert Absence.objects.count() == 1


def test_whoever_stands_in_for_a_head_decides_as_a_head(away: Staff, colleague: Staff, head: Staff) -> None:
    say(away, colleague, away)
    assert acting_role(colleague, TODAY) == Role.BRANCH_SPECIALIST
    end_absence(Absence.objects.get(), by=away, at=NOON)
    say(head, colleague, head)
    assert acting_role(colleague, TODAY) == Role.APPROVER
    assert acting_role(colleague, TODAY + WEEK * 2) == Role.BRANCH_SPECIALIST


def test_a_substitute_who_moved_to_another_desk_stands_in_no_longer(
    world: World, away: Staff, colleague: Staff
) -> None:
    say(away, colleague, away)
    Staff.objects.filter(pk=colleague.pk).update(desk=world.other_branch)
    assert substitute_of(away, TODAY) is None
