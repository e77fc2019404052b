"""A register of another system, as small as it can be: a real HTTP server on the loopback that says what it is told."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Register:
    """What to answer, and what was asked."""

    address: str = ""
    status: int = 200
    body: Any = None
    seconds: float = 0.0
    trickle: bool = False
    asked: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)


@contextmanager
def remote_register() -> Iterator[Register]:
    register = Register()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            register.asked.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            register.headers.append(dict(self.headers))
            time.sleep(register.seconds)
            body = register.body if isinstance(register.body, bytes) else json.dumps(register.body).encode()
            self.send_response(register.status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            try:
                if register.trickle:
                    for place in range(len(body)):
                        self.wfile.write(body[place : place + 1])
                        time.sleep(0.05)
                self.wfile.write(body)
            except OSError:
                self.close_connection = True

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    register.address = f"http://127.0.0.1:{server.server_port}/fhir"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield register
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
