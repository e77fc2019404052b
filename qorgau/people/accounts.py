"""What administrators do with accounts. Every verb writes what changed, by whom, in the transaction of the change."""

import secrets
from datetime import date, datetime
from typing import Any

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models import QuerySet
from django.utils.timezone import localdate

from qorgau.people.models import Staff, StaffChange
from qorgau.people.places import ROLES_AT_ANY_DESK
from qorgau.rules.access_codes import ALPHABET
from qorgau.rules.ladder import DeskKind
from qorgau.rules.problems import Problem
from qorgau.rules.roles import Role
from qorgau.rules.sentences import N_, Sentence

Action = StaffChange.Action

LAST_ADMINISTRATOR = Sentence(N_("This is the last administrator. Add another one first, then close this account."))

TOLD = (
    "username",
    "last_name",
    "first_name",
    "patronymic",
    "role",
    "desk",
    "post",
    "email",
    "language",
    "may_read_sensitive",
    "is_active",
    "active_until",
    "password_is_temporary",
)
"""The fields that history tells of. The password is not among them, nor the second factor."""


def add(staff: Staff, *, by: Staff | None, at: datetime) -> None:
    """Save a new account and write that it was added.

    Somebody who reads or administers and was given no desk gets that of the Fund's centre. Raises ValidationError, by
    field, when role and desk do not go together or the name is taken. ``by`` is None on the command line.
    """
    if staff.desk is None and staff.role in ROLES_AT_ANY_DESK:
        staff.desk = desks().filter(kind=DeskKind.CENTRE.value).first()
    staff.full_clean()
    with transaction.atomic():
        staff.save(force_insert=True)
        _write(staff, Action.ADDED, before={}, after=told(staff), by=by, at=at)


def amend(staff: Staff, *, by: Staff | None, at: datetime) -> None:
    """Save what was changed about an account and write the fields that differ; nothing is written when none does.

    Raises Problem when it would leave the installation without an administrator.
    """
    with transaction.atomic():
        _lock_administrators()
        before = told(Staff.objects.select_for_update(of=("self",)).select_related("desk").get(pk=staff.pk))
        after = told(staff)
        differing = [name for name in TOLD if before[name] != after[name]]
        if not differing:
            return
        staff.save(update_fields=differing)
        _keep_an_administrator(at)
        _write(
            staff,
            Action.AMENDED,
            before={name: before[name] for name in differing},
            after={name: after[name] for name in differing},
            by=by,
            at=at,
        )


def give_one_time_password(staff: Staff, *, by: Staff | None, at: datetime) -> str:
    """Replace the password by one that has to be changed at the next sign-in, and return it to be shown once.

    Every open session of this person ends. The password is kept as a hash only: nobody can look it up later.
    """
    password = make_one_time_password()
    with transaction.atomic():
        staff.set_password(password)
        staff.password_is_temporary = True
        staff.save(update_fields=["password", "password_is_temporary"])
        _write(staff, Action.ONE_TIME_PASSWORD, before={}, after={}, by=by, at=at)
    return password


def take_second_factor_away(staff: Staff, *, by: Staff | None, at: datetime) -> bool:
    """Forget a lost telephone: authenticator and recovery codes go; False when there were none.

    Where a second factor is required, the person sets up a new one before anything else.
    """
    with transaction.atomic():
        factors = Authenticator.objects.filter(user=staff)
        kinds = sorted(factors.values_list("type", flat=True))
        if not kinds:
            return False
        factors.delete()
        _write(staff, Action.SECOND_FACTOR_RESET, before={"second_factor": kinds}, after={}, by=by, at=at)
    return True


def end_employment(staff: Staff, *, by: Staff | None, at: datetime, today: date) -> None:
    """Close an account at once: no sign-in any more, open sessions end with their next request. The person stays in
    every record they are part of.

    Raises Problem when it would leave the installation without an administrator.
    """
    with transaction.atomic():
        _lock_administrators()
        before = {"is_active": staff.is_active, "active_until": _plain(staff.active_until)}
        staff.is_active = False
        staff.active_until = min(staff.active_until or today, today)
        staff.save(update_fields=["is_active", "active_until"])
        _keep_an_administrator(at)
        after = {"is_active": False, "active_until": _plain(staff.active_until)}
        _write(staff, Action.EMPLOYMENT_ENDED, before=before, after=after, by=by, at=at)


def why_not_changed(staff: Staff, *, to: Staff, today: date) -> Sentence | None:
    """Why an account may not become like ``to``: it would leave nobody to administer. None when it may."""
    if to.role == Role.ADMINISTRATOR and to.works_on(today):
        return None
    others = [person for person in _administrators().exclude(pk=staff.pk) if person.works_on(today)]
    return None if others else LAST_ADMINISTRATOR


def make_one_time_password() -> str:
    """A password such as ``K7M4-Q9TX-2FHW-P3RD``: 80 bits of chance, readable over the telephone."""
    symbols = "".join(secrets.choice(ALPHABET) for _ in range(16))
    return "-".join(symbols[start : start + 4] for start in range(0, 16, 4))


def told(staff: Staff) -> dict[str, Any]:
    """What history tells of an account, as JSON."""
    return {name: _plain(getattr(staff, name)) for name in TOLD}


def desks() -> Any:
    """Every desk. The directory stands further down the road than people, so it is reached through the account."""
    return Staff._meta.get_field("desk").related_model._default_manager.all()


def _write(
    staff: Staff, action: Action, *, before: dict[str, Any], after: dict[str, Any], by: Staff | None, at: datetime
) -> None:
    StaffChange.objects.create(at=at, by=by, staff=staff, action=action, before=before, after=after)


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, date):
        return value.isoformat()
    return f"{value} (#{value.pk})"


def _administrators() -> QuerySet[Staff]:
    return Staff.objects.filter(role=Role.ADMINISTRATOR.value)


def _lock_administrators() -> None:
    # Two administrators closing each other's accounts at the same moment must not both succeed.
    list(_administrators().order_by("pk").select_for_update().values_list("pk"))


def _keep_an_administrator(at: datetime) -> None:
    if not any(person.works_on(localdate(at)) for person in _administrators()):
        raise Problem(LAST_ADMINISTRATOR, "role")
