import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from qorgau.people.models import Staff
from qorgau.people.places import DESKS_OF_ROLE, ROLES_AT_ANY_DESK, why_misplaced
from qorgau.rules.ladder import DeskKind
from qorgau.rules.roles import Role

PLACES = {
    Role.OPERATOR: {DeskKind.CONTACT_CENTRE},
    Role.CLINIC_SPECIALIST: {DeskKind.CLINIC},
    Role.CLINIC_MANAGER: {DeskKind.CLINIC},
    Role.HEALTH_DEPARTMENT_SPECIALIST: {DeskKind.HEALTH_DEPARTMENT},
    Role.BRANCH_SPECIALIST: {DeskKind.BRANCH},
    Role.CENTRAL_EXPERT: {DeskKind.CENTRE},
    Role.APPROVER: set(DeskKind) - {DeskKind.CLINIC},
    Role.ANALYST: set(DeskKind),
    Role.ADMINISTRATOR: set(DeskKind),
    Role.AUDITOR: set(DeskKind),
}
EVERY_PAIR = [(role, kind) for role in Role for kind in DeskKind]


def test_every_role_has_its_places():
    assert DESKS_OF_ROLE == PLACES
    assert {Role.ANALYST, Role.ADMINISTRATOR, Role.AUDITOR} == ROLES_AT_ANY_DESK


@pytest.mark.parametrize(("role", "kind"), EVERY_PAIR)
def test_a_role_is_refused_at_a_foreign_desk_with_a_sentence(role: Role, kind: DeskKind):
    problem = why_misplaced(role, kind)
    assert (problem is None) is (kind in PLACES[role])


@pytest.mark.parametrize("role", Role)
def test_only_those_who_read_or_administer_may_have_no_desk(role: Role):
    assert (why_misplaced(role, None) is None) is (role in ROLES_AT_ANY_DESK)


@pytest.mark.parametrize(("role", "kind"), EVERY_PAIR)
def test_form_and_database_agree_on_every_role_at_every_desk(desks, role: Role, kind: DeskKind):
    staff = Staff(username="aigerim", role=role.value, desk=desks[kind], password="x")
    if kind in PLACES[role]:
        staff.full_clean()
        staff.save()
        return
    with pytest.raises(ValidationError) as refused:
        staff.full_clean()
    assert list(refused.value.message_dict) == ["desk"]
    with pytest.raises(IntegrityError, match="does not belong at this desk"), transaction.atomic():
        staff.save()


def test_the_database_refuses_a_handler_without_a_desk_and_an_unknown_role(desks):
    with pytest.raises(IntegrityError, match="staff_handler_has_desk"), transaction.atomic():
        Staff.objects.create(username="a", role="operator")
    with pytest.raises(IntegrityError, match="staff_role_known"), transaction.atomic():
        Staff.objects.create(username="b", role="king", desk=desks[DeskKind.CENTRE])


def test_a_desk_cannot_become_another_kind_while_its_people_sit_there(hire):
    desk = hire(Role.BRANCH_SPECIALIST).desk
    desk.kind = "clinic"
    with pytest.raises(IntegrityError, match="people work at this desk"), transaction.atomic():
        desk.save()


def test_one_name_in_any_case_is_one_person(hire):
    hire(username="Aigerim")
    with pytest.raises(IntegrityError, match="staff_username_in_any_case"), transaction.atomic():
        hire(username="aigerim")


def test_the_name_lookup_of_sign_in_uses_the_index(hire):
    hire(username="aigerim")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        assert "staff_username_in_any_case" in Staff.objects.filter(username__iexact="AIGERIM").explain()
