"""The small world, and browsers in which its people are signed in."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from qorgau.people.models import Staff
from qorgau.rules.roles import Role
from tests import factories
from tests.factories import NOON, World
from tests.workplace.stage import Stage, set_stage


def statements(seen: CaptureQueriesContext) -> int:
    """How many there were, but for the one by which a process looks every two seconds whether the directory changed."""
    return sum("directory_directoryversion" not in query["sql"] for query in seen.captured_queries)


SignIn = Callable[[Staff], Client]


@pytest.fixture(autouse=True)
def noon(monkeypatch: pytest.MonkeyPatch) -> datetime:
    """It is always the same Tuesday noon here, so that terms and waiting times are the same on every day."""
    monkeypatch.setattr(timezone, "now", lambda: NOON)
    return NOON


@pytest.fixture
def world(db: None) -> World:
    return factories.world()


@pytest.fixture
def stage_set(world: World) -> Stage:
    """Appeals here and there, and people of every role."""
    return set_stage(world)


@pytest.fixture
def sign_in() -> SignIn:
    """A browser in which somebody is signed in."""

    def browser(person: Staff) -> Client:
        client = Client()
        client.force_login(person)
        return client

    return browser


@pytest.fixture
def operator(world: World) -> Staff:
    """Who answers at the contact centre."""
    return factories.staff(Role.OPERATOR, world.contact_centre)


@pytest.fixture
def at_1414(sign_in: SignIn, operator: Staff) -> Client:
    """The browser of the operator."""
    return sign_in(operator)
