"""Queries that are put into SQL once and only sent from then on.

Putting a query of the ORM into SQL takes several times longer than PostgreSQL takes to answer it by a key: half the
time of a page of thirty small queries. Such a query is written once, with `given("name")` where values will stand, and
called with the values. Rows come back as the query says: as models, with what `select_related` names, or as values.
"""

import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, cast

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import BooleanField, Expression, F, Func, QuerySet, Subquery
from django.db.models.query import ModelIterable

from qorgau.lib.kept_models import KeptModels

Row = TypeVar("Row")


class given(Expression):
    """A value that is not known yet: `filter(appeal_id=given("appeal"))`."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        return "%s", [_Place(self._name)]


def any_of(column: str, name: str) -> Func:
    """A condition: the column is one of the values, however many will be given: `filter(any_of("pk", "rows"))`."""
    return is_among(column, given(name))


def is_among(column: str, values: Expression | Subquery) -> Func:
    """A condition: the column is one of the values of an array, which is one parameter however long it is."""
    return Func(
        F(column),
        values,
        template="%(expressions)s)",
        arg_joiner=" = ANY(",
        output_field=BooleanField(),
    )


class KeptQuery(Generic[Row]):
    """A query that is made when it is first asked: once in each thread, since each has a connection of its own.

    Nothing but values may change its shape: a condition that is sometimes left out makes another query.
    """

    def __init__(self, make: Callable[[], "QuerySet[Any, Row]"]) -> None:
        self._make = make
        self._of_this_thread = threading.local()

    def all(self, **values: Any) -> list[Row]:
        """The rows, in the order of the query. Raises KeyError when a value is missing."""
        return self.statement().rows_for(values)

    def first(self, **values: Any) -> Row | None:
        """The first row, or None. The query itself says `[:1]` where there may be more."""
        return next(iter(self.all(**values)), None)

    def any(self, **values: Any) -> bool:
        """Whether there is a row at all."""
        return bool(self.all(**values))

    def statement(self) -> "Statement[Row]":
        """The query as this thread sends it."""
        connection = connections[DEFAULT_DB_ALIAS]
        kept: Statement[Row] | None = getattr(self._of_this_thread, "statement", None)
        if kept is None or kept.connection is not connection:
            kept = self._of_this_thread.statement = Statement(self._make(), connection)
        return kept


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a value belongs among the parameters of a statement."""

    name: str


def filled(parameters: Iterable[Any], values: Mapping[str, Any]) -> tuple[Any, ...]:
    """The parameters of a query with `given("name")` in it, its values in their places. Raises KeyError when one is
    missing.
    """
    return tuple(values[one.name] if isinstance(one, _Place) else one for one in parameters)


class Statement(Generic[Row]):
    """The SQL of a query, and the compiler that made it: it knows how rows become models."""

    def __init__(self, queryset: "QuerySet[Any, Row]", connection: Any) -> None:
        self.connection = connection
        self.text = ""
        self.names: tuple[str, ...] = ()
        """Names of the values that it is sent with."""
        compiler = queryset.query.get_compiler(connection=connection)
        self._values: dict[str, Any] = {}
        self._answer: tuple[dict[str, Any], list[Any]] | None = None
        self._rows: Iterable[Row] = ()
        try:
            self.text, self._parameters = compiler.as_sql()
        except EmptyResultSet:
            return  # `none()`: there is nothing to ask for
        self.names = tuple(dict.fromkeys(one.name for one in self._parameters if isinstance(one, _Place)))
        self._ask, self._compiler = compiler.execute_sql, compiler
        compiler.as_sql = self._with_values
        compiler.execute_sql = self._asked_or_answered
        # How values of each column are read depends on the columns alone.
        converters = compiler.get_converters([one[0] for one in compiler.select])
        compiler.get_converters = lambda _columns: converters
        of_several = compiler.has_composite_fields([one[0] for one in compiler.select])
        compiler.has_composite_fields = lambda _columns: of_several
        if queryset._iterable_class is ModelIterable:
            self._rows = cast(Iterable[Row], KeptModels(queryset, compiler))
            return
        # What iterates over a queryset asks its query for a compiler, and gets the one that is through with its work.
        queryset.query.get_compiler = lambda *_args, **_named: compiler  # type: ignore[method-assign]
        self._rows = cast(Iterable[Row], queryset._iterable_class(cast(Any, queryset)))

    def rows_for(self, values: dict[str, Any]) -> list[Row]:
        """What it answers with these values."""
        self._values = {name: values[name] for name in self.names}
        if self._answer == (self._values, []):
            return []  # half the questions of a page; making no rows takes as long as making one
        return list(self._rows)

    def parameters(self, values: dict[str, Any]) -> tuple[Any, ...]:
        """The parameters in their places. Raises KeyError when a value is missing."""
        return filled(self._parameters, values)

    def answered(self, values: dict[str, Any], rows: list[Any]) -> None:
        """It was asked with these values already, and these are the rows; see `lib/read_together.py`."""
        if rows and self._compiler.has_extra_select:
            rows = [row[: self._compiler.col_count] for row in rows]
        self._answer = (values, rows)

    def forget_answer(self) -> None:
        """From now on it is asked again."""
        self._answer = None

    def _with_values(self, *_args: Any, **_named: Any) -> tuple[str, tuple[Any, ...]]:
        return self.text, self.parameters(self._values)

    def _asked_or_answered(self, *args: Any, **named: Any) -> Any:
        if self._answer is not None and self._answer[0] == self._values:
            return [self._answer[1]]
        return self._ask(*args, **named)
