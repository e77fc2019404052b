"""Ticking steps of the checklist: who may, when, what the journal keeps, and what the answer waits for."""

from datetime import date, timedelta
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from qorgau.directory.models import Checklist, ChecklistStep, Topic
from qorgau.directory.reference import refresh
from qorgau.handling.accept import accept
from qorgau.handling.answer import answer
from qorgau.handling.approve import approve
from qorgau.handling.draft import draft
from qorgau.handling.permission import verbs_for_staff
from qorgau.handling.submit_for_approval import submit_for_approval
from qorgau.handling.tick import tick
from qorgau.people.models import Staff
from qorgau.register.change import SomebodyWasFaster
from qorgau.register.checklists import about, how_far, progress, with_open_steps
from qorgau.register.journal import verify
from qorgau.register.models import Appeal, JournalLine, StepDone
from qorgau.rules.problems import NotAllowed, Problem
from qorgau.rules.roles import Role
from qorgau.rules.states import State, Verb
from tests import factories
from tests.factories import NOON, World

TODAY = date(2026, 6, 2)


def a_list(*steps: Any, **about_it: Any) -> list[ChecklistStep]:
    """A checklist with these steps; one that begins with "!" must be done before the answer."""
    checklist = Checklist.objects.create(**{"code": f"list-{Checklist.objects.count()}", "name_ru": "Шаги", **about_it})
    made = [
        ChecklistStep.objects.create(
            checklist=checklist, name_ru=name.lstrip("!"), name_en=name.lstrip("!"), must=name[0] == "!", position=place
        )
        for place, name in enumerate(steps)
    ]
    refresh()
    return made


@pytest.fixture
def specialist(world: World) -> Staff:
    return factories.staff(Role.CLINIC_SPECIALIST, world.clinic_desk)


@pytest.fixture
def appeal(world: World, specialist: Staff) -> Appeal:
    made = factories.appeal(organisation_id=world.state_clinic.pk, topic="refusal")
    accept(made, staff=specialist, at=NOON)
    return made


def names(appeal: Appeal) -> list[str]:
    return [line.step.name_ru for line in progress(appeal).lines]


def test_a_tick_and_its_end_are_a_line_each(appeal: Appeal, specialist: Staff) -> None:
    (step,) = a_list("Позвонить")
    tick(appeal, staff=specialist, step_id=step.pk, at=NOON)
    (line,) = progress(appeal).lines
    assert line.done is not None
    assert (line.done.done_by, line.done.done_at) == (specialist, NOON)
    tick(appeal, staff=specialist, step_id=step.pk, done=False, at=NOON)
    assert not StepDone.objects.exists()
    lines = JournalLine.objects.filter(appeal=appeal, verb="tick").order_by("sequence")
    assert [(line.before, line.after, line.staff) for line in lines] == [
        ({"done": False}, {"step": step.pk, "done": True}, specialist),
        ({"done": True}, {"step": step.pk, "done": False}, specialist),
    ]
    assert list(verify(appeal.number)) == []


def test_what_stands_as_wished_is_left_without_a_line(appeal: Appeal, specialist: Staff) -> None:
    (step,) = a_list("Позвонить")
    tick(appeal, staff=specialist, step_id=step.pk, at=NOON)
    version = appeal.version
    tick(appeal, staff=specialist, step_id=step.pk, at=NOON, seen_version=1)
    assert (appeal.version, StepDone.objects.count()) == (version, 1)


def test_whoever_was_slower_is_told(appeal: Appeal, specialist: Staff) -> None:
    first, second = a_list("Позвонить", "Записать")
    stale = Appeal.objects.get(pk=appeal.pk)
    tick(appeal, staff=specialist, step_id=first.pk, at=NOON)
    with pytest.raises(SomebodyWasFaster):
        tick(appeal, staff=specialist, step_id=second.pk, at=NOON, seen_version=appeal.version - 1)
    with pytest.raises(SomebodyWasFaster):
        tick(stale, staff=specialist, step_id=second.pk, at=NOON)
    assert progress(appeal).done == 1


