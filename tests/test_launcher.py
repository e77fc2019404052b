"""`qorgau run`, really run: everything starts, everything stops, and whatever dies is named."""

import http.client
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from qorgau.launcher import main
from qorgau.lib.embedded_postgres import EmbeddedPostgres
from tests.free_port import free_port

pytestmark = pytest.mark.kill

SECONDS_TO_START = 180
SECONDS_TO_STOP = 90


def own_environment(var: Path, **variables: str) -> dict[str, str]:
    """Ours without what the tests are set to."""
    ours = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("QORGAU_", "DATABASE_URL", "TELEGRAM_"))
    }
    return {**ours, "QORGAU_VAR": str(var), **variables}


def command(var: Path, *words: str) -> str:
    """What another command says, in the same installation."""
    return subprocess.run(
        [sys.executable, "-m", "qorgau", *words], env=own_environment(var), capture_output=True, text=True, check=True
    ).stdout


class Running:
    """A `qorgau run` of our own, in its own folder, with what it said so far."""

    def __init__(self, var: Path, *arguments: str, **variables: str) -> None:
        self.var = var
        self._output = var / f"output-{time.monotonic_ns()}"
        with self._output.open("w") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "qorgau", "run", *arguments],
                stdout=output,
                stderr=subprocess.STDOUT,
                env=own_environment(var, **variables),
                start_new_session=True,
            )

    @property
    def said(self) -> str:
        return self._output.read_text()

    def wait_until_up(self) -> "Running":
        wait_for(lambda: self._is_all_there() or self.process.poll() is not None, SECONDS_TO_START, self)
        assert self.process.poll() is None, self.said
        return self

    def _is_all_there(self) -> bool:
        """The last that the launcher says, and the last that the worker says."""
        return "access code" in self.said and "Launching a worker" in self.said

    def wait_for_end(self) -> int:
        return self.process.wait(SECONDS_TO_STOP)

    def home_page(self) -> int:
        address = re.search(r"Qorgau is up: http://([\d.]+):(\d+)/", self.said)
        assert address, self.said
        connection = http.client.HTTPConnection(address[1], int(address[2]), timeout=20)
        connection.request("GET", "/kk/")
        return connection.getresponse().status

    def parts(self) -> list[psutil.Process]:
        return psutil.Process(self.process.pid).children(recursive=True)

    def part(self, *words: str) -> psutil.Process:
        """The topmost of the processes whose command has these words."""
        return next(part for part in self.parts() if set(words) <= set(part.cmdline()))

    def database(self) -> int | None:
        return EmbeddedPostgres(self.var / "db", database="qorgau").postmaster()


def wait_for(condition: Callable[[], bool], seconds: float, running: Running) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, running.said
        time.sleep(0.05)


def assert_nothing_is_left(parts: list[psutil.Process], running: Running) -> None:
    wait_for(lambda: not any(_lives(part) for part in parts), SECONDS_TO_STOP, running)
    wait_for(lambda: running.database() is None, SECONDS_TO_STOP, running)


def _lives(part: psutil.Process) -> bool:
    try:
        return part.is_running() and part.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:  # it ended between the two questions
        return False


