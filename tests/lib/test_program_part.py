"""A child process that belongs to its parent."""

import os
import subprocess
import sys
import time
from pathlib import Path

import psutil

from qorgau.lib.program_part import Part

STARTS_A_PART_AND_SLEEPS = """
import time
from qorgau.lib.program_part import Part
Part("sleeper", ["sleep", "60"], seconds_to_stop=1).start()
print("started", flush=True)
time.sleep(60)
"""


def python(code: str) -> Part:
    return Part("part", [sys.executable, "-c", code], seconds_to_stop=5)


def wait_until_ended(part: Part) -> None:
    while part.runs():
        time.sleep(0.01)


def wait_until_gone(number: int) -> None:
    deadline = time.monotonic() + 10
    while psutil.pid_exists(number) and psutil.Process(number).status() != "zombie":
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_it_tells_how_it_ended_by_itself() -> None:
    part = python("raise SystemExit(3)")
    part.start()
    wait_until_ended(part)
    assert part.how_it_ended() == "exit code 3"
    assert part.stop() is True


def test_it_tells_what_killed_it() -> None:
    part = python("import os, signal; os.kill(os.getpid(), signal.SIGKILL)")
    part.start()
    wait_until_ended(part)
    assert part.how_it_ended() == "killed by SIGKILL"


def test_it_stops_when_asked() -> None:
    part = Part("sleeper", ["sleep", "60"], seconds_to_stop=5)
    part.start()
    assert part.runs()
    assert part.stop() is True
    assert not part.runs()


def test_one_that_does_not_listen_is_killed(tmp_path: Path) -> None:
    ready = tmp_path / "ready"
    part = Part("stubborn", ["sh", "-c", f"trap '' TERM; touch {ready}; sleep 60; sleep 60"], seconds_to_stop=0.2)
    part.start()
    while not ready.exists():
        time.sleep(0.01)
    assert part.stop() is False
    assert part.how_it_ended() == "killed by SIGKILL"


def test_stopping_one_that_never_started_is_harmless() -> None:
    assert Part("never", ["true"], seconds_to_stop=1).stop() is True


def test_what_a_dead_part_left_running_is_ended_too(tmp_path: Path) -> None:
    note = tmp_path / "number"
    part = Part("parent", ["sh", "-c", f"sleep 60 & echo $! > {note}"], seconds_to_stop=5)
    part.start()
    wait_until_ended(part)
    child = int(note.read_text())
    assert psutil.pid_exists(child)
    part.stop()
    wait_until_gone(child)


def test_it_ends_with_a_parent_that_was_killed() -> None:
    parent = subprocess.Popen(
        [sys.executable, "-c", STARTS_A_PART_AND_SLEEPS],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.getcwd()},
    )
    assert parent.stdout is not None
    assert parent.stdout.readline() == "started\n"
    (child,) = psutil.Process(parent.pid).children()
    parent.kill()
    parent.wait()
    wait_until_gone(child.pid)
