"""The same page in another language."""

from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.translation import get_language


@dataclass(frozen=True, slots=True)
class LanguageLink:
    """A language, named in itself, and where this page is in it."""

    code: str
    name: str
    url: str
    current: bool


def same_page_in_other_languages(request: HttpRequest | None) -> list[LanguageLink]:
    """One link per language, in their settled order; to the front page where this page has no language in its address.

    >>> # on /ru/track/?number=26-0001234-9 → /kk/track/?number=26-0001234-9, itself, /en/track/?number=…
    """
    path = request.get_full_path() if request else "/"
    current = get_language()
    return [
        LanguageLink(code=code, name=name, url=_in_language(path, code), current=code == current)
        for code, name in settings.LANGUAGES
    ]


def _in_language(path: str, code: str) -> str:
    if path[1:3] in _codes() and path[3:4] == "/":
        return f"/{code}{path[3:]}"  # what translate_url would find, a hundred times faster
    translated = translate_url(path, code)
    return translated if translated != path else f"/{code}/"


@lru_cache(maxsize=1)
def _codes() -> frozenset[str]:
    return frozenset(code for code, _name in settings.LANGUAGES)
