"""The bare web: the same server as ours with applications of a few lines, without Django or anything of ours."""

import threading
from collections.abc import Iterable
from typing import Any
from urllib.parse import parse_qs

import psycopg

from bench.bare import connect

_PAGE = b"hello"
_mine = threading.local()


def hello(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """Five letters."""
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(_PAGE)))])
    return [_PAGE]


def two_inserts(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """Read a form, write a person and what they said in one transaction, lead to another page."""
    if environ["REQUEST_METHOD"] != "POST":
        return hello(environ, start_response)
    said = parse_qs(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])).decode())
    connection = _connection()
    with connection.transaction():
        row = connection.execute(
            "INSERT INTO bench_person (surname, phone) VALUES (%s, %s) RETURNING id",
            [said["surname"][0], said["phone"][0]],
        ).fetchone()
        assert row
        connection.execute(
            "INSERT INTO bench_said (person_id, delivery_key, text) VALUES (%s, %s, %s)",
            [row[0], said["delivery"][0], said["text"][0]],
        )
    start_response("302 Found", [("Location", "/"), ("Content-Length", "0")])
    return []


def prepare() -> None:
    """The two tables."""
    with connect() as connection:
        connection.execute(
            "CREATE TABLE IF NOT EXISTS bench_person "
            "(id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, surname text, phone text)"
        )
        connection.execute(
            "CREATE TABLE IF NOT EXISTS bench_said (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, "
            "person_id bigint REFERENCES bench_person, delivery_key text UNIQUE, text text)"
        )


def kept() -> int:
    """How many forms are in the database."""
    with connect() as connection:
        row = connection.execute("SELECT count(*) FROM bench_said").fetchone()
        assert row
        return int(row[0])


def _connection() -> psycopg.Connection:
    if not hasattr(_mine, "connection"):
        _mine.connection = connect()
    return _mine.connection
