"""Custody: who loses sight of an appeal and when, what endless returns lead to, and that "not ours" ends nothing."""

from datetime import date, timedelta

import pytest

from qorgau.directory.models import Desk, HandlingLimit
from qorgau.directory.reference import refresh
from qorgau.handling.accept import accept
from qorgau.handling.answer import answer
from qorgau.handling.carry_on import carry_on
from qorgau.handling.correct import correct
from qorgau.handling.draft import draft
from qorgau.handling.pass_on import may_receive, pass_on, receivers
from qorgau.handling.redirect import redirect
from qorgau.handling.reply_information import reply_information
from qorgau.handling.request_information import request_information
from qorgau.handling.return_back import return_back
from qorgau.handling.take_back import take_back
from qorgau.people.models import Staff
from qorgau.register.custody import bring_in
from qorgau.register.journal import verify
from qorgau.register.models import Appeal, Handover, InformationRequest, Participation
from qorgau.register.scope import appeals_for, requests_for
from qorgau.rules.problems import NotAllowed, Problem
from qorgau.rules.roles import Role
from qorgau.rules.states import MOVES, OPEN, State, Verb
from tests.factories import NOON, World, appeal, staff

LATER = NOON + timedelta(hours=2)


@pytest.fixture
def specialist(world: World) -> Staff:
    return staff(Role.BRANCH_SPECIALIST, world.branch)


@pytest.fixture
def clinician(world: World) -> Staff:
    return staff(Role.CLINIC_SPECIALIST, world.clinic_desk)


@pytest.fixture
def in_branch(world: World, specialist: Staff) -> Appeal:
    one = appeal(wish="fund", region=world.astana.kato)
    accept(one, staff=specialist, at=LATER)
    return one


def sees(person: Staff, one: Appeal) -> bool:
    return appeals_for(person).filter(pk=one.pk).exists()


def test_a_desk_that_returned_it_reads_it_no_longer(
    world: World, in_branch: Appeal, specialist: Staff, clinician: Staff
) -> None:
    pass_on(in_branch, staff=specialist, to=world.clinic_desk, reason="Ваш пациент", at=LATER)
    assert sees(clinician, in_branch)
    return_back(in_branch, staff=clinician, reason="Не наш пациент", at=LATER)

    assert not sees(clinician, in_branch)
    assert Participation.objects.get(desk=world.clinic_desk).ended_at == LATER
    assert Handover.objects.get().return_reason == "Не наш пациент"
    pass_on(in_branch, staff=specialist, to=world.clinic_desk, reason="Всё-таки ваш", at=LATER)
    assert sees(clinician, in_branch)


def test_an_offer_made_by_mistake_is_taken_back_and_made_to_another(
    world: World, in_branch: Appeal, specialist: Staff, clinician: Staff
) -> None:
    pass_on(in_branch, staff=specialist, to=world.clinic_desk, reason="Ваш пациент", at=LATER)
    with pytest.raises(Problem, match="reason"):
        take_back(in_branch, staff=specialist, reason=" ", at=LATER)
    with pytest.raises(NotAllowed):
        take_back(in_branch, staff=clinician, reason="Не нам", at=LATER)
    take_back(in_branch, staff=specialist, reason="Ошиблись подразделением", at=LATER)

    in_branch.refresh_from_db()
    assert (in_branch.holder, in_branch.state, in_branch.returns) == (world.branch, State.IN_WORK, 0)
    assert not sees(clinician, in_branch)
    handover = Handover.objects.get()
    assert (handover.outcome, handover.settled_by, handover.settled_at) == ("taken_back", specialist, LATER)
    pass_on(in_branch, staff=specialist, to=world.centre, reason="К вам", at=LATER)
    assert list(verify(in_branch.number)) == []


