"""Our own door behind a real HTTP server on the loopback, for clients that others wrote."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from wsgiref.simple_server import WSGIRequestHandler, make_server

from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import DEFAULT_DB_ALIAS, close_old_connections, connections
from django.test import override_settings


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_: object) -> None:
        """Says nothing."""


@contextmanager
def served() -> Iterator[str]:
    """The address of the door while it is served. The server sees what the test has written and not committed."""
    connection = connections[DEFAULT_DB_ALIAS]
    server = make_server("127.0.0.1", 0, get_wsgi_application(), handler_class=_Quiet)

    def serve() -> None:
        connections[DEFAULT_DB_ALIAS] = connection
        server.serve_forever(poll_interval=0.01)

    thread = threading.Thread(target=serve)
    connection.inc_thread_sharing()
    # A connection within a transaction looks to them as if it had to be closed.
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    thread.start()
    try:
        with override_settings(PUBLIC_ADDRESS=f"http://127.0.0.1:{server.server_port}"):
            yield f"http://127.0.0.1:{server.server_port}/fhir"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)
        connection.dec_thread_sharing()
