"""A load generator that costs little: a few keep-alive connections, requests made beforehand, one thread, one `select`.

Each client sends its next request as soon as it has the answer to the last one. Only as much of the answer is read as
is needed to know where it ends and whether it is the one that was wanted.
"""

import gc
import select
import socket
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bench.figures import Round

_SECONDS_WITHOUT_ANSWER = 10.0


@dataclass(slots=True)
class _Client:
    connection: socket.socket
    received: bytearray = field(default_factory=bytearray)
    answer_ends: int = 0
    asked_at: float = 0.0
    connection_ends: bool = False


def load(port: int, requests: Sequence[bytes], *, wanted: bytes, clients: int, seconds: float) -> Round:
    """Send the requests in their order for so long; answers that do not begin with `wanted` count as errors.

    `wanted` is the start of the answer: b"HTTP/1.1 200". When the requests run out, the round ends early. Every
    request that was sent is answered before this returns.
    """
    with _Loop(port, clients) as loop:
        gc.collect()
        gc.disable()
        try:
            return loop.run(iter(requests), wanted, seconds)
        finally:
            gc.enable()


class _Loop:
    def __init__(self, port: int, clients: int) -> None:
        self._port = port
        self._poll = select.epoll()
        self._clients: dict[int, _Client] = {}
        for _ in range(clients):
            self._connect()

    def __enter__(self) -> "_Loop":
        return self

    def __exit__(self, *_: object) -> None:
        for client in self._clients.values():
            client.connection.close()
        self._poll.close()

    def run(self, requests: Iterator[bytes], wanted: bytes, seconds: float) -> Round:
        took: list[float] = []
        errors: list[str] = []
        started = time.perf_counter()
        ends = started + seconds
        waiting = 0
        for client in list(self._clients.values()):
            waiting += self._ask(client, requests)
        now = started
        while waiting:
            ready = self._poll.poll(_SECONDS_WITHOUT_ANSWER)
            if not ready:
                errors.append(f"{waiting} requests had no answer in {_SECONDS_WITHOUT_ANSWER:.0f} seconds")
                break
            for number, _ in ready:
                client = self._clients[number]
                if not self._read(client):
                    continue
                now = time.perf_counter()
                if client.received.startswith(wanted):
                    took.append(now - client.asked_at)
                else:
                    errors.append(bytes(client.received[:200]).decode(errors="replace"))
                del client.received[: client.answer_ends]
                client.answer_ends = 0
                waiting -= 1
                if now < ends:
                    waiting += self._ask(client, requests)
        return Round(took, now - started, errors)

    def _connect(self) -> None:
        self._keep(_Client(_connection_to(self._port)))

    def _connect_anew(self, client: _Client) -> None:
        """As browsers do when an answer said that its connection ends; the time it takes counts."""
        self._forget(client)
        client.connection, client.connection_ends = _connection_to(self._port), False
        self._keep(client)

    def _keep(self, client: _Client) -> None:
        self._clients[client.connection.fileno()] = client
        self._poll.register(client.connection.fileno(), select.EPOLLIN)

    def _forget(self, client: _Client) -> None:
        self._poll.unregister(client.connection.fileno())
        del self._clients[client.connection.fileno()]
        client.connection.close()

    def _ask(self, client: _Client, requests: Iterator[bytes]) -> int:
        request = next(requests, None)
        if request is None:
            return 0
        client.asked_at = time.perf_counter()
        if client.connection_ends:
            self._connect_anew(client)
        client.connection.sendall(request)
        return 1

    def _read(self, client: _Client) -> bool:
        """Take what has come; true when the answer is complete."""
        piece = client.connection.recv(262_144)
        if not piece and client.connection_ends:
            self._poll.unregister(client.connection.fileno())  # it is through with its work
            return False
        if not piece:
            raise ConnectionError(f"The server closed the connection after: {bytes(client.received[:200])!r}")
        client.received += piece
        if not client.answer_ends:
            head_ends = client.received.find(b"\r\n\r\n")
            if head_ends < 0:
                return False
            head = bytes(client.received[:head_ends]).lower()
            client.answer_ends = head_ends + 4 + _length(head)
            client.connection_ends = b"\r\nconnection: close" in head
        return len(client.received) >= client.answer_ends


def _connection_to(port: int) -> socket.socket:
    connection = socket.create_connection(("127.0.0.1", port))
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return connection


def _length(head: bytes) -> int:
    """Of the body that follows this head. Everything we measure says how long its answers are."""
    _, found, rest = head.partition(b"\r\ncontent-length:")
    if not found:
        raise ValueError(f"An answer does not say how long it is: {head[:300]!r}")
    return int(rest.partition(b"\r\n")[0])