def test_a_step_of_another_appeal_is_refused(world: World, appeal: Appeal, specialist: Staff) -> None:
    a_list("Позвонить")
    (foreign,) = a_list("Иное", topic=Topic.objects.get(code="extortion"))
    for step_id in (foreign.pk, 0, -1, 10**30):
        with pytest.raises(Problem, match="does not belong"):
            tick(appeal, staff=specialist, step_id=step_id, at=NOON)
    assert not StepDone.objects.exists()


def test_only_the_desk_that_holds_it_ticks_and_only_what_it_works_on(
    world: World, appeal: Appeal, specialist: Staff
) -> None:
    (step,) = a_list("Позвонить")
    fresh = factories.appeal(organisation_id=world.state_clinic.pk, topic="refusal")
    for staff, one, why in (
        (factories.staff(Role.BRANCH_SPECIALIST, world.branch), appeal, "Only the desk that holds the appeal"),
        (factories.staff(Role.AUDITOR, world.centre), appeal, "Your role lets you read appeals"),
        (specialist, fresh, "The desk must accept the appeal first."),
    ):
        with pytest.raises(NotAllowed, match=why):
            tick(one, staff=staff, step_id=step.pk, at=NOON)
    _draft(appeal, specialist)
    answer(appeal, staff=specialist, at=NOON)
    with pytest.raises(NotAllowed, match="The appeal has been answered"):
        tick(appeal, staff=specialist, step_id=step.pk, at=NOON)


def test_an_appeal_without_steps_has_nothing_to_tick(appeal: Appeal, specialist: Staff) -> None:
    a_list("Иное", topic=Topic.objects.get(code="extortion"))
    with pytest.raises(NotAllowed, match="No checklist belongs to this appeal"):
        tick(appeal, staff=specialist, step_id=1, at=NOON)


def test_the_answer_waits_for_what_must_be_done(appeal: Appeal, specialist: Staff) -> None:
    call, _, look = a_list("!Позвонить", "Записать", "!Посмотреть карту")
    _draft(appeal, specialist)
    why = "The checklist wants this done before the answer: Позвонить; Посмотреть карту."
    for verb in (submit_for_approval, answer):
        with pytest.raises(NotAllowed) as refused:
            verb(appeal, staff=specialist, at=NOON)
        assert str(refused.value.sentence) == why
    decisions = verbs_for_staff(appeal, specialist)
    assert [str(decisions[verb].why) for verb in (Verb.SUBMIT_FOR_APPROVAL, Verb.ANSWER)] == [why, why]
    for step in (call, look):
        tick(appeal, staff=specialist, step_id=step.pk, at=NOON)
    answer(appeal, staff=specialist, at=NOON)
    assert appeal.state == State.ANSWERED


def test_a_step_that_was_not_done_after_all_stops_the_sending(world: World) -> None:
    (step,) = a_list("!Позвонить")
    specialist, head = (factories.staff(role, world.branch) for role in (Role.BRANCH_SPECIALIST, Role.APPROVER))
    appeal = factories.appeal(wish="fund", region=world.astana.kato, topic="refusal")
    accept(appeal, staff=specialist, at=NOON)
    _draft(appeal, specialist)
    tick(appeal, staff=specialist, step_id=step.pk, at=NOON)
    submit_for_approval(appeal, staff=specialist, at=NOON)
    tick(appeal, staff=head, step_id=step.pk, done=False, at=NOON)
    with pytest.raises(NotAllowed, match="Позвонить"):
        approve(appeal, staff=head, at=NOON, send=True)
    appeal.refresh_from_db()
    assert appeal.state == State.ON_APPROVAL


