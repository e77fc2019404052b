"""A small cast: one desk of every kind, and people to sit at them."""

from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone

import pytest
from django.conf import LazySettings

from qorgau.directory.models import Desk, Organisation, Region
from qorgau.people.models import Staff
from qorgau.people.places import DESKS_OF_ROLE
from qorgau.rules.ladder import DeskKind
from qorgau.rules.roles import Role

PASSWORD = "Turgai-dala-1862"
NOON = datetime(2026, 11, 20, 12, 0, tzinfo=timezone(timedelta(hours=5)))


@pytest.fixture(autouse=True)
def quick_passwords(settings: LazySettings) -> None:
    """Argon2 is slow on purpose; tests of everything else need not wait for it."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture
def desks(db: None) -> dict[DeskKind, Desk]:
    region = Region.objects.create(kato="710000000", iso="KZ-71", name_kk="Астана", name_ru="Астана", name_en="Astana")
    clinic = Organisation.objects.create(
        source_key="test-1", bin="990140000205", name_ru="Городская поликлиника № 1", region=region, ownership="state"
    )
    return {
        DeskKind.CONTACT_CENTRE: Desk.objects.create(kind="contact_centre", name_ru="Контакт-центр"),
        DeskKind.CLINIC: Desk.objects.create(kind="clinic", name_ru="СПП ГП № 1", organisation=clinic, region=region),
        DeskKind.HEALTH_DEPARTMENT: Desk.objects.create(kind="health_department", name_ru="УЗ Астаны", region=region),
        DeskKind.BRANCH: Desk.objects.create(kind="branch", name_ru="Филиал по Астане", region=region),
        DeskKind.CENTRE: Desk.objects.create(kind="centre", name_ru="Центральный аппарат"),
    }


@pytest.fixture
def hire(desks: dict[DeskKind, Desk]) -> Callable[..., Staff]:
    """Somebody of a role at the desk where the role belongs, with the password of all test people."""

    def hired(role: Role = Role.BRANCH_SPECIALIST, username: str = "", **fields: object) -> Staff:
        kind = DeskKind.CENTRE if DeskKind.CENTRE in DESKS_OF_ROLE[role] else min(DESKS_OF_ROLE[role])
        fields.setdefault("desk", desks[kind])
        staff = Staff(username=username or role.value, role=role.value, **fields)
        staff.set_password(PASSWORD)
        staff.save()
        return staff

    return hired


@pytest.fixture
def administrator(hire: Callable[..., Staff]) -> Staff:
    return hire(Role.ADMINISTRATOR, "gulnara", last_name="Сейтова", first_name="Гүлнара", language="ru")


def yesterday() -> date:
    from django.utils.timezone import localdate

    return localdate() - timedelta(days=1)
