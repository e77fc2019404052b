"""The sensitive track: who is named, by whom, what becomes of an appeal at a clinic, and that nothing leaks."""

from datetime import timedelta

import pytest

from qorgau.handling.accept import accept
from qorgau.handling.assign import assign
from qorgau.handling.sensitive import (
    end_naming,
    mark_ordinary,
    mark_sensitive,
    may_name,
    name_reader,
    nameable,
    readers_of,
    say_concerned,
)
from qorgau.notices.models import Notice
from qorgau.people.models import Staff
from qorgau.register.journal import verify
from qorgau.register.models import Appeal, Clock, Custody, JournalLine, NamedReader
from qorgau.register.scope import appeals_for, sensitive_known_to
from qorgau.rules.problems import NotAllowed, Problem
from qorgau.rules.roles import Role
from tests.factories import NOON, World, appeal, name, staff

LATER = NOON + timedelta(hours=2)


@pytest.fixture
def head(world: World) -> Staff:
    return staff(Role.APPROVER, world.branch, may_read_sensitive=True)


@pytest.fixture
def specialist(world: World) -> Staff:
    return staff(Role.BRANCH_SPECIALIST, world.branch, may_read_sensitive=True)


@pytest.fixture
def one(world: World) -> Appeal:
    return appeal(organisation_id=world.state_clinic.pk, topic="extortion", text="Врач потребовал деньги.")


def reads(person: Staff, one: Appeal) -> bool:
    return appeals_for(person).filter(pk=one.pk).exists()


def test_the_right_to_be_named_is_not_a_naming(one: Appeal, head: Staff, specialist: Staff) -> None:
    assert not reads(head, one) and not reads(specialist, one)
    name_reader(one, staff=head, reader=specialist, reason="Ведёт такие дела", at=LATER)

    assert reads(specialist, one) and not reads(head, one)
    line = JournalLine.objects.get(appeal=one, verb="name_reader")
    assert (line.staff, line.after) == (head, {"reader": specialist.pk})
    assert "Ведёт такие дела" in str(line.because)
    assert list(verify(one.number)) == []


def test_a_naming_holds_for_one_appeal(world: World, one: Appeal, head: Staff, specialist: Staff) -> None:
    other = appeal(organisation_id=world.state_clinic.pk, topic="extortion")
    name_reader(one, staff=head, reader=specialist, reason="Ведёт", at=LATER)
    assert not reads(specialist, other)


def test_naming_again_changes_nothing(one: Appeal, head: Staff, specialist: Staff) -> None:
    for _ in range(2):
        name_reader(one, staff=head, reader=specialist, reason="Ведёт", at=LATER)
    assert NamedReader.objects.count() == 1
    assert one.version == 2


WHO_NAMES = [
    ("branch", Role.APPROVER, True, True),
    ("branch", Role.APPROVER, False, False),
    ("branch", Role.BRANCH_SPECIALIST, True, False),
    ("other_branch", Role.APPROVER, True, False),
    ("centre", Role.CENTRAL_EXPERT, True, True),
    ("centre", Role.CENTRAL_EXPERT, False, False),
    ("centre", Role.APPROVER, True, True),
    ("centre", Role.AUDITOR, True, False),
    ("clinic_desk", Role.CLINIC_MANAGER, True, False),
]


@pytest.mark.parametrize(("desk", "role", "trusted", "allowed"), WHO_NAMES)
def test_who_names_readers(
    world: World, one: Appeal, specialist: Staff, desk: str, role: Role, trusted: bool, allowed: bool
) -> None:
    person = staff(role, getattr(world, desk), may_read_sensitive=trusted)
    assert may_name(one, person) == allowed
    if not allowed:
        with pytest.raises(NotAllowed):
            name_reader(one, staff=person, reader=specialist, reason="Хочу", at=LATER)
        assert not readers_of(one).exists()


def test_clinics_and_people_without_the_right_are_never_named(world: World, one: Appeal, head: Staff) -> None:
    plain = staff(Role.BRANCH_SPECIALIST, world.branch)
    clinician = staff(Role.CLINIC_MANAGER, world.clinic_desk, may_read_sensitive=True)
    for person in (plain, clinician):
        assert person not in nameable(one)
        with pytest.raises(Problem, match="cannot be named"):
            name_reader(one, staff=head, reader=person, reason="Пусть читает", at=LATER)


