"""Where the answer comes from. Which of them is a setting, QORGAU_INSURED_SOURCE."""

from collections.abc import Callable
from functools import cache

from django.conf import settings

from qorgau.insured.sources.base import Source
from qorgau.insured.sources.local import Local
from qorgau.insured.sources.remote import Remote

__all__ = ["KNOWN", "Source", "chosen_source"]

KNOWN: dict[str, Callable[[], Source]] = {"local": Local, "remote": Remote}


def chosen_source() -> Source:
    """The register that the settings name; one for the whole process."""
    return _opened(settings.INSURED_SOURCE)


@cache
def _opened(name: str) -> Source:
    return KNOWN[name]()
