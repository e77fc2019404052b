"""Long statements with numbered parameters, sent as they stand.

psycopg rewrites `%s` placeholders, and forgets the result for statements of over 4,096 characters or fifty parameters;
with PostgreSQL's own `$1`, `$2`, … there is nothing to rewrite, and the server keeps the plan all the same.
"""

from collections.abc import Sequence
from typing import Any, cast

from django.db import connection
from psycopg import RawCursor


def one_row(statement: str, parameters: Sequence[Any]) -> tuple[Any, ...]:
    """Run a statement that gives one row. Errors come as Django's own (`IntegrityError` and so on)."""
    connection.ensure_connection()
    with connection.wrap_database_errors, RawCursor(connection.connection) as cursor:
        cursor.execute(cast(Any, statement), parameters)
        row = cursor.fetchone()
    if row is None:
        raise LookupError("the statement gave no row")
    return row
