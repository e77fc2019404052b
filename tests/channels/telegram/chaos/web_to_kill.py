"""The web process that Telegram delivers to, to be killed (`dying.py`); "ready PORT" says where it listens.

    python -m tests.channels.telegram.chaos.web_to_kill LOG

The socket outlives every child, as behind a server that starts a worker anew: who comes between two of them waits.
"""

import socket
import sys
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

import django

django.setup()

from django.core.wsgi import get_wsgi_application  # noqa: E402 - applications are there now
from django.db import connections  # noqa: E402
from django.urls import resolve  # noqa: E402

from tests.channels.telegram.chaos.dying import have_children  # noqa: E402

HOST = "appeals.example.kz"


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        try:
            super().process_request_thread(request, client_address)
        finally:
            connections.close_all()


def main() -> None:
    listening = socket.create_server(("127.0.0.1", 0), backlog=128)
    port: int = listening.getsockname()[1]
    application = get_wsgi_application()
    resolve("/telegram/webhook", "qorgau.channels.telegram.urls")
    connections.close_all()

    def behind_a_proxy(environ: dict[str, Any], start: Any) -> Any:
        return application({**environ, "HTTP_HOST": HOST, "wsgi.url_scheme": "https"}, start)

    def be_the_web() -> None:
        server = _Server(("127.0.0.1", port), WSGIRequestHandler, bind_and_activate=False)
        server.socket.close()
        server.socket = listening
        server.server_name, server.server_port = HOST, port
        server.setup_environ()
        server.set_app(behind_a_proxy)
        server.serve_forever(poll_interval=0.1)

    have_children(be_the_web, log=sys.argv[1], ready=str(port))


if __name__ == "__main__":
    main()