def test_whom_it_is_about_neither_reads_it_nor_hears_of_it(one: Appeal, head: Staff, specialist: Staff) -> None:
    name_reader(one, staff=head, reader=specialist, reason="Ведёт", at=LATER)
    accept(one, staff=specialist, at=LATER)
    say_concerned(one, staff=head, reader=specialist, reason="О нём и речь", at=LATER)

    assert not reads(specialist, one)
    assert not sensitive_known_to(specialist).exists()
    assert one.assignee is None
    with pytest.raises(Problem, match="cannot be named"):
        name_reader(one, staff=head, reader=specialist, reason="Всё же", at=LATER)
    with pytest.raises(Problem, match="stays sensitive"):
        mark_ordinary(one, staff=named(one, head), reason="Не нужно", at=LATER)


def named(one: Appeal, person: Staff) -> Staff:
    name(one, person)
    return person


def test_whoever_reads_no_longer_works_on_it_no_longer(one: Appeal, head: Staff, specialist: Staff) -> None:
    name(one, specialist)
    accept(one, staff=specialist, at=LATER)
    end_naming(one, staff=head, reader=specialist, reason="Перевели", at=LATER)
    assert (one.assignee, reads(specialist, one)) == (None, False)


def test_only_named_colleagues_are_given_it(world: World, one: Appeal, head: Staff, specialist: Staff) -> None:
    name(one, specialist)
    accept(one, staff=specialist, at=LATER)
    with pytest.raises(Problem, match="was not named"):
        assign(one, staff=specialist, to=head, at=LATER)


def test_marking_at_a_clinic_takes_it_to_the_branch_at_once(world: World) -> None:
    clinician = staff(Role.CLINIC_SPECIALIST, world.clinic_desk)
    at_clinic = appeal(organisation_id=world.state_clinic.pk)
    accept(at_clinic, staff=clinician, at=NOON)
    mark_sensitive(at_clinic, staff=clinician, reason="Речь о вымогательстве", at=LATER)

    assert (at_clinic.holder, at_clinic.state, at_clinic.assignee) == (world.branch, "registered", None)
    assert not reads(clinician, at_clinic)
    assert [row.desk for row in Custody.objects.filter(appeal=at_clinic, until=None)] == [world.branch]
    running = Clock.objects.filter(appeal=at_clinic, stopped_at=None)
    assert [clock.purpose for clock in running] == ["consideration"]
    assert at_clinic.due_on == running[0].due_on


def test_marking_in_the_branch_keeps_those_who_may_be_named(world: World, specialist: Staff) -> None:
    ordinary = appeal(wish="fund", region=world.astana.kato)
    accept(ordinary, staff=specialist, at=NOON)
    mark_sensitive(ordinary, staff=specialist, reason="О вреде здоровью", at=LATER)
    assert (ordinary.assignee, reads(specialist, ordinary)) == (specialist, True)
    with pytest.raises(NotAllowed, match="sensitive already"):
        mark_sensitive(ordinary, staff=specialist, reason="Ещё раз", at=LATER)


def test_marking_as_not_sensitive_ends_the_namings(world: World, one: Appeal, head: Staff, specialist: Staff) -> None:
    name(one, head, specialist)
    with pytest.raises(NotAllowed, match="expert of the Fund"):
        mark_ordinary(one, staff=specialist, reason="Обычное дело", at=LATER)
    mark_ordinary(one, staff=head, reason="Обычное дело", at=LATER)
    assert (one.sensitive, readers_of(one).exists()) == (False, False)
    assert reads(staff(Role.BRANCH_SPECIALIST, world.branch), one)


def test_no_notice_says_what_it_is_about(world: World, one: Appeal, head: Staff, specialist: Staff) -> None:
    type(world.branch).objects.filter(pk=world.branch.pk).update(email="branch@example.kz")
    name_reader(one, staff=head, reader=specialist, reason="Ведёт", at=LATER)
    accept(one, staff=specialist, at=LATER)
    for notice in Notice.objects.all():
        assert "деньги" not in f"{notice.facts} {notice.topic}"
        assert set(notice.facts) <= {"due_on", "desk", "code_version"}
