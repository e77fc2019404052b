"""Pages are written as Jinja2 writes them, only sooner."""

from typing import Any

import pytest
from jinja2 import Environment, pass_context
from markupsafe import Markup, escape

from qorgau.lib.page_writing import PageContext, PageWriter, printed


class Ours(Environment):
    code_generator_class = PageWriter
    context_class = PageContext
    printed = staticmethod(printed)


class Named:
    def __str__(self) -> str:
        return "<b>Әлия & К°</b>"


class Safe:
    def __html__(self) -> str:
        return "<b>safe</b>"


@pytest.mark.parametrize(
    "value",
    ["Қорғау", "", "<script>", "a & b", "\"quoted\" and 'so'", Markup("<b>&amp;</b>"), Named(), Safe(), 7, None, 1.5],
)
def test_a_value_is_printed_as_jinja_prints_it(value: object) -> None:
    assert printed(value) == str(escape(value))


class Word(str):
    def __html__(self) -> str:
        return f"<i>{escape(str(self))}</i>"


def test_a_kind_of_text_of_its_own_is_asked_how_it_is_shown() -> None:
    assert printed(Word("a&b")) == "<i>a&amp;b</i>"


@pass_context
def title_of(context: Any) -> str:
    return f"{context['name']} <{context.get('one', '')}>"


TEMPLATE = """
{% macro cell(words, more="") %}<td>{{ words }}{{ more }}{{ caller() if caller }}</td>{% endmacro %}
{{ cell(name) }}{{ cell("<a>"|safe, more="&") }}{% call cell("x") %}<{{ name }}>{% endcall %}
{% for one in rows %}{{ title_of() }}{{ join(one, by="&") }}{{ loop.cycle("<", ">") }}{% endfor %}
{{ "a" ~ name ~ "<" }}{{ rows|join("<") }}{{ name|upper }}{{ made.upper() }}{{ missing }}
{% set kept %}{{ name }}<hr>{% endset %}{{ kept }}{{ kept|length }}
"""


@pytest.mark.parametrize("autoescape", [True, False])
def test_a_page_is_the_same(autoescape: bool) -> None:
    facts = {"name": "Әлия & К° <x>", "rows": ["<1>", "2"], "made": "a&b"}
    pages = []
    for kind in (Environment, Ours):
        pages_of = kind(autoescape=autoescape)
        pages_of.globals |= {"title_of": title_of, "join": lambda one, by: f"{one}{by}"}
        pages.append(pages_of.from_string(TEMPLATE).render(facts))
    assert pages[0] == pages[1]
    assert ("&lt;x&gt;" in pages[0]) == autoescape
