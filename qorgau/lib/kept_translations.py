"""Sentences that were looked up in the catalogues once, for as long as the process lives.

Django goes through its catalogues at every look, three microseconds each; a card of an appeal says a hundred and forty
sentences, the same ones all day.
"""

from functools import lru_cache

from django.utils import translation
from django.utils.translation import get_language, trans_real


def keep_translations() -> None:
    """From now on each sentence is looked up once for each language, wherever it is said."""
    translation._trans.gettext = _gettext  # type: ignore[attr-defined]


def _gettext(message: str) -> str:
    return _looked_up(message, get_language())


# Typed, since a sentence that is marked as safe for a page is equal to the same one that is not.
@lru_cache(maxsize=20_000, typed=True)
def _looked_up(message: str, language: str | None) -> str:
    return trans_real.gettext(message)
