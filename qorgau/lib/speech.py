"""Speaking to people in their language: sentences with facts, dates, names in three languages."""

from datetime import date, datetime
from functools import lru_cache
from typing import Any

from babel.dates import format_date, format_skeleton
from django.utils import timezone
from django.utils.translation import get_language, gettext, override

LANGUAGES = ("kk", "ru", "en")


def current_language() -> str:
    """The language of the page or notice being made; Kazakh when none is set."""
    language = (get_language() or "kk")[:2]
    return language if language in LANGUAGES else "kk"


def say(sentence: Any, language: str | None = None) -> str:
    """A sentence of `rules/` (or its JSON form) in a language, its facts spoken too.

    A sentence has `text`, the English source with {named} places, and `facts` for them. Facts may be words, numbers,
    dates, months, moments, names in three languages or sentences themselves.
    """
    if not sentence:
        return ""
    if language and language != current_language():
        with override(language):
            return say(sentence)
    if isinstance(sentence, dict):
        text, facts = sentence["text"], sentence.get("facts", {})
    else:
        text, facts = sentence.text, sentence.facts
    return gettext(text).format(**{name: say_fact(fact) for name, fact in facts.items()})


def say_fact(fact: Any) -> str:
    """One fact of a sentence, in the current language."""
    if isinstance(fact, datetime):
        return say_moment(fact)
    if isinstance(fact, date):
        return say_month(fact) if getattr(fact, "whole_month", False) else say_date(fact)
    if isinstance(fact, dict):
        return _say_json_fact(fact)
    if hasattr(fact, "facts"):
        return say(fact)
    return str(fact)


def _say_json_fact(fact: dict[str, Any]) -> str:
    if "month" in fact:
        return say_month(date.fromisoformat(fact["month"]))
    if "date" in fact:
        return say_date(date.fromisoformat(fact["date"]))
    if "moment" in fact:
        return say_moment(datetime.fromisoformat(fact["moment"]))
    if "text" in fact:
        return say(fact)
    return fact.get(current_language()) or fact.get("ru") or fact.get("kk") or fact.get("en") or ""


def say_date(day: date | None, language: str | None = None) -> str:
    """A day as people write it: 21 марта 2026 года."""
    if day is None:
        return ""
    return _long_date(day, language or current_language())


def say_month(day: date) -> str:
    """The month that a day lies in: март 2026."""
    return _month(day.year, day.month, current_language())


def say_month_briefly(day: date) -> str:
    """The name of the month alone, shortened, where twelve of them stand in a row: нояб."""
    return str(format_date(day, "LLL", locale=current_language()))


@lru_cache(maxsize=1_000)
def _month(year: int, month: int, language: str) -> str:
    # A sentence that ends with a month would end with two full stops in Russian if the year had its «г.».
    return str(format_skeleton("yMMMM", date(year, month, 1), locale=language)).removesuffix("г.").rstrip()


@lru_cache(maxsize=4_000)
def _long_date(day: date, language: str) -> str:
    # Pages name the same days of the same few years over and over. A sentence that ends with a day would end with two
    # full stops in Russian if the year had its «г.»; letters of an office write the word out anyway.
    words = str(format_date(day, "long", locale=language))
    # The narrow space before a full word would look like none.
    return f"{words.removesuffix('г.').rstrip()}\N{NO-BREAK SPACE}года" if words.endswith("г.") else words


def say_moment(moment: datetime | None, language: str | None = None) -> str:
    """A day and a time of the clock in the zone of the installation."""
    if moment is None:
        return ""
    local = moment.astimezone(timezone.get_default_timezone())
    return f"{_long_date(local.date(), language or current_language())}, {local:%H:%M}"


def names_of(row: Any) -> dict[str, str]:
    """The name of a row in every language, as a fact of a sentence."""
    return {code: name_in(row, code) for code in LANGUAGES}


def name_in(row: Any, language: str | None = None) -> str:
    """The name of a row in a language; Russian, then whichever there is, when that one is missing."""
    if row is None:
        return ""
    for code in (language or current_language(), "ru", "kk", "en"):
        if name := getattr(row, f"name_{code}", ""):
            return str(name)
    return ""
