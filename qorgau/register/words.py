"""The words an appeal is found by: what the applicant wrote, who they are, what was answered.

Kept beside the appeal and not in it, since a row of the register changes ten times and its words hardly ever; each
change would write all of them anew into their index.
"""

from collections.abc import Iterable
from enum import Enum
from functools import cached_property
from typing import Any, NamedTuple

from django.contrib.postgres.fields import ArrayField
from django.db import connection
from django.db.models import BigIntegerField, Q, Value

from qorgau.lib.for_a_while import TrueForAWhile
from qorgau.lib.kept_queries import is_among
from qorgau.lib.stems import stems_of, words_of
from qorgau.lib.text_search import all_of
from qorgau.register.known_words import add_known, begun
from qorgau.rules.privacy import mask_text

_NAME = "@"
"""Before a lexeme of a name: those who may not know people's names must not find by them."""

_LONGEST_ASKED = 200
_MOST_ASKED = 8
_SHORTEST_BEGINNING = 3
_FEW = 3_000

_IN_MANY = TrueForAWhile(seconds=3_600, at_most=1_000)
"""Queries that many appeals answer: words are added to appeals and never taken away, so they need no counting again."""

_ADD = """
    INSERT INTO register_appealwords (appeal_id, lexemes) VALUES (%s, array_to_tsvector(%s::text[]))
    ON CONFLICT (appeal_id) DO UPDATE SET lexemes = register_appealwords.lexemes || EXCLUDED.lexemes
"""
# Planned without the limit: for a few rows of a million it would read the table from its beginning.
_SOUGHT = """
    WITH sought AS MATERIALIZED (SELECT appeal_id FROM register_appealwords WHERE lexemes @@ %s::tsquery)
    SELECT appeal_id FROM sought LIMIT %s
"""


def lexemes(texts: Iterable[str], names: Iterable[str] = ()) -> list[str]:
    """What is kept of texts and of people's names; telephones, addresses and identity numbers in a text are not."""
    found: dict[str, None] = {}
    for text in filter(None, texts):
        for word in words_of(mask_text(text)):
            found |= dict.fromkeys(stems_of(word))
    for word in words_of(" ".join(filter(None, names))):
        found |= dict.fromkeys(_NAME + stem for stem in stems_of(word))
    return list(found)


def add_words(appeal_id: int, *texts: str) -> None:
    """Let an appeal be found by more words: a message of the applicant, an answer that was sent."""
    added = lexemes(texts)
    add_known(added)
    with connection.cursor() as cursor:
        cursor.execute(_ADD, [appeal_id, added])


class Way(Enum):
    """By what appeals are found that have the words somebody typed."""

    BY_KEYS = "keys"
    BY_WORDS = "words"


class Sought(NamedTuple):
    """A way, and what is sought on it: keys of appeals, or a query of lexemes."""

    way: Way
    value: list[int] | str


def found_by(way: Way, value: Any) -> Q:
    """The condition on appeals. The value may be one that is given later (`lib/kept_queries.py`)."""
    return Q(is_among("pk", value)) if way is Way.BY_KEYS else Q(words__lexemes__match=value)


class AskedWords:
    """What somebody typed to find appeals by: every word in some form of it, or begun.

    `names` seeks among the names of applicants and patients; only for those who may know them.
    """

    def __init__(self, typed: str, *, names: bool = False) -> None:
        self._mark = _NAME if names else ""
        self._words = words_of(typed[:_LONGEST_ASKED])[:_MOST_ASKED]

    def __bool__(self) -> bool:
        """Whether there is anything to be sought."""
        return bool(self._words)

    @property
    def condition(self) -> Q:
        """The condition on appeals, for a query that the scope began."""
        if not self:
            return Q(pk__in=[])
        sought = self.sought
        if sought.way is Way.BY_KEYS:
            return found_by(sought.way, Value(sought.value, output_field=ArrayField(BigIntegerField())))
        return found_by(sought.way, sought.value)

    @cached_property
    def sought(self) -> "Sought":
        """How appeals are found by these words now.

        Of several words PostgreSQL does not know how many appeals have them all. So these are counted first: a few are
        named by their keys, and of many the next page is met soon on the way along any order.
        """
        if len(self._words) > 1 and self._query not in _IN_MANY and (keys := self._few()) is not None:
            return Sought(Way.BY_KEYS, keys)
        return Sought(Way.BY_WORDS, self._query)

    @cached_property
    def _query(self) -> str:
        beginnings = [self._mark + word if len(word) >= _SHORTEST_BEGINNING else "" for word in self._words]
        written_out = dict(zip(filter(None, beginnings), begun([*filter(None, beginnings)]), strict=True))
        return all_of(
            self._ways(word, beginning, written_out.get(beginning))
            for word, beginning in zip(self._words, beginnings, strict=True)
        )

    def _ways(self, word: str, beginning: str, written_out: list[str] | None) -> list[str]:
        """A stem as it is kept, and the word as a beginning: «балк» is balcony begun, «балалар» is «бала» in full."""
        stems = [self._mark + stem for stem in stems_of(word)]
        begun_so = written_out if written_out is not None else [f"{beginning}*"] if beginning else []
        return list(dict.fromkeys([*stems, *begun_so]))

    def _few(self) -> list[int] | None:
        with connection.cursor() as cursor:
            cursor.execute(_SOUGHT, [self._query, _FEW + 1])
            keys = [key for (key,) in cursor.fetchall()]
        if len(keys) <= _FEW:
            return keys
        _IN_MANY.add(self._query)
        return None