def test_a_desk_that_held_it_goes_on_reading(world: World, specialist: Staff, clinician: Staff) -> None:
    one = appeal(organisation_id=world.state_clinic.pk)
    pass_on(one, staff=clinician, to=world.branch, reason="Фонд решает", at=LATER)
    accept(one, staff=specialist, at=LATER)
    request_information(one, staff=specialist, asked=world.clinic_desk, question="Что было?", at=LATER)
    reply_information(one, staff=clinician, reply="Отпуск", at=LATER)
    assert sees(clinician, one)


def test_a_desk_that_was_asked_keeps_its_request_and_reply_only(
    world: World, in_branch: Appeal, specialist: Staff, clinician: Staff
) -> None:
    request_information(in_branch, staff=specialist, asked=world.clinic_desk, question="Что было?", at=LATER)
    carry_on(in_branch, staff=specialist, at=LATER)
    assert sees(clinician, in_branch)
    reply_information(in_branch, staff=clinician, reply="Отпуск", at=LATER)

    assert not sees(clinician, in_branch)
    assert [row.reply for row in requests_for(clinician)] == ["Отпуск"]
    assert not requests_for(staff(Role.CLINIC_SPECIALIST, world.private_clinic_desk)).exists()


def test_whoever_was_asked_reads_it_no_longer_once_it_ended(
    world: World, in_branch: Appeal, specialist: Staff, clinician: Staff
) -> None:
    request_information(in_branch, staff=specialist, asked=world.clinic_desk, question="Что было?", at=LATER)
    carry_on(in_branch, staff=specialist, at=LATER)
    redirect(in_branch, staff=specialist, body="Комитет контроля", reason="Качество", at=LATER)
    assert not sees(clinician, in_branch)
    assert InformationRequest.objects.get().reply == ""


def ping_pong(one: Appeal, giver: Staff, to: Desk, receiver: Staff, times: int) -> None:
    for _ in range(times):
        pass_on(one, staff=giver, to=to, reason="Ваше", at=LATER)
        return_back(one, staff=receiver, reason="Не наше", at=LATER)


def test_after_three_returns_the_rung_above_has_to_take_it(
    world: World, in_branch: Appeal, specialist: Staff, clinician: Staff
) -> None:
    ping_pong(in_branch, specialist, world.clinic_desk, clinician, 2)
    assert in_branch.returns == 2
    assert not Handover.objects.filter(settled_at=None).exists()
    ping_pong(in_branch, specialist, world.clinic_desk, clinician, 1)

    offered = Handover.objects.get(settled_at=None)
    assert (offered.receiver, offered.escalated, in_branch.holder) == (world.centre, True, world.branch)
    expert = staff(Role.CENTRAL_EXPERT, world.centre)
    with pytest.raises(NotAllowed, match="came to your desk to be settled"):
        return_back(in_branch, staff=expert, reason="Не наше", at=LATER)
    accept(in_branch, staff=expert, at=LATER)
    assert in_branch.holder == world.centre
    assert list(verify(in_branch.number)) == []


def test_how_often_it_may_be_returned_is_a_dated_row(
    world: World, in_branch: Appeal, specialist: Staff, clinician: Staff
) -> None:
    HandlingLimit.objects.create(limit="returns", value=1, valid_from=date(2020, 1, 1))
    HandlingLimit.objects.create(limit="returns", value=9, valid_from=date(2050, 1, 1))
    refresh()
    ping_pong(in_branch, specialist, world.clinic_desk, clinician, 1)
    assert Handover.objects.get(settled_at=None).receiver == world.centre


def test_the_centre_has_nothing_above_it(world: World, clinician: Staff) -> None:
    one = appeal(sensitive=False, wish="fund")
    Appeal.objects.filter(pk=one.pk).update(holder=world.centre, version=one.version + 1)
    bring_in(one, world.centre)
    one.refresh_from_db()
    expert = staff(Role.CENTRAL_EXPERT, world.centre)
    ping_pong(one, expert, world.clinic_desk, clinician, 4)
    assert (one.returns, Handover.objects.filter(settled_at=None).count()) == (4, 0)


