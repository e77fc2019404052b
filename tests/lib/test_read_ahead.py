"""Reading that goes on while what was read is in use."""

import threading
from collections.abc import Generator

import pytest
from django.db import connection
from django.utils.translation import get_language, override

from qorgau.lib.read_ahead import read_ahead


def threads() -> set[str]:
    return {thread.name for thread in threading.enumerate() if thread.name.startswith("reader")}


class Reading:
    """Numbers, and how far their reading has come."""

    def __init__(self, *, to: int = 5, breaks_at: int | None = None) -> None:
        self._to, self._breaks_at = to, breaks_at
        self.read: list[int] = []
        self.thread = ""
        self.one_more = threading.Semaphore(0)
        self.closed_in = ""

    def numbers(self) -> Generator[int, None, None]:
        try:
            for number in range(self._to):
                if number == self._breaks_at:
                    raise LookupError(number)
                self.thread = threading.current_thread().name
                self.read.append(number)
                self.one_more.release()
                yield number
        finally:
            self.closed_in = threading.current_thread().name


def test_everything_comes_in_its_order_and_is_read_in_another_thread() -> None:
    reading = Reading(to=100)
    with read_ahead(reading.numbers(), named="reader") as numbers:
        assert list(numbers) == list(range(100))
    assert reading.thread.startswith("reader")
    assert reading.closed_in == reading.thread
    assert threads() == set()


def test_nothing_to_read_gives_nothing() -> None:
    with read_ahead(Reading(to=0).numbers(), named="reader") as numbers:
        assert list(numbers) == []


def test_the_next_one_is_read_while_one_is_in_use_and_none_after_it() -> None:
    reading = Reading()
    with read_ahead(reading.numbers(), named="reader") as numbers:
        for number in numbers:
            ahead = min(number + 1, 4)
            while len(reading.read) <= ahead:
                assert reading.one_more.acquire(timeout=10)
            assert reading.read == list(range(ahead + 1))


def test_nothing_is_read_before_the_first_is_wanted() -> None:
    reading = Reading()
    with read_ahead(reading.numbers(), named="reader"):
        pass
    assert reading.read == []
    assert threads() == set()


def test_what_goes_wrong_while_reading_is_raised_where_the_thing_would_have_come() -> None:
    came = []
    with (
        pytest.raises(LookupError, match="2"),
        read_ahead(Reading(breaks_at=2).numbers(), named="reader") as numbers,
    ):
        came.extend(numbers)
    assert came == [0, 1]
    assert threads() == set()


def test_what_goes_wrong_with_one_ends_the_reading_of_the_next() -> None:
    reading = Reading()
    with pytest.raises(ZeroDivisionError), read_ahead(reading.numbers(), named="reader") as numbers:
        next(numbers)
        raise ZeroDivisionError
    assert reading.read == [0, 1]
    assert reading.closed_in == reading.thread
    assert threads() == set()


def test_who_has_enough_ends_the_reading() -> None:
    reading = Reading()
    with read_ahead(reading.numbers(), named="reader") as numbers:
        for number in numbers:
            if number == 1:
                break
    assert reading.read == [0, 1, 2]
    assert reading.closed_in == reading.thread
    assert threads() == set()


def test_it_is_read_in_the_language_of_who_asks() -> None:
    def languages() -> Generator[str | None, None, None]:
        yield get_language()
        yield get_language()

    for language in ("kk", "ru"):
        with override(language), read_ahead(languages(), named="reader") as spoken:
            assert list(spoken) == [language, language]


@pytest.mark.django_db
@pytest.mark.parametrize("wanted", [1, 2, 3])
def test_the_reading_has_a_connection_of_its_own_that_does_not_outlive_it(wanted: int) -> None:
    own = []

    def backends() -> Generator[int, None, None]:
        for _ in range(3):
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_backend_pid()")
                own.append(connection.connection)
                yield cursor.fetchone()[0]

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        [here] = cursor.fetchone()
    with read_ahead(backends(), named="reader") as pids:
        there = {next(pids) for _ in range(wanted)}
        assert len(there) == 1
        assert here not in there
    assert {one.closed for one in own} == {True}
