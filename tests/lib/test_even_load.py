"""Requests spread over the processes of a server. Two applications here stand for two processes."""

import sys
import threading
import time
from collections.abc import Callable, Iterable
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest

from qorgau.lib import even_load
from qorgau.lib.even_load import EvenLoad
from qorgau.lib.program_part import Part
from tests.free_port import free_port


class Desk:
    """An application in which requests stay until they are let go, and the one that asks last comes back at once."""

    def __init__(self, file: Path) -> None:
        self.application = EvenLoad(self._answer, file)
        self._let_go = threading.Event()
        self._busy: list[threading.Thread] = []

    def _answer(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if environ.get("stays"):
            environ["came"].set()
            assert self._let_go.wait(10)
        start_response("200 OK", [("Content-Length", "0")])
        return []

    def takes(self, requests: int) -> None:
        """Have so many requests in hand."""
        for _ in range(requests):
            came = threading.Event()
            environ = {"stays": True, "came": came}
            self._busy.append(threading.Thread(target=self.application, args=(environ, lambda *_: None)))
            self._busy[-1].start()
            assert came.wait(10)

    def is_through(self) -> None:
        self._let_go.set()
        for thread in self._busy:
            thread.join(10)
        self._busy.clear()

    def ends_the_connection(self) -> bool:
        """Whether one more request is answered so."""
        told: list[tuple[str, str]] = []
        self.application({}, lambda _status, headers: told.extend(headers))
        assert ("Content-Length", "0") in told
        return ("Connection", "close") in told


def test_whoever_has_clearly_more_in_hand_than_another_ends_connections(tmp_path: Path) -> None:
    one, other = Desk(tmp_path / "load"), Desk(tmp_path / "load")
    assert not one.ends_the_connection()
    one.takes(1)
    assert one.ends_the_connection()
    assert not other.ends_the_connection()
    other.takes(1)
    assert not one.ends_the_connection()
    one.is_through()
    assert other.ends_the_connection()
    other.is_through()
    assert not other.ends_the_connection()


def test_a_process_alone_keeps_its_connections(tmp_path: Path) -> None:
    one = Desk(tmp_path / "load")
    one.takes(3)
    assert not one.ends_the_connection()
    one.is_through()


def test_an_error_leaves_nothing_in_hand(tmp_path: Path) -> None:
    def breaks(_environ: dict[str, Any], _start: Callable[..., Any]) -> Iterable[bytes]:
        raise ZeroDivisionError

    one, other = EvenLoad(breaks, tmp_path / "load"), Desk(tmp_path / "load")
    with pytest.raises(ZeroDivisionError):
        one({}, lambda *_: None)
    other.takes(1)
    assert other.ends_the_connection(), "the other one has nothing to do"
    other.is_through()


def test_what_a_server_says_that_is_gone_is_not_heard(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    EvenLoad(lambda *_: [], tmp_path / "load")
    monkeypatch.setattr(even_load.os, "getppid", lambda: 1)
    one = Desk(tmp_path / "load")
    one.takes(2)
    assert not one.ends_the_connection()
    one.is_through()


def test_a_process_that_died_is_waited_for_by_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one = Desk(tmp_path / "load")
    for _ in range(2):
        EvenLoad(lambda *_: [], tmp_path / "load")  # both have nothing in hand, and die so
    in_the_order_of_places = iter([True, False, False])
    monkeypatch.setattr(even_load, "_lives", lambda process: bool(process) and next(in_the_order_of_places))
    other = Desk(tmp_path / "load")
    one.takes(2)
    other.takes(2)
    assert not one.ends_the_connection(), "nobody has less in hand"
    one.is_through()
    other.is_through()


def test_the_place_of_a_process_that_died_is_taken_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(even_load, "_PLACES", 1)
    EvenLoad(lambda *_: [], tmp_path / "load")
    late = EvenLoad(lambda *_: [], tmp_path / "load")
    assert late._place is None, "all places are taken"
    late({}, lambda *_: None)
    monkeypatch.setattr(even_load, "_lives", lambda process: False)
    assert EvenLoad(lambda *_: [], tmp_path / "load")._place == 0


def test_granian_ends_the_connection_when_it_is_told_to(tmp_path: Path) -> None:
    (tmp_path / "ending.py").write_text(
        "def application(environ, start_response):\n"
        "    ends = [('Connection', 'close')] if environ['PATH_INFO'] == '/ends' else []\n"
        "    start_response('200 OK', [('Content-Length', '2'), *ends])\n"
        "    return [b'ok']\n"
    )
    port = free_port()
    command = [sys.executable, "-m", "granian", "ending:application", "--interface", "wsgi", "--port", str(port)]
    server = Part("server", [*command, "--working-dir", str(tmp_path), "--log-level", "critical"], seconds_to_stop=10)
    server.start()
    try:
        connection = _once_it_listens(port)
        for path, ends in (("/", False), ("/ends", True)):
            connection.request("GET", path)
            answer = connection.getresponse()
            assert (answer.read(), answer.will_close) == (b"ok", ends)
    finally:
        server.stop()


def _once_it_listens(port: int) -> HTTPConnection:
    ends = time.monotonic() + 20
    while True:
        try:
            connection = HTTPConnection("127.0.0.1", port, timeout=10)
            connection.connect()
        except OSError:
            assert time.monotonic() < ends, "the server does not listen"
            time.sleep(0.05)
        else:
            return connection
