"""Web servers as `qorgau run` starts them, each on a port of its own, for our application and for bare ones."""

import http.client
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager

from qorgau.launcher import web

WORKERS = 2
_SECONDS_TO_ANSWER = 60


@contextmanager
def server(application: str, *, first_page: str) -> Iterator[int]:
    """The port of a server of this WSGI application ("module:name"), for as long as it is needed."""
    port = _free_port()
    part = web("127.0.0.1", port, workers=WORKERS, application=application)
    part.start()
    try:
        _wait(port, first_page)
        yield port
    finally:
        part.stop()


def _wait(port: int, page: str) -> None:
    ends = time.monotonic() + _SECONDS_TO_ANSWER
    while True:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_SECONDS_TO_ANSWER)
            connection.request("GET", page)
            status = connection.getresponse().status
        except OSError:
            if time.monotonic() > ends:
                raise
            time.sleep(0.05)
            continue
        assert status < 500, f"the server answers {status} to {page}"
        return


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
