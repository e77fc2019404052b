"""The ladder of desks: clinic's support service, regional health department, Fund branch, Fund centre.

Source: DOMAIN §5.2. A health department is a rung for state organisations alone: a private clinic is not subordinate
to it, so a private clinic's case, or one whose ownership nobody knows, goes past it to the Fund.
"""

from __future__ import annotations

from enum import StrEnum


class DeskKind(StrEnum):
    """The kinds of desks that may hold an appeal."""

    CONTACT_CENTRE = "contact_centre"
    CLINIC = "clinic"
    HEALTH_DEPARTMENT = "health_department"
    BRANCH = "branch"
    CENTRE = "centre"


class Ownership(StrEnum):
    """Who owns a medical organisation."""

    STATE = "state"
    PRIVATE = "private"
    UNKNOWN = "unknown"


_RUNGS = tuple(DeskKind)  # written in the order of the climb
_FUND_LEVELS = {DeskKind.CONTACT_CENTRE: 1, DeskKind.BRANCH: 2, DeskKind.CENTRE: 3}


def level(kind: DeskKind) -> int:
    """Height of a rung, 0 (contact centre) to 4 (Fund centre), for saying which of two desks is higher."""
    return _RUNGS.index(kind)


def fund_level(kind: DeskKind) -> int | None:
    """The level staff speak of (contact centre 1, branch 2, centre 3); None for desks outside the Fund."""
    return _FUND_LEVELS.get(kind)


def next_above(kind: DeskKind, *, ownership: Ownership) -> DeskKind | None:
    """The rung that a dissatisfied person may climb to from ``kind``; None above the Fund's centre."""
    match kind:
        case DeskKind.CLINIC if ownership == Ownership.STATE:
            return DeskKind.HEALTH_DEPARTMENT
        case DeskKind.CONTACT_CENTRE | DeskKind.CLINIC | DeskKind.HEALTH_DEPARTMENT:
            return DeskKind.BRANCH
        case DeskKind.BRANCH:
            return DeskKind.CENTRE
        case DeskKind.CENTRE:
            return None


def reachable(from_kind: DeskKind, ownership: Ownership, *, sensitive: bool = False) -> tuple[DeskKind, ...]:
    """The kinds of desks an appeal may be handed to from ``from_kind``, lowest first.

    Down: any. Up: as far as the branch; only the Fund's own desks hand to its centre. A health department is there for
    state organisations alone, and a clinic is never handed a sensitive appeal, which may be about itself. Clinics are
    in the list also for a clinic: an appeal may concern another one.
    """
    kinds = [kind for kind in _RUNGS if kind != from_kind or kind == DeskKind.CLINIC]
    if ownership != Ownership.STATE and DeskKind.HEALTH_DEPARTMENT in kinds:
        kinds.remove(DeskKind.HEALTH_DEPARTMENT)
    if sensitive:
        kinds.remove(DeskKind.CLINIC)
    if fund_level(from_kind) is None:
        kinds.remove(DeskKind.CENTRE)
    return tuple(kinds)
