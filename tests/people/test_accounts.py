from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from qorgau.people import accounts
from qorgau.people.models import Staff, StaffChange
from qorgau.rules.ladder import DeskKind
from qorgau.rules.problems import Problem
from qorgau.rules.roles import Role

from .conftest import NOON, PASSWORD, factors_of, give_totp, sign_in

pytestmark = pytest.mark.django_db


def changes(staff: Staff) -> list[tuple[str, dict, dict]]:
    return list(staff.changes.order_by("id").values_list("action", "before", "after"))


def test_adding_somebody_is_written_with_everything_but_the_password(desks, gulnara):
    staff = Staff(username="new", role="operator", desk=desks[DeskKind.CONTACT_CENTRE], last_name="Әлиева")
    staff.set_password(PASSWORD)
    accounts.add(staff, by=gulnara, at=NOON)
    line = StaffChange.objects.get(staff=staff)
    assert (line.action, line.by, line.at, line.before) == ("added", gulnara, NOON, {})
    assert line.after["role"] == "operator"
    assert line.after["last_name"] == "Әлиева"
    assert line.after["desk"] == f"Контакт-центр 1414 (#{staff.desk_id})"
    assert "password" not in line.after
    assert staff.password not in str(line.after)


@pytest.mark.parametrize("role", ["analyst", "administrator", "auditor"])
def test_who_reads_or_administers_belongs_to_the_centre_unless_somebody_says_otherwise(desks, role):
    staff = Staff(username="new", role=role, password="x")
    accounts.add(staff, by=None, at=NOON)
    assert staff.desk == desks[DeskKind.CENTRE]
    elsewhere = Staff(username="elsewhere", role=role, password="x", desk=desks[DeskKind.BRANCH])
    accounts.add(elsewhere, by=None, at=NOON)
    assert elsewhere.desk == desks[DeskKind.BRANCH]


def test_the_first_administrator_can_be_added_before_there_is_any_desk(db):
    accounts.add(Staff(username="first", role="administrator", password="x"), by=None, at=NOON)
    assert Staff.objects.get().desk is None


def test_a_role_at_a_foreign_desk_is_refused_and_nothing_is_written(desks):
    with pytest.raises(ValidationError) as refused:
        accounts.add(
            Staff(username="new", role="operator", desk=desks[DeskKind.CLINIC], password="x"), by=None, at=NOON
        )
    assert list(refused.value.message_dict) == ["desk"]
    assert (Staff.objects.count(), StaffChange.objects.count()) == (0, 0)


def test_a_change_is_written_with_before_and_after_of_what_differs(aigerim, gulnara, world):
    aigerim.desk = world.other_branch
    aigerim.may_read_sensitive = True
    accounts.amend(aigerim, by=gulnara, at=NOON)
    assert changes(aigerim) == [
        (
            "amended",
            {"desk": f"Филиал по городу Астана (#{world.branch.pk})", "may_read_sensitive": False},
            {"desk": f"Филиал по городу Алматы (#{world.other_branch.pk})", "may_read_sensitive": True},
        )
    ]
    aigerim.refresh_from_db()
    assert (aigerim.desk, aigerim.may_read_sensitive) == (world.other_branch, True)


def test_saving_without_a_change_writes_nothing(aigerim, gulnara):
    accounts.amend(aigerim, by=gulnara, at=NOON)
    assert changes(aigerim) == []


def test_a_one_time_password_works_once_and_ends_open_sessions(client, aigerim, gulnara):
    from django.test import Client

    open_session = Client()
    sign_in(open_session, "aigerim")
    password = accounts.give_one_time_password(aigerim, by=gulnara, at=NOON)
    assert open_session.get("/staff/")["Location"] == "/staff/login/?next=/staff/"
    assert sign_in(client, "aigerim", PASSWORD).status_code == 200
    assert sign_in(client, "aigerim", password).status_code == 302
    assert client.get("/staff/")["Location"] == "/staff/password/"
    assert changes(aigerim) == [("one_time_password", {}, {})]


def test_one_time_passwords_differ_and_pass_our_own_rules(aigerim):
    from django.contrib.auth.password_validation import validate_password

    made = {accounts.make_one_time_password() for _ in range(100)}
    assert len(made) == 100
    for password in made:
        validate_password(password, aigerim)


def test_a_lost_telephone_is_forgotten_with_its_recovery_codes(aigerim, gulnara):
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    give_totp(aigerim)
    RecoveryCodes.activate(aigerim)
    assert accounts.take_second_factor_away(aigerim, by=gulnara, at=NOON) is True
    assert factors_of(aigerim) == set()
    assert changes(aigerim) == [("second_factor_reset", {"second_factor": ["recovery_codes", "totp"]}, {})]
    assert accounts.take_second_factor_away(aigerim, by=gulnara, at=NOON) is False
    assert len(changes(aigerim)) == 1


def test_ending_employment_closes_the_account_at_once_and_keeps_the_person(client, aigerim, gulnara):
    sign_in(client, "aigerim")
    today = date(2026, 11, 20)
    accounts.end_employment(aigerim, by=gulnara, at=NOON, today=today)
    assert client.get("/staff/")["Location"] == "/staff/login/?next=/staff/"
    aigerim.refresh_from_db()
    assert (aigerim.is_active, aigerim.active_until) == (False, today)
    assert changes(aigerim) == [
        (
            "employment_ended",
            {"is_active": True, "active_until": None},
            {"is_active": False, "active_until": "2026-11-20"},
        )
    ]


def test_an_earlier_last_day_stays_as_it_was(hire, gulnara):
    left = hire(username="left", active_until=date(2026, 3, 1))
    accounts.end_employment(left, by=gulnara, at=NOON, today=date(2026, 11, 20))
    assert left.active_until == date(2026, 3, 1)


def test_the_last_administrator_cannot_be_closed_or_turned_into_somebody_else(gulnara):
    with pytest.raises(Problem, match="last administrator"):
        accounts.end_employment(gulnara, by=gulnara, at=NOON, today=NOON.date())
    gulnara.refresh_from_db()
    gulnara.role = "auditor"
    with pytest.raises(Problem, match="last administrator"):
        accounts.amend(gulnara, by=gulnara, at=NOON)
    gulnara.refresh_from_db()
    assert (gulnara.role, gulnara.is_active) == ("administrator", True)
    assert changes(gulnara) == []


def test_an_administrator_who_left_does_not_count(hire, gulnara):
    hire(Role.ADMINISTRATOR, "former", active_until=NOON.date() - timedelta(days=1))
    with pytest.raises(Problem, match="last administrator"):
        accounts.end_employment(gulnara, by=gulnara, at=NOON, today=NOON.date())
    hire(Role.ADMINISTRATOR, "second")
    accounts.end_employment(gulnara, by=gulnara, at=NOON, today=NOON.date())
    assert gulnara.is_active is False


def test_the_history_of_accounts_only_grows(aigerim, gulnara):
    accounts.give_one_time_password(aigerim, by=gulnara, at=NOON)
    for change in (lambda: StaffChange.objects.update(by=None), lambda: StaffChange.objects.all().delete()):
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            change()
