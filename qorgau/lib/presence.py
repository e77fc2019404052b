"""Who is at work: a process that claims rows is known to live by a lock of the database, which ends with the process.

A claim says by whom and until when. When its process is killed, the database notices at once that its connection is
gone, and whoever looks next frees what it had claimed, without waiting for the time to run out.
"""

import secrets
from threading import Lock
from typing import Any, cast

import psycopg
from django.db import connection
from psycopg import sql

_LIVING = 20_264_207
"""The first key of these advisory locks; the second is the number of the process."""
_PARAMETERS = ("dbname", "user", "password", "host", "port", "sslmode", "sslrootcert")

_FREE = """
UPDATE {table} SET claimed_until = NULL, claimed_by = NULL, attempts = attempts - 1
WHERE claimed_by IS NOT NULL AND NOT EXISTS (
    SELECT FROM pg_locks AS l JOIN pg_database AS d ON d.oid = l.database AND d.datname = current_database()
    WHERE l.locktype = 'advisory' AND l.objsubid = 2 AND l.classid = %s AND l.objid = claimed_by
)
"""


class Presence:
    """One process at work, under a ``number`` to claim by. It holds a connection of its own until it is closed."""

    def __init__(self) -> None:
        self.number = 1 + secrets.randbelow(2**31 - 1)
        self._connection: psycopg.Connection[Any] | None = None
        self._one_at_a_time = Lock()

    def free_what_the_dead_claimed(self, *tables: str) -> int:
        """Be known to live, and free the claims of those who do not any more; how many that were.

        The tables have the columns ``claimed_by``, ``claimed_until`` and ``attempts``: one that was cut off does not
        count. Raises psycopg.Error when the database cannot be asked; the next call begins anew.
        """
        with self._one_at_a_time:
            try:
                known = self._connection or self._begin()
                return sum(known.execute(_statement(table), [_LIVING]).rowcount for table in tables)
            except psycopg.Error:
                self._end()
                raise

    def close(self) -> None:
        """Gone: what is still claimed is free."""
        with self._one_at_a_time:
            self._end()

    def _begin(self) -> psycopg.Connection[Any]:
        self._connection = psycopg.connect(**address(), autocommit=True)
        self._connection.execute("SELECT pg_advisory_lock(%s, %s)", [_LIVING, self.number])
        return self._connection

    def _end(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def address() -> dict[str, Any]:
    """Where the database of Django is, for a connection of its own beside Django's."""
    known = connection.get_connection_params()
    return {name: known[name] for name in _PARAMETERS if known.get(name)}


def _statement(table: str) -> sql.Composed:
    return sql.SQL(cast(Any, _FREE)).format(table=sql.Identifier(table))
