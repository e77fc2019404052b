"""How Qorgau's connections differ from Django's: looked at, not asked, before they are used again; and moments are read
by psycopg's own C.
"""

import select
from typing import Any

import psycopg
from django.db.backends.postgresql import base
from psycopg.postgres import types
from psycopg.pq import Format, TransactionStatus

_MOMENTS: Any = psycopg.adapters.get_loader(types["timestamptz"].oid, Format.TEXT)
"""What reads a moment, of which a list has a hundred. Django puts one of Python in its place, which takes six times as
long, so that each connection may have a zone of its own. Ours have UTC, all of them.
"""


class DatabaseWrapper(base.DatabaseWrapper):
    """The backend as Django has it. Its `CONN_HEALTH_CHECKS` would send `SELECT 1` before the first statement of every
    request: a trip for nothing, since a server that stopped, or that took the connection away, has said so on the line.
    """

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """A connection on which moments are read as psycopg reads them: in the zone of the session, which is UTC."""
        connection = super().get_new_connection(conn_params)
        connection.adapters.register_loader("timestamptz", _MOMENTS)
        return connection

    def create_cursor(self, name: str | None = None) -> Any:
        """A cursor, of the server's when it has a name. Django's would look at the zone of each once more."""
        if name is None:
            return self.connection.cursor()
        return self.connection.cursor(name, scrollable=False, withhold=self.connection.autocommit)

    def is_usable(self) -> bool:
        """Whether the connection can be used: nothing is begun on it, and nothing waits on its line. Of any other the
        server is asked."""
        return self._nothing_waits() or super().is_usable()

    def _nothing_waits(self) -> bool:
        if self.connection is None or self.connection.info.transaction_status != TransactionStatus.IDLE:
            return False
        line = select.poll()
        line.register(self.connection.fileno(), select.POLLIN | select.POLLPRI)
        return not line.poll(0)
