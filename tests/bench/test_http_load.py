"""The load generator counts what it should: good answers, wrong ones, each request once and in order."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from bench.http_load import load

GOOD = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"
WRONG = b"HTTP/1.1 500 Oh\r\nContent-Length: 0\r\n\r\n"


@contextmanager
def server(answer_to: dict[bytes, bytes]) -> Iterator[tuple[int, list[bytes]]]:
    """A server for one client that gives its answers in two pieces; its port, and what it was asked."""
    asked: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            connection, _ = listening.accept()
            with connection:
                while request := connection.recv(1000):
                    asked.append(request)
                    answer = answer_to[request]
                    connection.sendall(answer[:20])
                    connection.sendall(answer[20:])

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield listening.getsockname()[1], asked
        thread.join(5)


def test_good_and_wrong_answers_are_told_apart() -> None:
    requests = [b"one", b"two", b"three"]
    with server({b"one": GOOD, b"two": WRONG, b"three": GOOD}) as (port, asked):
        measured = load(port, requests, wanted=b"HTTP/1.1 200", clients=1, seconds=60)
    assert asked == requests
    assert len(measured.took) == 2
    assert measured.errors == ["HTTP/1.1 500 Oh\r\nContent-Length: 0\r\n\r\n"]


def test_no_request_is_sent_when_the_time_is_over() -> None:
    with server({b"one": GOOD}) as (port, asked):
        measured = load(port, [b"one", b"one"], wanted=b"HTTP/1.1 200", clients=1, seconds=0)
    assert asked == [b"one"]
    assert len(measured.took) == 1
