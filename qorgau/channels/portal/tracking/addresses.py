"""Addresses of the pages of one appeal. A page holds half a dozen of them, and they differ by the number alone."""

from functools import lru_cache

from django.urls import reverse
from django.utils.translation import get_language

_ANY = "00-0000000-0"


def address(name: str, number: str) -> str:
    """The address of a page such as ``portal:message`` of the appeal with this number, in the present language."""
    return _pattern(name, get_language()).replace(_ANY, number)


def after(done: str, number: str) -> str:
    """The address of the appeal's page that says what was just done, a key of `JUST_DONE`."""
    return f"{address('portal:appeal', number)}?done={done}"


@lru_cache(maxsize=100)
def _pattern(name: str, language: str | None) -> str:
    return reverse(name, args=[_ANY])
