"""A database for each test process, copied in a moment from one that was migrated once.

The copy's source is named after the migrations it holds, so it is made anew only when they change. Several test runs
and their workers may share one server.
"""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from psycopg import sql

ONE_AT_A_TIME = 20_264_206
"""Key of the advisory lock under which sources are made and copied."""


@contextmanager
def own_database(*, clear_leftovers: bool) -> Iterator[None]:
    """Point Django at a database of this process's own, with every table and no rows; drop it afterwards.

    `clear_leftovers` is for a server that serves this machine alone: it drops the databases of processes that are gone.
    """
    name = f"test_qorgau_{os.getpid()}"
    with _server() as server:
        server.execute("SELECT pg_advisory_lock(%s)", [ONE_AT_A_TIME])
        if clear_leftovers:
            _drop_leftovers(server)
        source = f"migrated_qorgau_{_fingerprint()}"
        if not server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [source]).fetchone():
            _drop_all(server, "migrated_qorgau_%")
            _make(server, source)
        _drop(server, name)
        server.execute(_statement("CREATE DATABASE {} TEMPLATE {}", name, source))
    _point_django_at(name)
    try:
        yield
    finally:
        connection.close()
        with _server() as server:
            _drop(server, name)


def _make(server: psycopg.Connection, source: str) -> None:
    unfinished = f"{source}_unfinished"
    _drop(server, unfinished)
    server.execute(_statement("CREATE DATABASE {} TEMPLATE template0", unfinished))
    _point_django_at(unfinished)
    call_command("migrate", verbosity=0, interactive=False)
    connection.close()
    server.execute(_statement("ALTER DATABASE {} RENAME TO {}", unfinished, source))


def _point_django_at(name: str) -> None:
    connection.close()
    settings.DATABASES["default"]["NAME"] = name
    connection.settings_dict["NAME"] = name


def _fingerprint() -> str:
    """Of every migration of every application, by what is written in it."""
    written = hashlib.blake2b(digest_size=8)
    for app in apps.get_app_configs():
        for file in sorted(Path(app.path, "migrations").glob("*.py")):
            written.update(f"{app.label}/{file.name}".encode() + file.read_bytes())
    return written.hexdigest()


def _server() -> psycopg.Connection:
    facts = connection.settings_dict
    return psycopg.connect(
        host=facts["HOST"],
        port=facts["PORT"] or None,
        user=facts["USER"],
        password=facts["PASSWORD"] or None,
        dbname="postgres",
        autocommit=True,
    )


def _drop_leftovers(server: psycopg.Connection) -> None:
    """Drop the databases of processes that were killed. Another that starts just now may have made its own already."""
    for name in _names_like(server, "test_qorgau_%"):
        if not Path("/proc", name.removeprefix("test_qorgau_")).exists():
            _drop(server, name)


def _drop_all(server: psycopg.Connection, like: str) -> None:
    for name in _names_like(server, like):
        _drop(server, name)


def _names_like(server: psycopg.Connection, like: str) -> list[str]:
    return [name for (name,) in server.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [like])]


def _drop(server: psycopg.Connection, name: str) -> None:
    server.execute(_statement("DROP DATABASE IF EXISTS {} WITH (FORCE)", name))


def _statement(text: str, *names: str) -> sql.Composed:
    return sql.SQL(text).format(*map(sql.Identifier, names))  # type: ignore[arg-type]