def test_a_branch_hands_what_is_of_another_region_to_the_branch_there(world: World) -> None:
    one = appeal(wish="fund", region=world.astana.kato)
    ours, theirs = (staff(Role.BRANCH_SPECIALIST, desk) for desk in (world.branch, world.other_branch))
    accept(one, staff=ours, at=NOON)
    assert world.other_branch not in receivers(one), "nothing speaks for another region yet"
    assert may_receive(one, world.other_branch), "whoever looks for it finds it"
    correct(one, staff=ours, topic=None, organisation=None, region=world.almaty, reason="Живёт в Алматы", at=NOON)
    assert world.other_branch in receivers(one)
    assert world.branch not in receivers(one)
    pass_on(one, staff=ours, to=world.other_branch, reason="Дело вашего региона", at=NOON)
    accept(one, staff=theirs, at=NOON)
    one.refresh_from_db()
    assert one.holder == world.other_branch


def test_a_branch_is_not_offered_all_others_while_nobody_knows_the_region(world: World) -> None:
    one = appeal(wish="fund", region=world.astana.kato)
    Appeal.objects.filter(pk=one.pk).update(region=None, version=one.version + 1)
    one.refresh_from_db()
    assert world.other_branch not in receivers(one)
    assert may_receive(one, world.other_branch)


def test_no_desk_that_is_closed_is_offered(world: World, specialist: Staff) -> None:
    one = appeal(wish="fund")
    Desk.objects.filter(pk__in=[world.other_branch.pk, world.private_clinic_desk.pk]).update(valid_to=date(2020, 1, 1))
    refresh()
    assert world.other_branch not in receivers(one)
    closed = Desk.objects.get(pk=world.private_clinic_desk.pk)
    assert not may_receive(one, closed)


ENDS_BY_STAFF = {Verb.ANSWER, Verb.REDIRECT}


def test_staff_end_an_appeal_by_an_answer_or_a_redirection_only() -> None:
    ended = frozenset(State) - OPEN - {State.MERGED}
    assert {move.verb for move in MOVES if move.roles and move.to_state in ended} == ENDS_BY_STAFF


def test_an_answer_does_not_say_that_it_is_not_ours(in_branch: Appeal, specialist: Staff) -> None:
    with pytest.raises(Problem, match="Choose what was decided"):
        draft(
            in_branch, staff=specialist, decision="redirected", text="Не к нам", legal_basis="", how_to_appeal="",
            language="ru", at=LATER,
        )  # fmt: skip


@pytest.mark.parametrize("body", ["Филиал по городу Алматы", "в СПП поликлиники №4, пожалуйста"])
def test_an_appeal_is_not_redirected_outside_to_one_of_us(in_branch: Appeal, specialist: Staff, body: str) -> None:
    with pytest.raises(Problem, match="works in the register"):
        redirect(in_branch, staff=specialist, body=body, reason="Не наше", at=LATER)
    in_branch.refresh_from_db()
    assert in_branch.state == "in_work"


@pytest.mark.parametrize(
    ("desk", "role", "free"),
    [
        ("contact_centre", Role.OPERATOR, True),
        ("clinic_desk", Role.CLINIC_SPECIALIST, True),
        ("health_department", Role.HEALTH_DEPARTMENT_SPECIALIST, False),
        ("branch", Role.BRANCH_SPECIALIST, False),
        ("centre", Role.CENTRAL_EXPERT, False),
    ],
)
def test_who_needs_four_eyes(world: World, desk: str, role: Role, free: bool) -> None:
    one = appeal()
    Appeal.objects.filter(pk=one.pk).update(holder=getattr(world, desk), version=one.version + 1)
    bring_in(one, getattr(world, desk))
    one = Appeal.objects.get(pk=one.pk)
    person = staff(role, getattr(world, desk))
    accept(one, staff=person, at=LATER)
    draft(
        one, staff=person, decision="explained", text="Ответ.", legal_basis="", how_to_appeal="", language="ru",
        at=LATER,
    )  # fmt: skip
    if free:
        answer(one, staff=person, at=LATER)
    else:
        with pytest.raises(NotAllowed, match="must be approved"):
            answer(one, staff=person, at=LATER)
