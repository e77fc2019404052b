"""Sentences for people, made where a decision is made and translated at the door where it is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from string import Formatter
from typing import Any, TypeAlias, Union

Names: TypeAlias = Mapping[str, str]
"""The name of one thing in every language: ``{"kk": …, "ru": …, "en": …}``."""


class Month(date):
    """A whole month, by its first day: told without a day of it."""

    whole_month = True


Fact: TypeAlias = Union[str, int, date, datetime, Month, "Sentence", Names]
"""What may fill a gap in a sentence; dates and names are put into the reader's language only at the door."""


def N_(text: str) -> str:
    """Mark an English source sentence for translation and return it unchanged."""
    return text


@dataclass(frozen=True)
class Sentence:
    """An English source sentence with ``{named}`` gaps, and the facts that fill them.

    The text is the key of the translation, so it must be a constant marked with :func:`N_`; whatever differs from case
    to case belongs to ``facts``. A sentence with a gap that no fact fills raises ``KeyError`` where it is made.
    """

    text: str
    facts: Mapping[str, Fact] = field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        missing = _gaps(self.text) - self.facts.keys()
        if missing:
            raise KeyError(f"no fact fills {{{', '.join(sorted(missing))}}} in {self.text!r}")

    def __str__(self) -> str:
        """The sentence in English, for journals read by engineers and for tests."""
        return self.text.format(**{name: _in_english(fact) for name, fact in self.facts.items()})

    def to_json(self) -> dict[str, Any]:
        """A value that ``json.dumps`` accepts and :meth:`from_json` turns back into an equal sentence."""
        return {"text": self.text, "facts": {name: _fact_to_json(fact) for name, fact in self.facts.items()}}

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Sentence:
        """The sentence that :meth:`to_json` wrote."""
        return cls(value["text"], {name: _fact_from_json(fact) for name, fact in value["facts"].items()})


@lru_cache(maxsize=2048)  # the texts are constants of the program, so they are few
def _gaps(text: str) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in Formatter().parse(text) if name is not None)


def _in_english(fact: Fact) -> str:
    if isinstance(fact, datetime):
        return f"{_in_english(fact.date())}, {fact:%H:%M}"
    if isinstance(fact, Month):
        return f"{fact:%B %Y}"
    if isinstance(fact, date):
        return f"{fact.day} {fact:%B %Y}"
    if isinstance(fact, Mapping):
        return fact["en"]
    return str(fact)


def _fact_to_json(fact: Fact) -> Any:
    if isinstance(fact, datetime):  # before date: every datetime is a date too
        return {"moment": fact.isoformat()}
    if isinstance(fact, Month):
        return {"month": fact.isoformat()}
    if isinstance(fact, date):
        return {"date": fact.isoformat()}
    if isinstance(fact, Sentence):
        return fact.to_json()
    if isinstance(fact, Mapping):
        return dict(fact)
    if isinstance(fact, int):
        return int(fact)
    return str(fact)  # a plain string even where a StrEnum was given


def _fact_from_json(value: Any) -> Fact:
    if not isinstance(value, dict):
        fact: Fact = value
        return fact
    if "moment" in value:
        return datetime.fromisoformat(value["moment"])
    if "month" in value:
        return Month.fromisoformat(value["month"])
    if "date" in value:
        return date.fromisoformat(value["date"])
    if "text" in value:
        return Sentence.from_json(value)
    return dict(value)
