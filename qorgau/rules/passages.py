"""Whether chosen words stand in what somebody wrote."""

import re

_SPACE = re.compile(r"\s+")


def foreign_passages(chosen: str, said: str) -> list[str]:
    """The paragraphs of `chosen` that do not stand in `said` word for word; line breaks and spaces do not count."""
    whole = _flat(said)
    paragraphs = [part for part in re.split(r"\n\s*\n", chosen) if part.strip()]
    return [part.strip() for part in paragraphs if _flat(part) not in whole]


def _flat(text: str) -> str:
    return _SPACE.sub(" ", text).strip()
