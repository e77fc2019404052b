"""Every text that a person may see stands in Kazakh and Russian, whole and with its places."""

import re
from functools import cache
from pathlib import Path

import pytest
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_keywords, parse_mapping_cfg
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[2]
KEYWORDS = [
    "gettext_lazy",
    "gettext_noop",
    "ngettext_lazy:1,2",
    "pgettext_lazy:1c,2",
    "npgettext_lazy:1c,2,3",
]
_PLACES = re.compile(r"\{[^{}]*\}|%\([^)]*\)[sd]")

Key = tuple[str | tuple[str, ...], str | None]


@cache
def in_the_source() -> frozenset[Key]:
    with open(ROOT / "babel.cfg", encoding="utf-8") as mapping:
        methods, options = parse_mapping_cfg(mapping)
    found = extract_from_dir(ROOT / "qorgau", methods, options, keywords=DEFAULT_KEYWORDS | parse_keywords(KEYWORDS))
    return frozenset((message, context) for _, _, message, _, context in found if message)


@cache
def catalogue(language: str) -> dict[Key, tuple[str, ...]]:
    file = ROOT / "qorgau" / "locale" / language / "LC_MESSAGES" / "django.po"
    with open(file, "rb") as lines:
        messages = read_po(lines, locale=language)
    return {
        (message.id, message.context): message.string if isinstance(message.string, tuple) else (message.string,)
        for message in messages
        if message.id and not message.fuzzy
    }


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_every_text_of_the_source_is_translated(language: str) -> None:
    translated = {key for key, words in catalogue(language).items() if all(words)}

    assert in_the_source() - translated == frozenset()


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_translations_fill_the_same_places(language: str) -> None:
    assert [key for key, words in catalogue(language).items() if not _same_places(key[0], words)] == []


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_no_translation_is_left_over(language: str) -> None:
    assert set(catalogue(language)) - in_the_source() == set()


def test_russian_has_no_kazakh_letters() -> None:
    kazakh = re.compile("[әғқңөұүһі]", re.IGNORECASE)
    kept_names = re.compile("Жетісу|Ұлытау|Қазақша|Құрбан айт")
    letters = [words for words in catalogue("ru").values() for word in words if kazakh.search(kept_names.sub("", word))]

    assert letters == []


def _same_places(message: str | tuple[str, ...], words: tuple[str, ...]) -> bool:
    singular, *plural = (message,) if isinstance(message, str) else message
    wanted = set(_PLACES.findall(plural[0] if plural else singular))
    return all(set(_PLACES.findall(word)) == wanted for word in words) or (
        bool(plural) and all(set(_PLACES.findall(word)) <= wanted for word in words)
    )
