"""Several kept queries in one trip to the database.

A page of many parts asks twenty small questions, each in the place where its part is made. Each trip costs more than
its answer: the thread waits, gives up the processor and gets it back when others are done. So a page may name the
questions that it will ask in any case; they are sent together, and each place finds its answer already there.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections

from qorgau.lib.held_pipeline import held_pipeline
from qorgau.lib.kept_queries import KeptQuery
from qorgau.lib.written_statement import WrittenStatement


class ReadTogether:
    """Questions that belong to one page."""

    def __init__(
        self, *queries: KeptQuery[Any] | WrittenStatement, known: Mapping[KeptQuery[Any], list[Any]] | None = None
    ) -> None:
        """`known` are those whose rows are known already: they are answered and not asked."""
        self._queries = queries
        self._known = known or {}

    @contextmanager
    def of(self, **values: Any) -> Iterator[None]:
        """Ask all of them, each with those of the values that it needs.

        Within, whoever asks one of them with the same values gets rows of this moment. Asked with other values it goes
        to the database as ever, and so does everything afterwards.
        """
        statements = [statement for query in self._queries if (statement := query.statement()).text]
        unasked = [(query.statement(), rows) for query, rows in self._known.items()]
        asked = [{name: values[name] for name in statement.names} for statement in statements]
        connection = connections[DEFAULT_DB_ALIAS]
        connection.ensure_connection()
        cursors = [connection.cursor() for _ in statements]
        with connection.wrap_database_errors, held_pipeline(connection.connection):
            for statement, cursor, needed in zip(statements, cursors, asked, strict=True):
                cursor.execute(statement.text, statement.parameters(needed))
        answers = [cursor.fetchall() for cursor in cursors]
        try:
            for statement, needed, rows in zip(statements, asked, answers, strict=True):
                statement.answered(needed, rows)
            for statement, rows in unasked:
                statement.answered({name: values[name] for name in statement.names}, rows)
            yield
        finally:
            for statement in (*statements, *(statement for statement, _ in unasked)):
                statement.forget_answer()
