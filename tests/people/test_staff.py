from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from qorgau.people.models import Staff
from qorgau.rules.roles import Role


@pytest.mark.parametrize("role", Role)
def test_administrative_power_follows_from_the_role_alone(role: Role):
    staff = Staff(username="x", role=role.value, is_staff=True, is_superuser=True)
    may = role == Role.ADMINISTRATOR
    assert staff.has_perm("directory.change_region") is may
    assert staff.has_perm("people.add_staff") is may
    assert staff.has_perms(["people.add_staff", "directory.view_desk"]) is may
    assert staff.has_module_perms("people") is may
    assert staff.has_perm("register.change_appeal") is False
    assert staff.has_perms(["people.add_staff", "register.change_appeal"]) is False
    assert staff.has_module_perms("auth") is False


def test_an_administrator_who_left_has_no_power():
    left = Staff(role=Role.ADMINISTRATOR.value, active_until=localdate() - timedelta(days=1))
    assert left.has_perm("people.add_staff") is False


def test_the_last_day_belongs_to_the_employment():
    today = localdate()
    staff = Staff(role="auditor", active_until=today)
    assert staff.works_on(today) is True
    assert staff.works_on(today + timedelta(days=1)) is False
    staff.is_active = False
    assert staff.works_on(today) is False


def test_an_email_is_kept_in_small_letters_so_that_a_reset_finds_it():
    staff = Staff(username="aigerim", role="auditor", email="Aigerim.N@Fund.KZ")
    staff.clean()
    assert staff.email == "aigerim.n@fund.kz"
