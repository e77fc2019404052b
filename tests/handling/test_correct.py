"""Correcting what an appeal is about: what follows, what stays, who may not, and what the journal keeps."""

from datetime import timedelta
from typing import Any

import pytest

from qorgau.directory.models import Topic
from qorgau.handling.accept import accept
from qorgau.handling.correct import correct
from qorgau.people.models import Staff
from qorgau.register.change import SomebodyWasFaster
from qorgau.register.journal import verify
from qorgau.register.models import Appeal, Clock, JournalLine
from qorgau.register.scope import appeals_for
from qorgau.rules.problems import NotAllowed, Problem
from qorgau.rules.roles import Role
from tests import factories
from tests.factories import NOON, World

LATER = NOON + timedelta(hours=2)


@pytest.fixture
def expert(world: World) -> Staff:
    return factories.staff(Role.BRANCH_SPECIALIST, world.branch)


@pytest.fixture
def appeal(world: World, expert: Staff) -> Appeal:
    """Taken at the branch: somebody complained, nobody knows of which clinic and why."""
    appeal = factories.appeal(wish="fund", region=world.astana.kato, topic="", organisation_id=None)
    accept(appeal, staff=expert, at=NOON)
    return appeal


def put_right(appeal: Appeal, staff: Staff, **about: Any) -> None:
    as_it_is = {"topic": appeal.topic, "organisation": appeal.organisation, "region": appeal.region}
    correct(appeal, staff=staff, at=LATER, **{"reason": "Узнали по телефону", **as_it_is, **about})


def test_reason_and_organisation_found_out_later_come_onto_the_appeal(
    world: World, appeal: Appeal, expert: Staff
) -> None:
    refusal = Topic.objects.get(code="refusal")
    put_right(appeal, expert, topic=refusal, organisation=world.state_clinic)

    appeal.refresh_from_db()
    assert (appeal.topic, appeal.organisation) == (refusal, world.state_clinic)
    line = JournalLine.objects.get(appeal=appeal, verb="correct")
    assert (line.before, line.after) == (
        {"topic": None, "organisation": None},
        {"topic": refusal.pk, "organisation": world.state_clinic.pk},
    )
    assert "Узнали по телефону" in str(line.because)
    assert list(verify(appeal.number)) == []


def test_an_organisation_brings_its_own_region_and_with_it_those_who_watch_over_it(
    world: World, appeal: Appeal, expert: Staff
) -> None:
    clinic = factories.organisation(world.almaty, name="Поликлиника Алматы")
    factories.refresh()
    watcher = factories.staff(Role.BRANCH_SPECIALIST, world.other_branch)
    assert not appeals_for(watcher).filter(pk=appeal.pk).exists()
    put_right(appeal, expert, organisation=clinic, region=world.astana)
    assert appeal.region == world.almaty
    assert appeals_for(watcher).filter(pk=appeal.pk).exists()
    assert appeals_for(expert).filter(pk=appeal.pk).exists()


def test_desk_state_and_terms_stay(world: World, appeal: Appeal, expert: Staff) -> None:
    before = (appeal.holder_id, appeal.state, appeal.due_on, list(Clock.objects.filter(appeal=appeal).values()))
    put_right(appeal, expert, topic=Topic.objects.get(code="refusal"), organisation=world.private_clinic)
    appeal.refresh_from_db()
    clocks = list(Clock.objects.filter(appeal=appeal).values())
    assert (appeal.holder_id, appeal.state, appeal.due_on, clocks) == before


def test_without_a_reason_or_a_difference_nothing_is_written(world: World, appeal: Appeal, expert: Staff) -> None:
    with pytest.raises(Problem) as problem:
        put_right(appeal, expert, organisation=world.state_clinic, reason=" ")
    assert problem.value.field == "reason"
    with pytest.raises(Problem, match="Nothing differs"):
        put_right(appeal, expert)
    assert not JournalLine.objects.filter(appeal=appeal, verb="correct").exists()


def test_a_reason_of_sensitive_appeals_asks_for_the_mark_first(appeal: Appeal, expert: Staff) -> None:
    with pytest.raises(Problem, match="mark the appeal as sensitive first") as problem:
        put_right(appeal, expert, topic=Topic.objects.get(code="extortion"))
    assert problem.value.field == "topic"


def test_a_clinic_does_not_take_itself_out_of_a_complaint(world: World) -> None:
    clinician = factories.staff(Role.CLINIC_SPECIALIST, world.clinic_desk)
    appeal = factories.appeal(organisation_id=world.state_clinic.pk)
    for other in (None, world.private_clinic):
        with pytest.raises(Problem, match="another organisation") as problem:
            put_right(appeal, clinician, organisation=other)
        assert problem.value.field == "organisation"
    put_right(appeal, clinician, topic=Topic.objects.get(code="refusal"))
    assert appeal.topic is not None


def test_only_the_desk_that_holds_it_corrects_an_open_appeal(world: World, appeal: Appeal, expert: Staff) -> None:
    stranger = factories.staff(Role.CLINIC_SPECIALIST, world.clinic_desk)
    with pytest.raises(NotAllowed):
        put_right(appeal, stranger, organisation=world.state_clinic)
    with pytest.raises(SomebodyWasFaster):
        put_right(appeal, expert, organisation=world.state_clinic, seen_version=appeal.version - 1)
