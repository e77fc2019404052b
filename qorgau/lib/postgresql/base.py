"""A connection that is kept from request to request is looked at, not asked, before it is used again."""

import select

from django.db.backends.postgresql import base
from psycopg.pq import TransactionStatus


class DatabaseWrapper(base.DatabaseWrapper):
    """The backend as Django has it. Its `CONN_HEALTH_CHECKS` would send `SELECT 1` before the first statement of every
    request: a trip for nothing, since a server that stopped, or that took the connection away, has said so on the line.
    """

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
