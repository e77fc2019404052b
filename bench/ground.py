"""The ground everything is measured on: a fresh embedded database of default durability, filled, under var/bench."""

import base64
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from qorgau.lib.embedded_postgres import EmbeddedPostgres

FOLDER = Path(__file__).resolve().parent.parent / "var" / "bench"
APPEALS_BEFORE = 3_000
ORGANISATIONS = 10_000


def settle(folder: Path = FOLDER) -> None:
    """Let this process and its children work in a folder of the bench, whatever is set for the installation here.

    Must come before Django reads its settings.
    """
    for name in list(os.environ):
        if name.startswith("QORGAU_") or name == "DATABASE_URL":
            del os.environ[name]
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "qorgau.settings",
        "QORGAU_VAR": str(folder),
        "QORGAU_SECRET_KEY": "only for measuring " * 3,
        "QORGAU_DATA_KEY": base64.b64encode(b"only for measuring: thirty-two b").decode(),
        # All clients of a measurement come from one address.
        "QORGAU_SENDINGS_PER_MINUTE": "0",
    }


@contextmanager
def fresh_database(folder: Path) -> Iterator[None]:
    """A new database of default durability in a folder, with its tables and nothing in them, for as long as it is
    needed.
    """
    shutil.rmtree(folder / "db", ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    database = EmbeddedPostgres(folder / "db", database="qorgau")
    database.join()
    try:
        import django

        django.setup()
        from qorgau.preparation import prepare

        prepare(demo=False, say=lambda text: None)
        yield
    finally:
        database.leave()


@contextmanager
def ground() -> Iterator[EmbeddedPostgres]:
    """The database, new and filled, for as long as it is needed."""
    for leftover in ("db", "files"):
        shutil.rmtree(FOLDER / leftover, ignore_errors=True)
    database = EmbeddedPostgres(FOLDER / "db", database="qorgau")
    database.join()
    try:
        _fill()
        yield database
    finally:
        database.leave()


def _fill() -> None:
    import django

    django.setup()
    from django.db import connection

    from bench.filling import appeals, organisations
    from qorgau.preparation import prepare

    prepare(demo=False, say=print)
    organisations(ORGANISATIONS)
    appeals(APPEALS_BEFORE)
    with connection.cursor() as cursor:
        # What would otherwise begin by itself in the middle of some round.
        cursor.execute("VACUUM ANALYZE")
        cursor.execute("CHECKPOINT")
    connection.close()
