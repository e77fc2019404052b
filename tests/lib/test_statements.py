import pytest
from django.db import OperationalError, connection, transaction

from qorgau.lib.statements import Clause, first_row, with_clauses


def cut_the_connection() -> None:
    """What a restart of the database does to a connection that lies idle."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (process,) = cursor.fetchone()
    with connection.copy().temporary_connection() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [process])


def test_clauses_keep_their_own_numbering() -> None:
    statement, parameters = with_clauses(
        [
            Clause("a", "SELECT $1::int AS x, $2::int AS y", (1, 2)),
            Clause("b", "SELECT x + $1::int AS z FROM a", (10,)),
        ],
        "SELECT y, z FROM a, b",
    )

    assert statement == (
        "WITH a AS (SELECT $1::int AS x, $2::int AS y), b AS (SELECT x + $3::int AS z FROM a) SELECT y, z FROM a, b"
    )
    assert parameters == [1, 2, 10]


@pytest.mark.django_db
def test_a_statement_of_clauses_gives_its_first_row() -> None:
    assert first_row(*with_clauses([Clause("a", "SELECT $1::int AS x", (7,))], "SELECT x FROM a")) == (7,)
    assert first_row("SELECT 1 WHERE false", []) is None


@pytest.mark.django_db(transaction=True)
def test_a_connection_that_died_while_idle_is_opened_anew() -> None:
    cut_the_connection()

    assert first_row("SELECT $1::int", [7]) == (7,)


@pytest.mark.django_db(transaction=True)
def test_a_transaction_whose_connection_died_is_not_begun_again() -> None:
    with pytest.raises(OperationalError), transaction.atomic():
        cut_the_connection()
        first_row("SELECT 1", [])
