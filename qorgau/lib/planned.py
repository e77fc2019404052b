"""Statements whose best plan depends on the values in them."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.db.models import CharField, F, Func


@contextmanager
def planned_for_its_values() -> Iterator[None]:
    """Meanwhile every statement is planned anew for the values it is sent with, and none is kept prepared.

    A plan that is kept must do for every desk: one that takes part in a hundred appeals, and one that takes part in a
    million. Planning costs a millisecond or two; the wrong plan costs seconds.
    """
    connection.ensure_connection()
    session = connection.connection
    before, session.prepare_threshold = session.prepare_threshold, None
    try:
        yield
    finally:
        session.prepare_threshold = before


def beside_indexes(column: str) -> Func:
    """The words of a column, as a value that no index knows: what is asked of it is asked of rows found by something
    else. For conditions by which a whole register has more rows than the other conditions leave.
    """
    return Func(F(column), template="(%(expressions)s || '')", output_field=CharField())
