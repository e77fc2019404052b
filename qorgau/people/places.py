"""Where each role works: the desks it may be bound to, and through the desk what it sees.

The Fund and its clinics are organised so (DOMAIN §5): operators sit in the contact centre, a clinic's people at their
own clinic's desk, specialists at the branch of their region, experts at the centre. An approver is the head of a desk
or the deputy. Those who read or administer may sit at any desk; they belong to the Fund's centre unless somebody says
otherwise.
"""

from qorgau.rules.ladder import DeskKind
from qorgau.rules.roles import Role
from qorgau.rules.sentences import N_, Sentence

_ANYWHERE = frozenset(DeskKind)

DESKS_OF_ROLE: dict[Role, frozenset[DeskKind]] = {
    Role.OPERATOR: frozenset({DeskKind.CONTACT_CENTRE}),
    Role.CLINIC_SPECIALIST: frozenset({DeskKind.CLINIC}),
    Role.CLINIC_MANAGER: frozenset({DeskKind.CLINIC}),
    Role.HEALTH_DEPARTMENT_SPECIALIST: frozenset({DeskKind.HEALTH_DEPARTMENT}),
    Role.BRANCH_SPECIALIST: frozenset({DeskKind.BRANCH}),
    Role.CENTRAL_EXPERT: frozenset({DeskKind.CENTRE}),
    # The head or the deputy: at a clinic that is the clinic's manager.
    Role.APPROVER: frozenset(DeskKind) - {DeskKind.CLINIC},
    Role.ANALYST: _ANYWHERE,
    Role.ADMINISTRATOR: _ANYWHERE,
    Role.AUDITOR: _ANYWHERE,
}
"""The kinds of desks a role may be bound to."""

ROLES_AT_ANY_DESK = frozenset(role for role, kinds in DESKS_OF_ROLE.items() if kinds == _ANYWHERE)
"""Roles that need no particular desk, and none at all while the directory is still empty."""

_WHERE_IT_BELONGS = {
    Role.OPERATOR: N_("An operator works at the contact centre. Choose its desk."),
    Role.CLINIC_SPECIALIST: N_(
        "A specialist of a patient support service works at a clinic. Choose the clinic's desk."
    ),
    Role.CLINIC_MANAGER: N_("The head of a patient support service works at a clinic. Choose the clinic's desk."),
    Role.HEALTH_DEPARTMENT_SPECIALIST: N_(
        "A health-department specialist works at a regional health department. Choose its desk."
    ),
    Role.BRANCH_SPECIALIST: N_("A specialist of a Fund branch works at a branch. Choose the branch's desk."),
    Role.CENTRAL_EXPERT: N_("An expert of the Fund centre works at the centre. Choose its desk."),
    Role.APPROVER: N_(
        "An approver heads a desk of the Fund or of a health department; a clinic has its own manager. Choose the desk."
    ),
}


def why_misplaced(role: Role, desk_kind: DeskKind | None) -> Sentence | None:
    """What is wrong with this role at this kind of desk, and what to do; None when they go together.

    ``desk_kind`` is None for somebody without a desk, which only those who read or administer may be.
    """
    if role in ROLES_AT_ANY_DESK:
        return None
    return None if desk_kind in DESKS_OF_ROLE[role] else Sentence(_WHERE_IT_BELONGS[role])
