"""The bare machine: what PostgreSQL does for a few lines of psycopg, without anything of ours."""

import os
from itertools import count
from random import Random

import psycopg
from django.conf import settings

from bench.crew import Work

ROWS_TO_SELECT = 10_000
_TABLE = "CREATE TABLE bench_bare (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, text text NOT NULL)"
_TEXT = "Терапевт отказался принять без объяснения причин. " * 4
_serial = count(os.getpid())


def prepare() -> None:
    """A table of one column, with rows to look for."""
    with connect() as connection:
        connection.execute(_TABLE)
        connection.execute(
            "INSERT INTO bench_bare (text) SELECT %s FROM generate_series(1, %s)", [_TEXT, ROWS_TO_SELECT]
        )


def connect() -> psycopg.Connection:
    return psycopg.connect(settings.DATABASE_URL, autocommit=True, prepare_threshold=1)


def insert() -> Work:
    """One row, one commit."""
    connection = connect()

    def work() -> None:
        connection.execute("INSERT INTO bench_bare (text) VALUES (%s)", [_TEXT])

    return work


def select() -> Work:
    """One row by its key."""
    connection = connect()
    random = Random(next(_serial))

    def work() -> None:
        row = connection.execute(
            "SELECT id, text FROM bench_bare WHERE id = %s", [random.randrange(1, ROWS_TO_SELECT)]
        ).fetchone()
        assert row

    return work
