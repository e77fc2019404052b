"""A whole Qorgau of its own in a folder of its own, started part by part so that each part can be killed by itself."""

import http.client
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psutil
import psycopg
import pytest
from psycopg import sql

from qorgau import launcher
from qorgau.lib.embedded_postgres import EmbeddedPostgres
from qorgau.lib.program_part import Part
from tests.citizen import Citizen
from tests.free_port import free_port

_PREPARE = """
import django
django.setup()
from django.utils import timezone
from qorgau.demo.loading import load_demo
from qorgau.preparation import prepare
prepare(demo=False, say=print)
if {appeals}:
    load_demo(at=timezone.now(), appeals={appeals})
"""
_SECONDS_TO_COME_UP = 60
WEB_PROCESSES = 2


class DatabaseOnServer:
    """A database of this process's own on a server that somebody else started."""

    def __init__(self, server: str) -> None:
        self._server = server
        self._name = f"qorgau_journeys_{os.getpid()}"
        self.url = urlsplit(server)._replace(path=f"/{self._name}").geturl()

    def join(self) -> None:
        self._say("DROP DATABASE IF EXISTS {} WITH (FORCE)")
        self._say("CREATE DATABASE {} TEMPLATE template0")

    def leave(self) -> None:
        self._say("DROP DATABASE {} WITH (FORCE)")

    def _say(self, statement: str) -> None:
        with psycopg.connect(self._server, autocommit=True) as connection:
            connection.execute(sql.SQL(statement).format(sql.Identifier(self._name)))  # type: ignore[arg-type]


class OwnInstallation:
    """Database, web and worker as `qorgau run` has them, without anybody who stops all when one dies."""

    def __init__(
        self, var: Path, *, settings: Mapping[str, str] | None = None, server: str = "", **variables: str
    ) -> None:
        """`settings` are those of the database; `server` is the address of another server, on which a database of its
        own is made instead; `variables` are those of the program.
        """
        self.var = var
        self.port = free_port()
        self.database: EmbeddedPostgres | DatabaseOnServer = EmbeddedPostgres(
            var / "db", database="qorgau", settings=settings
        )
        if server:
            self.database = DatabaseOnServer(server)
            variables["DATABASE_URL"] = self.database.url
        self._variables = {
            "QORGAU_VAR": str(var),
            "QORGAU_ADDRESS": f"http://127.0.0.1:{self.port}",
            **{name: os.environ[name] for name in ("QORGAU_SECRET_KEY", "QORGAU_DATA_KEY")},
            **variables,
        }
        with self._environment():
            self._web = launcher.web("127.0.0.1", self.port, workers=WEB_PROCESSES)
            self._worker = launcher.worker()

    def start(self, *, demo_appeals: int = 0, worker: bool = True) -> None:
        """Come up with reference data, and with people and so many appeals of the demo."""
        self.database.join()
        self.command(sys.executable, "-c", _PREPARE.format(appeals=demo_appeals))
        self._start(self._web)
        if worker:
            self._start(self._worker)
        wait_for(self._answers)

    def stop(self) -> None:
        self._worker.stop()
        self._web.stop()
        self.database.leave()

    def command(self, *words: str) -> str:
        """What a command of this installation says; it must go well."""
        with self._environment():
            done = subprocess.run(words, capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{words}:\n{done.stdout}\n{done.stderr}"
        return done.stdout

    def work(self) -> None:
        """Let a worker do what waits to be done, and end."""
        self.command(sys.executable, "-m", "qorgau", "procrastinate", "--skip-checks", "worker", "--one-shot")

    def rows(self, statement: str, *parameters: object) -> list[tuple[object, ...]]:
        """What the database answers, asked past the program."""
        with psycopg.connect(self.database.url, autocommit=True) as connection:
            cursor = connection.execute(statement, parameters)
            return cursor.fetchall() if cursor.description else []

    # --- Killing and reviving ----------------------------------------------------------------------------------------

    def kill_web_process(self) -> None:
        """One of the two web processes, with all it has in hand. Its parent starts another one."""
        wait_for(lambda: len(self._web_processes()) == WEB_PROCESSES)
        killed = self._web_processes()[0]
        killed.kill()
        wait_for(lambda: killed not in self._web_processes() and len(self._web_processes()) == WEB_PROCESSES)

    def kill_web(self) -> None:
        """Every web process at once; started again."""
        self._kill(self._web)
        self._start(self._web)

    def kill_worker(self, *, meanwhile: Callable[[], object] = lambda: None) -> None:
        """The worker with whatever it is doing; started again."""
        self._kill(self._worker)
        meanwhile()
        self._start(self._worker)

    def kill_database(self) -> None:
        """The postmaster, as if the machine had failed; started again, and it recovers what was committed."""
        assert isinstance(self.database, EmbeddedPostgres), "a server that others use is not killed"
        postmaster = self.database.postmaster()
        assert postmaster is not None
        os.kill(postmaster, signal.SIGKILL)
        wait_for(lambda: self.database.postmaster() is None)
        self.database.leave()
        self.database.join()
        if not self._worker.runs():
            self._start(self._worker)

    # -----------------------------------------------------------------------------------------------------------------

    def _answers(self) -> bool:
        try:
            return Citizen(self.port).get("/ru/").status == 200
        except (OSError, http.client.HTTPException):
            return False

    def _web_processes(self) -> list[psutil.Process]:
        assert self._web.number is not None
        return psutil.Process(self._web.number).children()

    def _kill(self, part: Part) -> None:
        assert part.number is not None
        os.killpg(part.number, signal.SIGKILL)
        part.stop()

    def _start(self, part: Part) -> None:
        with self._environment():
            part.start()

    @contextmanager
    def _environment(self) -> Iterator[None]:
        with pytest.MonkeyPatch.context() as patch:
            for name in [*os.environ]:
                if name.startswith("QORGAU_") or name == "DATABASE_URL":
                    patch.delenv(name)
            _set_all(patch, self._variables)
            yield


def wait_for(condition: Callable[[], object], seconds: float = _SECONDS_TO_COME_UP) -> None:
    """Until it is so; an error when it does not become so in time."""
    ends = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < ends, f"it did not come to it in {seconds} seconds"
        time.sleep(0.02)


def _set_all(patch: pytest.MonkeyPatch, variables: Mapping[str, str]) -> None:
    for name, value in variables.items():
        patch.setenv(name, value)
