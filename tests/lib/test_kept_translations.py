"""Sentences looked up once."""

from collections.abc import Iterator

import pytest
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, gettext_lazy, override

from qorgau.lib.kept_translations import keep_translations


@pytest.fixture(autouse=True)
def kept() -> Iterator[None]:
    before = translation._trans.gettext  # type: ignore[attr-defined]
    keep_translations()
    yield
    translation._trans.gettext = before  # type: ignore[attr-defined]


def test_each_language_has_its_own_sentence() -> None:
    sentence = gettext_lazy("All I may see")
    for _ in range(2):
        told = {}
        for language in ("kk", "ru", "en"):
            with override(language):
                told[language] = (str(sentence), gettext("All I may see"))
        assert told["en"] == ("All I may see", "All I may see")
        assert len({kk for kk, _ in told.values()}) == 3
        assert all(lazy == said for lazy, said in told.values())


def test_what_is_safe_for_a_page_stays_so_and_nothing_else_becomes_it() -> None:
    assert not isinstance(gettext("Yes & no"), SafeString)
    assert isinstance(gettext(mark_safe("Yes & no")), SafeString)
    assert not isinstance(gettext("Yes & no"), SafeString)


def test_without_a_language_the_sentence_is_told_as_it_stands_in_the_program() -> None:
    with override(None):
        assert gettext("All I may see") == "All I may see"
