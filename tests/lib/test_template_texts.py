"""Texts of Django's own templates reach the catalogue."""

import io
from typing import Any

from babel.messages.extract import DEFAULT_KEYWORDS

from qorgau.lib.template_texts import extract


def texts_of(template: str) -> list[Any]:
    return [message for _, _, message, _ in extract(io.BytesIO(template.encode()), DEFAULT_KEYWORDS, [], {})]


def test_tags_are_found_wherever_they_stand() -> None:
    assert texts_of(
        """{% load i18n %}
        <p title="{% translate 'Deep' %}">don't mind {{ _("a variable") }}</p>
    <h1>{% trans "It's a heading" %}</h1>"""
    ) == ["Deep", "a variable", "It's a heading"]


def test_blocks_come_trimmed_and_with_their_plural() -> None:
    assert texts_of(
        """
        {% blocktranslate trimmed count n=n %}
            One {{ n }}
            file
        {% plural %}
            {{ n }} files
        {% endblocktranslate %}"""
    ) == [("One %(n)s file", "%(n)s files", None)]


def test_a_context_is_kept() -> None:
    assert texts_of('{% translate "Open" context "door" %}') == [("door", "Open")]
