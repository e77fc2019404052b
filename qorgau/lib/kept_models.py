"""Models from the rows of one query, what Django looks up in the query for them being looked up once.

Django's iterable works out anew each time which columns make which model; for a query of one row that takes longer than
making the model.
"""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.db.models.query import get_related_populators


class KeptModels:
    """As Django's `ModelIterable`, for a query that is put into SQL already."""

    def __init__(self, queryset: QuerySet[Any], compiler: Any) -> None:
        if queryset._known_related_objects:  # type: ignore[attr-defined]
            raise ValueError("a kept query begins with a model's manager, not with what belongs to one object")
        whole, fields = compiler.klass_info, compiler.klass_info["select_fields"]
        self._database, self._compiler = queryset.db, compiler
        self._model = whole["model"]
        self._columns = slice(fields[0], fields[-1] + 1)
        self._names = [column.target.attname for column, *_ in compiler.select[self._columns]]
        self._beside = get_related_populators(whole, compiler.select, queryset.db)  # type: ignore[call-arg]
        self._annotations = list(compiler.annotation_col_map.items())

    def __iter__(self) -> Iterator[Any]:
        compiler, database, from_db = self._compiler, self._database, self._model.from_db
        for row in compiler.results_iter(compiler.execute_sql()):
            one = from_db(database, self._names, row[self._columns])
            for related in self._beside:
                related.populate(row, one)
            for name, place in self._annotations:
                setattr(one, name, row[place])
            yield one
