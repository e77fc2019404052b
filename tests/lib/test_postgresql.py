"""How a connection that is kept shows that it is still there, and how moments come through it."""

from datetime import datetime, timedelta, timezone

import psycopg
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

pytestmark = pytest.mark.django_db(transaction=True)


def _from_outside(statement: str, *values: object) -> None:
    with psycopg.connect(**_login(), autocommit=True) as other:
        other.execute(statement, values)


def _login() -> dict[str, object]:
    given = connection.get_connection_params()
    return {key: given[key] for key in ("host", "port", "user", "password", "dbname") if given.get(key)}


def test_a_connection_that_is_there_is_used_without_asking_the_server() -> None:
    connection.ensure_connection()
    with CaptureQueriesContext(connection) as asked:
        assert connection.is_usable()
    assert len(asked) == 0


def test_a_connection_that_the_server_took_away_cannot_be_used() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (process,) = cursor.fetchone()
    _from_outside("SELECT pg_terminate_backend(%s, 5000)", process)
    assert not connection.is_usable()
    connection.close()


def test_a_message_of_the_server_does_no_harm() -> None:
    with connection.cursor() as cursor:
        cursor.execute("LISTEN something")
    _from_outside("NOTIFY something")
    for _ in range(100):
        if not connection._nothing_waits():
            break
    assert connection.is_usable()
    with connection.cursor() as cursor:
        cursor.execute("UNLISTEN something")


def test_a_connection_on_which_a_transaction_failed_cannot_be_used() -> None:
    connection.ensure_connection()
    with connection.connection.cursor() as cursor:
        cursor.execute("BEGIN")
        with pytest.raises(psycopg.errors.DivisionByZero):
            cursor.execute("SELECT 1 / 0")
    assert not connection.is_usable()
    connection.close()


def test_a_connection_that_was_closed_cannot_be_used() -> None:
    connection.ensure_connection()
    connection.connection.close()
    assert not connection.is_usable()
    connection.close()


def test_a_moment_comes_back_as_it_was_and_in_utc() -> None:
    was = datetime(2026, 3, 29, 23, 59, 59, 123456, tzinfo=timezone(timedelta(hours=5)))
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::timestamptz, NULL::timestamptz", [was])
        came_back, nothing = cursor.fetchone()
    assert came_back == was
    assert came_back.isoformat() == "2026-03-29T18:59:59.123456+00:00"
    assert nothing is None


def test_rows_come_through_a_cursor_of_the_server_too() -> None:
    with connection.chunked_cursor() as cursor:
        cursor.execute("SELECT generate_series(1, 3)")
        assert cursor.fetchmany(2) == [(1,), (2,)]
        assert cursor.fetchall() == [(3,)]
