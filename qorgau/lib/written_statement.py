"""Statements written by hand that pages may send together with their questions (`lib/read_together.py`)."""

import threading
from typing import Any

from django.db import connection


class WrittenStatement:
    """SQL with `%s` in the order of `places`, which name the values; a name may come twice.

    It may write, and then says what it did (`RETURNING`): what goes in one trip is one transaction.
    """

    def __init__(self, text: str, *places: str) -> None:
        self.text = text
        self.names = tuple(dict.fromkeys(places))
        self._places = places
        self._of_this_thread = threading.local()

    def all(self, **values: Any) -> list[tuple[Any, ...]]:
        """The rows. Raises KeyError when a value is missing."""
        known: tuple[dict[str, Any], list[tuple[Any, ...]]] | None = getattr(self._of_this_thread, "answer", None)
        if known is not None and known[0] == values:
            return known[1]
        with connection.cursor() as cursor:
            cursor.execute(self.text, self.parameters(values))
            return cursor.fetchall()

    def statement(self) -> "WrittenStatement":
        """Itself: it needs no putting into SQL."""
        return self

    def parameters(self, values: dict[str, Any]) -> tuple[Any, ...]:
        """The parameters in their places. Raises KeyError when a value is missing."""
        return tuple(values[name] for name in self._places)

    def answered(self, values: dict[str, Any], rows: list[tuple[Any, ...]]) -> None:
        """It was sent with these values already, and these are the rows."""
        self._of_this_thread.answer = (values, rows)

    def forget_answer(self) -> None:
        """From now on it is sent again."""
        self._of_this_thread.answer = None