@pytest.fixture(scope="module")
def var(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo that has been started and stopped once."""
    folder = tmp_path_factory.mktemp("launcher")
    first = Running(folder, "--demo", "--port", str(free_port())).wait_until_up()
    first.process.send_signal(signal.SIGINT)
    assert first.wait_for_end() == 0
    assert "Bringing the tables up to date" in first.said
    return folder


@pytest.fixture
def demo(var: Path) -> Iterator[Running]:
    running = Running(var, "--demo", "--port", str(free_port()))
    try:
        yield running.wait_until_up()
    finally:
        if running.process.poll() is None:
            running.process.terminate()
            assert running.wait_for_end() == 0, running.said


def test_it_answers_and_says_how_to_get_in(demo: Running) -> None:
    assert demo.home_page() == 200
    assert re.search(r"number \d\d-\d{7}-\d, access code \S+", demo.said)


def test_the_second_start_skips_what_is_in_place(demo: Running) -> None:
    assert "Qorgau is up" in demo.said
    for step in ("Bringing the tables", "Collecting static", "Loading reference", "Making demo"):
        assert step not in demo.said


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_wished_stop_ends_everything_and_is_no_error(demo: Running, how: signal.Signals) -> None:
    parts = demo.parts()
    assert len(parts) >= 4  # web and its two processes, worker
    demo.process.send_signal(how)
    assert demo.wait_for_end() == 0
    assert "Traceback" not in demo.said
    assert "was killed" not in demo.said
    assert_nothing_is_left(parts, demo)


@pytest.mark.parametrize(("name", "word"), [("web", "granian"), ("worker", "procrastinate")])
def test_a_killed_part_is_named_and_the_rest_is_stopped(demo: Running, name: str, word: str) -> None:
    parts = demo.parts()
    demo.part(word).kill()
    assert demo.wait_for_end() == 1
    assert f"The {name} died: killed by SIGKILL. Stopping the rest." in demo.said
    assert_nothing_is_left(parts, demo)


def test_a_killed_database_is_named_and_the_rest_is_stopped(demo: Running) -> None:
    parts = demo.parts()
    server = demo.database()
    assert server is not None
    os.kill(server, signal.SIGKILL)
    assert demo.wait_for_end() == 1
    assert f"The database died (its log: {demo.var}/db/log). Stopping the rest." in demo.said
    assert_nothing_is_left(parts, demo)


def test_a_killed_web_process_is_replaced(demo: Running) -> None:
    workers = demo.part("granian").children()
    workers[0].kill()
    wait_for(lambda: _is_replaced(workers[0], demo), 30, demo)
    assert demo.home_page() == 200
    assert demo.process.poll() is None


def _is_replaced(killed: psutil.Process, running: Running) -> bool:
    # What was sent to the killed one is lost with it, so only a buried one counts.
    children = running.part("granian").children()
    return killed not in children and len(children) == 2


def test_a_killed_launcher_leaves_nothing_behind(demo: Running) -> None:
    parts = demo.parts()
    demo.process.kill()
    demo.wait_for_end()
    assert_nothing_is_left(parts, demo)


def test_a_demo_takes_another_port_when_its_own_is_in_use(demo: Running) -> None:
    port = re.search(r":(\d+)/   \(Ctrl-C", demo.said)
    assert port
    beside = Running(demo.var, "--demo", "--port", port[1]).wait_until_up()
    try:
        assert f"Port {port[1]} is in use; taking " in beside.said
        assert beside.home_page() == 200
    finally:
        beside.process.terminate()
        assert beside.wait_for_end() == 0
    assert demo.home_page() == 200


def test_in_earnest_a_port_in_use_is_an_error_with_a_hint(demo: Running) -> None:
    port = re.search(r":(\d+)/   \(Ctrl-C", demo.said)
    assert port
    beside = Running(demo.var, "--port", port[1])
    assert beside.wait_for_end() == 2
    assert beside.said == (
        f"qorgau: Port {port[1]} of 127.0.0.1 is in use. Choose another: qorgau run --port {int(port[1]) + 1}\n"
    )


def test_a_setting_that_cannot_be_used_is_one_sentence(tmp_path: Path) -> None:
    refused = Running(tmp_path, "--demo", "--port", str(free_port()), QORGAU_QUIET_FROM="nine")
    assert refused.wait_for_end() == 2
    assert refused.said == (
        "qorgau: QORGAU_QUIET_FROM='nine': a whole number is expected, for example QORGAU_QUIET_FROM=21.\n"
    )


def test_an_address_that_this_machine_does_not_have_is_told_as_such(tmp_path: Path) -> None:
    refused = Running(tmp_path, "--demo", QORGAU_BIND="192.0.2.1:8000")
    assert refused.wait_for_end() == 2
    assert "qorgau: QORGAU_BIND='192.0.2.1:8000': this machine has no such address" in refused.said
    assert "Traceback" not in refused.said


@pytest.mark.parametrize(
    ("words", "says"), [(["--port", "99999"], "'99999' is no port"), (["--workers", "0"], "'0': a number from 1 on")]
)
def test_a_number_that_cannot_be_is_told_before_anything_starts(
    words: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(words)
    assert says in capsys.readouterr().err


def test_missing_keys_are_told_with_a_way_to_make_them(tmp_path: Path) -> None:
    refused = Running(tmp_path, "--port", str(free_port()))
    assert refused.wait_for_end() == 2
    assert "qorgau.E001: QORGAU_SECRET_KEY is not set" in refused.said
    assert "qorgau.E002: QORGAU_DATA_KEY is not set" in refused.said
    assert "Traceback" not in refused.said
    assert refused.database() is None


def test_a_database_that_does_not_answer_is_told_without_a_traceback(tmp_path: Path) -> None:
    nowhere = f"postgresql://qorgau@127.0.0.1:{free_port()}/qorgau"
    refused = Running(tmp_path, "--demo", "--port", str(free_port()), DATABASE_URL=nowhere)
    assert refused.wait_for_end() == 2
    assert "qorgau: The database does not let us in: " in refused.said
    assert "Traceback" not in refused.said


def test_a_command_beside_a_running_demo_uses_its_database_and_leaves_it_running(demo: Running) -> None:
    server = demo.database()
    assert command(demo.var, "journal", "verify") == "Every line of the journal holds.\n"
    assert demo.database() == server
    assert demo.home_page() == 200


def test_a_command_alone_starts_the_database_and_stops_it(var: Path) -> None:
    database = EmbeddedPostgres(var / "db", database="qorgau")
    assert database.postmaster() is None
    assert command(var, "journal", "verify") == "Every line of the journal holds.\n"
    assert database.postmaster() is None


def test_help_begins_with_what_starts_everything() -> None:
    assert command(Path("/nowhere"), "help").startswith("qorgau run [--demo]  starts database, web and worker;")
