"""The other side of our notices, on the loopback: an SMS gateway and a mail server that remember what came."""

import json
import socketserver
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_string
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Received:
    """Every message by its name outside: the moments at which it was taken, in seconds since 1970."""

    taken: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    _alone: threading.Lock = field(default_factory=threading.Lock)

    def take(self, name: str) -> bool:
        """Write it down; whether it came for the first time."""
        with self._alone:
            self.taken[name].append(time.time())
            return len(self.taken[name]) == 1


@contextmanager
def sms_gateway() -> Iterator[tuple[str, Received]]:
    """The address of a gateway that takes every message once and answers 409 to a repeat."""
    received = Received()

    class Gateway(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            content = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            assert content["id"] == self.headers["Idempotency-Key"]
            is_new = received.take(content["id"])
            reply = json.dumps({"id": content["id"]}).encode()
            self.send_response(200 if is_new else 409)
            self.send_header("Content-Length", str(len(reply)))
            self.end_headers()
            self.wfile.write(reply)

        def log_message(self, *_: object) -> None:
            """Nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Gateway) as server, _serving(server):
        yield f"http://127.0.0.1:{server.server_address[1]}/", received


@contextmanager
def mail_server() -> Iterator[tuple[int, Received]]:
    """The port of a mail server that takes every letter, known by its Message-ID."""
    received = Received()

    class Session(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self._say("220 ready")
            while line := self.rfile.readline():
                word = line[:4].upper()
                if word == b"DATA":
                    self._say("354 go on")
                    letter = self._letter()
                    received.take(letter["Message-ID"])
                    self._say("250 taken")
                elif word == b"QUIT":
                    self._say("221 bye")
                    return
                else:
                    self._say("250 yes")

        def _letter(self):  # type: ignore[no-untyped-def]
            lines = []
            while (line := self.rfile.readline()) not in (b".\r\n", b""):
                lines.append(line.decode())
            return message_from_string("".join(lines))

        def _say(self, words: str) -> None:
            self.wfile.write(f"{words}\r\n".encode())

    class Server(socketserver.ThreadingTCPServer):
        allow_reuse_address = True
        daemon_threads = True

    with Server(("127.0.0.1", 0), Session) as server, _serving(server):
        yield server.server_address[1], received


@contextmanager
def _serving(server: socketserver.BaseServer) -> Iterator[None]:
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
