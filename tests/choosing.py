"""Which files a run reads and which of their tests it takes.

Every worker reads all files of a run before its first test, which takes longer than a test of a minute may; so what
the marks of a run (`-m`) leave out is not even read.
"""

from pathlib import Path

import pytest

from tests.slow import is_slow

_OF_THEIR_OWN_RUN = ("journey", "kill")
_DATABASE = {"db", "transactional_db", "qorgau"}
"""The fixtures by which a test, or what it builds on, comes to a database: pytest-django's, and an installation."""


def is_left_out(path: Path, marks: str) -> bool:
    """Whether a run with these marks (`-m`) takes nothing of this file."""
    if not path.name.startswith("test_"):
        return False
    if "not slow" in marks and is_slow(path):
        return True
    for mark in _OF_THEIR_OWN_RUN:
        written = f"pytest.mark.{mark}"
        if marks == mark and written not in path.read_text():
            return True
        if f"not {mark}" in marks and f"pytestmark = {written}\n" in path.read_text():
            return True
    return False


def asks_the_database(test: pytest.Item) -> bool:
    """Whether it may: without a mark or a fixture that says so, pytest-django lets no test come to the database."""
    names = set(getattr(test, "fixturenames", ()))
    return test.get_closest_marker("django_db") is not None or not _DATABASE.isdisjoint(names)
