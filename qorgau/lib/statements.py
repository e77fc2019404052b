"""Long statements with numbered parameters, sent as they stand, and put together from clauses.

psycopg rewrites `%s` placeholders, and forgets the result for statements of over 4,096 characters or fifty parameters;
with PostgreSQL's own `$1`, `$2`, … there is nothing to rewrite, and the server keeps the plan all the same.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, cast

from django.db import DEFAULT_DB_ALIAS, InterfaceError, OperationalError, connection, connections
from psycopg import RawCursor

_PARAMETER = re.compile(r"\$(\d+)")


@dataclass(frozen=True, slots=True)
class Clause:
    """One part of a `WITH`: its name, its text with parameters numbered from `$1`, and their values."""

    name: str
    text: str
    parameters: tuple[Any, ...]


def with_clauses(clauses: Sequence[Clause], result: str) -> tuple[str, list[Any]]:
    """One statement of all clauses in their order and a result, with the parameters of all of them."""
    shape = tuple((clause.name, clause.text, len(clause.parameters)) for clause in clauses)
    return _joined(shape, result), [value for clause in clauses for value in clause.parameters]


@lru_cache(maxsize=64)
def _joined(shape: tuple[tuple[str, str, int], ...], result: str) -> str:
    parts, shift = [], 0
    for name, text, count in shape:
        shifted = _PARAMETER.sub(lambda found, by=shift: f"${int(found[1]) + by}", text)  # type: ignore[misc]
        parts.append(f"{name} AS ({shifted})")
        shift += count
    return f"WITH {', '.join(parts)} {result}"


def first_row(statement: str, parameters: Sequence[Any]) -> tuple[Any, ...] | None:
    """Run a statement; its first row, or None. Errors come as Django's own (`IntegrityError` and so on).

    A connection that died while it lay idle (the database was restarted) is opened anew and the statement sent once
    more, unless it is part of a transaction. So a statement that writes must be safe to repeat, by a unique key.
    """
    try:
        return _run(statement, parameters)
    except (OperationalError, InterfaceError):
        if connection.in_atomic_block or connection.is_usable():
            raise
        connection.close()
        return _run(statement, parameters)


def all_rows(statement: str, parameters: Sequence[Any]) -> list[tuple[Any, ...]]:
    """Run a statement; all its rows. Errors come as Django's own. It is sent once: what breaks is for the caller."""
    ours = connections[DEFAULT_DB_ALIAS]
    ours.ensure_connection()
    with ours.wrap_database_errors, RawCursor(ours.connection) as cursor:
        cursor.execute(cast(Any, statement), parameters)
        return cursor.fetchall()


def _run(statement: str, parameters: Sequence[Any]) -> tuple[Any, ...] | None:
    ours = connections[DEFAULT_DB_ALIAS]  # looked up once: `connection` looks it up at every use
    ours.ensure_connection()
    with ours.wrap_database_errors, RawCursor(ours.connection) as cursor:
        cursor.execute(cast(Any, statement), parameters)
        return cursor.fetchone()
