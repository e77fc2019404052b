"""Who works on appeals, who heads a desk, who only reads."""

from qorgau.rules.roles import HANDLERS, HEADS, READERS, Role


def test_every_role_handles_or_reads_or_administers():
    assert {*HANDLERS, *READERS, Role.ADMINISTRATOR} == set(Role)


def test_readers_never_handle():
    assert not HANDLERS & READERS


def test_heads_of_desks_are_approvers_and_clinic_managers():
    assert {Role.APPROVER, Role.CLINIC_MANAGER} == HEADS
    assert HEADS <= HANDLERS
