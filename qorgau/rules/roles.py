"""Roles of the staff. Each member of staff has one role at one desk, and sees what that desk may see."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """What a member of staff is there to do."""

    OPERATOR = "operator"
    """Answers calls and messages in the contact centre (level 1)."""
    CLINIC_SPECIALIST = "clinic_specialist"
    """Works in a clinic's patient support service."""
    CLINIC_MANAGER = "clinic_manager"
    """Heads a clinic's patient support service: decides what is put right, extends terms, approves."""
    HEALTH_DEPARTMENT_SPECIALIST = "health_department_specialist"
    """Handles appeals about state organisations of a region that the clinic did not solve."""
    BRANCH_SPECIALIST = "branch_specialist"
    """Works in a branch of the Fund (level 2)."""
    CENTRAL_EXPERT = "central_expert"
    """Works in the Fund's centre (level 3)."""
    APPROVER = "approver"
    """Head of a desk or the deputy: approves answers and extends terms."""
    ANALYST = "analyst"
    """Reads figures and appeals without personal data; changes nothing."""
    ADMINISTRATOR = "administrator"
    """Keeps users, organisations, topics, calendars and texts; does not work on appeals."""
    AUDITOR = "auditor"
    """Reads everything including the journal; changes nothing."""


HANDLERS = frozenset(
    {
        Role.OPERATOR,
        Role.CLINIC_SPECIALIST,
        Role.CLINIC_MANAGER,
        Role.HEALTH_DEPARTMENT_SPECIALIST,
        Role.BRANCH_SPECIALIST,
        Role.CENTRAL_EXPERT,
        Role.APPROVER,
    }
)
"""Roles that work on appeals."""

HEADS = frozenset({Role.APPROVER, Role.CLINIC_MANAGER})
"""Heads of desks and their deputies: only they approve answers and extend terms (АППК Art. 76)."""

NAMERS = HEADS | {Role.CENTRAL_EXPERT}
"""Who names the readers of a sensitive appeal, and says that one is sensitive no longer."""

GRANTERS = frozenset({Role.BRANCH_SPECIALIST, Role.APPROVER})
"""Who grants a temporary status, at a branch of the Fund (DOMAIN §3.1, S6)."""

READERS = frozenset({Role.ANALYST, Role.AUDITOR})
"""Roles that read and never change."""