def test_the_lists_of_an_appeal_are_those_of_its_topic_group_and_kind_on_its_day(world: World, appeal: Appeal) -> None:
    group = Topic.objects.create(code="group", name_ru="Группа")
    Topic.objects.filter(code="refusal").update(parent=group)
    topic = Topic.objects.get(code="refusal")
    a_list("Темы", topic=topic)
    a_list("Группы", topic=group)
    a_list("Любой темы", "Второй шаг")
    a_list("Жалобы", appeal_kind="complaint", topic=topic)
    a_list("Предложения", appeal_kind="proposal")
    a_list("Прежде", topic=topic, valid_to=TODAY - timedelta(days=1))
    a_list("Потом", topic=topic, valid_from=TODAY + timedelta(days=1))
    a_list("Чужой темы", topic=Topic.objects.get(code="extortion"))
    dated = a_list("Сегодня последний день", "Кончился", "Ещё не начался", valid_to=TODAY)
    ChecklistStep.objects.filter(pk=dated[1].pk).update(valid_to=TODAY - timedelta(days=1))
    ChecklistStep.objects.filter(pk=dated[2].pk).update(valid_from=TODAY + timedelta(days=1))
    refresh()
    assert names(appeal) == ["Любой темы", "Второй шаг", "Сегодня последний день", "Группы", "Темы", "Жалобы"]


def test_any_number_of_appeals_takes_one_query_and_none_without_lists(
    world: World, appeal: Appeal, specialist: Staff, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    appeals = [appeal, *(factories.appeal(organisation_id=world.state_clinic.pk, topic="refusal") for _ in range(3))]
    with django_assert_num_queries(0):
        assert how_far(map(about, appeals)) == {}
    first, _second = a_list("Позвонить", "Записать")
    tick(appeal, staff=specialist, step_id=first.pk, at=NOON)
    with django_assert_num_queries(1):
        found = how_far(map(about, appeals))
    assert [(found[one.pk].done, found[one.pk].steps) for one in appeals] == [(1, 2), (0, 2), (0, 2), (0, 2)]


def test_appeals_with_open_steps_are_found_as_the_cards_count_them(
    world: World, appeal: Appeal, specialist: Staff
) -> None:
    """The condition in the database and the count in memory agree, list by list, day by day."""
    about_it = {"organisation_id": world.state_clinic.pk, "topic": "refusal"}
    late = factories.appeal(received_at=NOON - timedelta(days=30), **about_it)
    other = factories.appeal(organisation_id=world.state_clinic.pk)
    answered = factories.appeal(**about_it)
    for one in (late, other, answered):
        accept(one, staff=specialist, at=NOON)
    assert not Appeal.objects.filter(with_open_steps()).exists()
    (first,) = a_list("Позвонить", topic=Topic.objects.get(code="refusal"), valid_from=TODAY - timedelta(days=1))
    new, old = a_list("Новый шаг", "Прежний шаг", appeal_kind="complaint")
    ChecklistStep.objects.filter(pk=new.pk).update(valid_from=TODAY)
    ChecklistStep.objects.filter(pk=old.pk).update(valid_to=TODAY - timedelta(days=1))
    refresh()
    _draft(answered, specialist)
    answer(answered, staff=specialist, at=NOON)

    def agree() -> set[int]:
        found = set(Appeal.objects.filter(with_open_steps()).values_list("pk", flat=True))
        assert found == {one.pk for one in (appeal, late, other) if progress(one).still_open}
        return found

    assert agree() == {appeal.pk, late.pk, other.pk}
    for one, step, still in (
        (late, old, {appeal.pk, other.pk}),
        (appeal, first, {appeal.pk, other.pk}),
        (appeal, new, {other.pk}),
        (other, new, set()),
    ):
        tick(one, staff=specialist, step_id=step.pk, at=NOON)
        assert agree() == still


def _draft(appeal: Appeal, staff: Staff) -> None:
    draft(
        appeal, staff=staff, decision="explained", text="Разъясняем.", legal_basis="", how_to_appeal="", language="ru",
        at=NOON,
    )  # fmt: skip
