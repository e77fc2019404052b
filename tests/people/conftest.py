"""People of every role at the desks of the small world, and ways to sign in as they do."""

from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.conf import LazySettings
from django.core.cache import cache
from django.test import Client

from qorgau.directory.models import Desk
from qorgau.people.models import Staff
from qorgau.people.places import DESKS_OF_ROLE
from qorgau.rules.ladder import DeskKind
from qorgau.rules.roles import Role
from tests import factories

PASSWORD = "a long password"
NOON = datetime(2026, 11, 20, 12, 0, tzinfo=timezone(timedelta(hours=5)))


@pytest.fixture(autouse=True)
def no_memory_of_other_tests() -> None:
    """Requests are also limited per process and minute; tests are quicker than people."""
    cache.clear()


@pytest.fixture
def desks(world: factories.World) -> dict[DeskKind, Desk]:
    return {
        DeskKind.CONTACT_CENTRE: world.contact_centre,
        DeskKind.CLINIC: world.clinic_desk,
        DeskKind.HEALTH_DEPARTMENT: world.health_department,
        DeskKind.BRANCH: world.branch,
        DeskKind.CENTRE: world.centre,
    }


@pytest.fixture
def hire(desks: dict[DeskKind, Desk]) -> Callable[..., Staff]:
    """Somebody of a role at a desk where the role belongs."""

    def hired(role: Role = Role.BRANCH_SPECIALIST, username: str = "", **fields: Any) -> Staff:
        kind = DeskKind.CENTRE if DeskKind.CENTRE in DESKS_OF_ROLE[role] else min(DESKS_OF_ROLE[role])
        return factories.staff(role, fields.pop("desk", desks[kind]), username=username or role.value, **fields)

    return hired


@pytest.fixture
def aigerim(hire: Callable[..., Staff]) -> Staff:
    """A branch specialist without a second factor."""
    return hire(Role.BRANCH_SPECIALIST, "aigerim", language="ru", email="aigerim@fund.example")


@pytest.fixture
def gulnara(hire: Callable[..., Staff]) -> Staff:
    """An administrator."""
    return hire(Role.ADMINISTRATOR, "gulnara", language="ru")


@pytest.fixture
def second_factor_required(settings: LazySettings) -> None:
    settings.SECOND_FACTOR_REQUIRED = True


def sign_in(client: Client, username: str, password: str = PASSWORD, *, address: str = "10.1.2.3", **more: Any) -> Any:
    """Fill in the sign-in page and send it."""
    return client.post("/staff/login/", {"login": username, "password": password}, REMOTE_ADDR=address, **more)


def give_totp(staff: Staff) -> str:
    """Set up a second factor as if by its owner; returns the secret that the owner's app would keep."""
    secret = generate_totp_secret()
    TOTP.activate(staff, secret)
    return secret


def code_at(secret: str, moment: float) -> str:
    """What an authenticator app shows at a moment (seconds since 1970), computed from RFC 6238's 30-second steps."""
    return format_hotp_value(hotp_value(secret, int(moment) // 30))


def factors_of(staff: Staff) -> set[str]:
    return set(Authenticator.objects.filter(user=staff).values_list("type", flat=True))
