"""Where the answer comes from. Which of them is a setting, QORGAU_INSURED_SOURCE."""

from collections.abc import Callable

from django.conf import settings

from qorgau.insured.sources.base import Source
from qorgau.insured.sources.local import Local

__all__ = ["KNOWN", "Source", "chosen_source"]

KNOWN: dict[str, Callable[[], Source]] = {"local": Local}


def chosen_source() -> Source:
    """The register that the settings name."""
    return KNOWN[settings.INSURED_SOURCE]()
