"""What has to be in place before web and worker start, each step skipped when nothing changed since the last time."""

import hashlib
from collections.abc import Callable, Iterable
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor

from qorgau.lib.catalogues import compile_catalogues
from qorgau.lib.environment import WrongSetting

Say = Callable[[str], None]

OLDEST_SERVER = 15


def prepare(*, demo: bool, say: Say) -> None:
    """Tables, texts, static files, reference data and, for a demo, its data. Leaves no database connection open."""
    _reach_database()
    migrated = _migrate(say)
    for folder in settings.LOCALE_PATHS:
        compile_catalogues(folder)
    if _changed("static", _static_files()):
        say("Collecting static files ...")
        call_command("collectstatic", verbosity=0, interactive=False, clear=True)
        _remember("static", _static_files())
    if migrated or _changed("reference", _reference_files()) or not _has_rows("directory.Region"):
        say("Loading reference data ...")
        call_command("load_reference", stdout=StringIO())
        _remember("reference", _reference_files())
    if demo and not _has_rows("register.Appeal"):
        say("Making demo data, as if months had passed ...")
        # It calls other commands, which would each tell what they did.
        with redirect_stdout(StringIO()):
            call_command("load_demo")
    if demo and not _has_rows("insured.Load"):
        say("Making a register of insured people ...")
        call_command("load_demo_insured", stdout=StringIO())
    connection.close()


def _reach_database() -> None:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SHOW server_version_num")
            version = int(cursor.fetchone()[0]) // 10_000
    except OperationalError as error:
        raise WrongSetting(
            f"The database does not let us in: {str(error).strip()}\n"
            "  DATABASE_URL says where it is; without DATABASE_URL Qorgau runs a database of its own."
        ) from error
    if version < OLDEST_SERVER:
        raise WrongSetting(f"The database is PostgreSQL {version}; {OLDEST_SERVER} or newer is needed.")


def _migrate(say: Say) -> bool:
    executor = MigrationExecutor(connection)
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return False
    say("Bringing the tables up to date ...")
    call_command("migrate", verbosity=0, interactive=False)
    return True


def _has_rows(model: str) -> bool:
    return apps.get_model(model)._default_manager.exists()


# --- What changed since the last time --------------------------------------------------------------------------------


def _static_files() -> Iterable[Path]:
    for finder in get_finders():
        for name, storage in finder.list([]):
            yield Path(storage.path(name))


def _reference_files() -> Iterable[Path]:
    for app in ("directory", "people"):
        yield from Path(apps.get_app_config(app).path).rglob("*.*")


def _changed(what: str, files: Iterable[Path]) -> bool:
    stamp = _stamp(what)
    return not stamp.exists() or stamp.read_text() != _fingerprint(files)


def _remember(what: str, files: Iterable[Path]) -> None:
    _stamp(what).parent.mkdir(parents=True, exist_ok=True)
    _stamp(what).write_text(_fingerprint(files))


def _stamp(what: str) -> Path:
    return settings.VAR / "stamps" / what


def _fingerprint(files: Iterable[Path]) -> str:
    """Of names, sizes and times of change; compiled Python files do not count."""
    seen = hashlib.blake2b(digest_size=16)
    for file in sorted(set(files)):
        if file.suffix != ".pyc" and file.is_file():
            facts = file.stat()
            seen.update(f"{file}|{facts.st_size}|{facts.st_mtime_ns}\n".encode())
    return seen.hexdigest()
