"""A column of words that PostgreSQL can search: `tsvector`, filled and asked with lexemes that we made ourselves."""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models.lookups import Lookup


class Lexemes(models.Field):
    """A `tsvector` without positions. Written by statements of our own; `__match=` takes a query in text form."""

    def db_type(self, connection: Any) -> str:
        return "tsvector"


@Lexemes.register_lookup
class Match(Lookup):
    """`@@`: the lexemes satisfy the query, which may also be given later (`lib/kept_queries.py`)."""

    lookup_name = "match"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        left, left_parameters = self.process_lhs(compiler, connection)
        if hasattr(self.rhs, "as_sql"):
            right, right_parameters = compiler.compile(self.rhs)
        else:
            right, right_parameters = "%s", [self.rhs]
        return f"{left} @@ {right}::tsquery", (*left_parameters, *right_parameters)


def all_of(words: Iterable[Iterable[str]]) -> str:
    """A query: of each word, one of its ways must be there. A way that ends on `*` is the beginning of a lexeme."""
    return " & ".join("(" + " | ".join(map(_quoted, ways)) + ")" for ways in words)


def _quoted(way: str) -> str:
    lexeme = way.removesuffix("*").replace("\\", "\\\\").replace("'", "''")
    return f"'{lexeme}'" + (":*" if way.endswith("*") else "")
