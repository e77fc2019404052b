"""What every test may count on: a server and a database of its own, compiled texts, and no network but this machine."""

import ipaddress
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db.backends.postgresql.operations import DatabaseOperations
from django.utils.translation import override
from django.utils.translation.reloader import translation_file_changed
from pytest_django import DjangoDbBlocker

from qorgau.directory import reference
from qorgau.lib.catalogues import compile_catalogues
from qorgau.people import asked_consents
from tests import factories
from tests.choosing import asks_the_database, is_left_out
from tests.chromium import browser  # noqa: F401 - the fixture of every journey
from tests.environment import CLUSTER, OTHER_SERVER
from tests.own_database import own_database
from tests.slow import is_slow


def pytest_configure(config: pytest.Config) -> None:
    # Argon2 is slow on purpose, and names with a hash of their content need a run of collectstatic.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    settings.WHITENOISE_USE_FINDERS = settings.WHITENOISE_AUTOREFRESH = True
    if not hasattr(config, "workerinput"):
        for folder in settings.LOCALE_PATHS:
            for catalogue in compile_catalogues(folder):
                # Django has read what there was before it came to this.
                translation_file_changed(None, catalogue.with_suffix(".mo"))


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    return True if is_left_out(collection_path, config.option.markexpr) else None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        if is_slow(item.path):
            item.add_marker(pytest.mark.slow)
    if OTHER_SERVER:
        # Another server changes nothing for a test that asks none.
        left_out = [item for item in items if not asks_the_database(item)]
        items[:] = [item for item in items if asks_the_database(item)]
        config.hook.pytest_deselected(items=left_out)


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The database of this process. The server starts with the first test that needs it and stops with the last."""
    if not OTHER_SERVER:
        CLUSTER.join()
    try:
        with django_db_blocker.unblock(), own_database(clear_leftovers=not OTHER_SERVER):
            yield
    finally:
        CLUSTER.leave()


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """Every test begins in English, whatever language the one before it ended with."""
    with override("en"):
        yield


@pytest.fixture(autouse=True)
def own_directory(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every test begins with no directory in memory, and looks for a newer one only when it says so.

    Otherwise how many queries a page takes, and whose rows it shows, would depend on the tests before and on the clock.
    """
    monkeypatch.setattr(reference, "_held", None)
    monkeypatch.setattr(reference, "SECONDS_BETWEEN_LOOKS", float("inf"))
    monkeypatch.setattr(asked_consents, "_kept", None)


@pytest.fixture
def world(db: None) -> factories.World:
    """The small world of `tests/factories.py`."""
    return factories.world()


@pytest.fixture(scope="session", autouse=True)
def emptied_between_tests() -> Iterator[None]:
    """Tests with real commits empty every table after them, also those that refuse it: only a superuser may."""
    sql_flush = DatabaseOperations.sql_flush

    def past_triggers(*what: Any, **how: Any) -> list[str]:
        return ["SET LOCAL session_replication_role = replica", *sql_flush(*what, **how)]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseOperations, "sql_flush", past_triggers)
        yield


@pytest.fixture(scope="session", autouse=True)
def only_this_machine() -> Iterator[None]:
    """No test reaches beyond the loopback, whatever it calls."""
    connect = socket.socket.connect

    def connect_here(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and not _is_here(address[0]):
            raise AssertionError(f"A test tried to reach {address[0]}; tests stay on this machine.")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", connect_here)
        yield


def _is_here(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
