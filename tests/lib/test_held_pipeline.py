"""Statements that are sent all at once."""

from typing import Any

import pytest
from django.db import IntegrityError, connection
from psycopg import Connection

from qorgau.lib.held_pipeline import held_pipeline
from qorgau.lib.read_together import ReadTogether
from qorgau.lib.written_statement import WrittenStatement


@pytest.mark.django_db
def test_rows_are_those_of_each_statement_in_its_order() -> None:
    cursors = [connection.cursor() for _ in range(20)]
    with held_pipeline(connection.connection):
        for number, cursor in enumerate(cursors):
            cursor.execute("SELECT generate_series(1, %s)", [number])
    assert [len(cursor.fetchall()) for cursor in cursors] == list(range(20))


@pytest.mark.django_db
def test_nothing_is_looked_at_on_the_line_until_all_are_given(monkeypatch: pytest.MonkeyPatch) -> None:
    connection.ensure_connection()
    looks: list[str] = []
    poll = Connection.wait

    def counted(self: Connection[Any], generator: Any, *args: Any, **named: Any) -> Any:
        looks.append(generator.__name__)
        return poll(self, _noting(generator, looks), *args, **named)

    monkeypatch.setattr(Connection, "wait", counted)
    with held_pipeline(connection.connection):
        looks.clear()
        for number in range(20):
            connection.cursor().execute("SELECT %s", [number])
        assert "looked" not in looks
    assert looks.count("looked") < 20


def _noting(generator: Any, looks: list[str]) -> Any:
    """The same generator, noting each time that it has the line looked at."""
    ready = None
    while True:
        try:
            wanted = generator.send(ready)
        except StopIteration as done:
            return done.value
        looks.append("looked")
        ready = yield wanted


@pytest.mark.django_db(transaction=True)
def test_where_one_fails_nothing_of_the_others_is_kept_and_the_error_is_djangos() -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE once (word text UNIQUE)")
    try:
        first = WrittenStatement("INSERT INTO once VALUES (%s) RETURNING word", "word")
        again = WrittenStatement("INSERT INTO once VALUES (%s) RETURNING word", "word")
        with pytest.raises(IntegrityError), ReadTogether(first, again).of(word="қорғау"):
            pytest.fail("the page is not made")
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM once")
            assert cursor.fetchone() == (0,)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE once")
