"""A mail server and an SMS gateway on free ports of this machine: they note what comes, and answer as told."""

import json
import socketserver
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, cast


@dataclass
class Gateway:
    """An SMS gateway. It takes everything with 200 unless `answers` holds other (status, headers)."""

    address: str = ""
    answers: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    got: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    seconds_to_think: float = 0.0
    body: bytes | None = None
    # From this message on it keeps everybody waiting until it is let go.
    stuck_from: int | None = None
    let_go: threading.Event = field(default_factory=threading.Event)

    @property
    def by_id(self) -> Counter[str]:
        """How often each message came."""
        return Counter(message["id"] for message in self.got)


@dataclass
class MailServer:
    """A mail server. `refusals` are replies to one command each: ("RCPT", "550 no such mailbox")."""

    port: int = 0
    letters: list[EmailMessage] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    refusals: list[tuple[str, str]] = field(default_factory=list)
    connections: int = 0


@contextmanager
def running_gateway() -> Iterator[Gateway]:
    gateway = Gateway()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            message = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            gateway.got.append(message)
            gateway.headers.append(dict(self.headers))
            time.sleep(gateway.seconds_to_think)
            if gateway.stuck_from is not None and len(gateway.got) >= gateway.stuck_from:
                gateway.let_go.wait(60)
            status, headers = gateway.answers.pop(0) if gateway.answers else (200, {})
            body = gateway.body if gateway.body is not None else json.dumps({"id": f"gw-{message['id']}"}).encode()
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """What it got is kept in `got`; the test's output stays clean."""

        def handle(self) -> None:
            try:
                super().handle()
            except (BrokenPipeError, ConnectionResetError):
                """The other side was killed, as the test meant."""

    with _serving(ThreadingHTTPServer(("127.0.0.1", 0), Handler)) as port:
        gateway.address = f"http://127.0.0.1:{port}/send"
        yield gateway


@contextmanager
def running_mail_server() -> Iterator[MailServer]:
    server = MailServer()

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            server.connections += 1
            self.say("220 here")
            while line := self.rfile.readline():
                if not self.answer(line.decode().strip()):
                    return

        def answer(self, line: str) -> bool:
            command = line.split(" ", 1)[0].split(":", 1)[0].upper()
            if server.refusals and server.refusals[0][0] == command:
                reply = server.refusals.pop(0)[1]
                if reply == "hang up":
                    return False
                self.say(reply)
                return not reply.startswith("421")
            if command == "DATA":
                return self.take_letter()
            if command == "RCPT":
                server.recipients.append(line.split("<", 1)[1].split(">", 1)[0])
            self.say("221 bye" if command == "QUIT" else "250 fine")
            return command != "QUIT"

        def take_letter(self) -> bool:
            self.say("354 go on")
            lines = []
            while (line := self.rfile.readline()) not in (b".\r\n", b""):
                lines.append(line[1:] if line.startswith(b"..") else line)
            if server.refusals and server.refusals[0][0] == "LETTER":
                self.say(server.refusals.pop(0)[1])
                return True
            letter = message_from_bytes(b"".join(lines), policy=policy.default)
            server.letters.append(cast(EmailMessage, letter))
            self.say("250 taken")
            return True

        def say(self, reply: str) -> None:
            self.wfile.write(reply.encode() + b"\r\n")

    class Threads(socketserver.ThreadingTCPServer):
        daemon_threads = True

    with _serving(Threads(("127.0.0.1", 0), Handler)) as port:
        server.port = port
        yield server


@contextmanager
def _serving(server: socketserver.TCPServer) -> Iterator[int]:
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield int(server.server_address[1])
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
