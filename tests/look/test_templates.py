"""Habits that every template keeps, whoever writes it."""

import re
from pathlib import Path

import pytest

from qorgau.lib.icons import NAMES

ROOT = Path(__file__).resolve().parents[2] / "qorgau"
TEMPLATES = sorted(file for folder in ROOT.rglob("jinja2") for file in folder.rglob("*.html"))
STYLES = sorted(
    file
    for file in ROOT.rglob("static/**/*.css")
    if file.name != "administration.css"  # it dresses Django's own pages
)


def named(file: Path) -> str:
    return str(file.relative_to(ROOT))


@pytest.mark.parametrize("file", TEMPLATES, ids=named)
def test_no_styles_and_no_scripts_are_written_into_a_page(file):
    text = file.read_text(encoding="utf-8")
    assert re.findall(r"\sstyle=|<style|<script(?![^>]*\ssrc=)|\son[a-z]+=\"|hx-on|javascript:", text) == []


@pytest.mark.parametrize("file", TEMPLATES, ids=named)
def test_nothing_is_declared_safe_in_a_page(file):
    """Only code that made it knows what is safe; it says so with Markup."""
    assert re.findall(r"\|\s*safe\b|autoescape", file.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("file", TEMPLATES, ids=named)
def test_only_constants_are_translated(file):
    """A translated sentence counts as safe, so what a person wrote must never pass through `_`."""
    assert re.findall(r"\b(?:_|gettext)\((?!\s*[\"'])[^)]*\)", file.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("file", TEMPLATES, ids=named)
def test_what_stands_in_the_head_is_an_element(file):
    """Bare words there would end the head and stand above the page."""
    text = file.read_text(encoding="utf-8")
    blocks = re.findall(r"{% block (?:description|head) %}(.*?){% endblock %}", text, re.DOTALL)
    # What is translated is words; whatever else is filled in is an element of its own.
    filled = [re.sub(r"{{.*?}}", "", re.sub(r"{{ _\(.*?}}", "words", block)) for block in blocks]
    assert [words for one in filled if (words := re.sub(r"<[^>]*>|{%.*?%}", "", one).strip())] == []


@pytest.mark.parametrize("file", TEMPLATES, ids=named)
def test_every_icon_that_is_named_is_drawn(file):
    text = file.read_text(encoding="utf-8")
    names = re.findall(r"\bicon\(\"([^\"]+)\"", text) + re.findall(r"\bsign=\"([^\"]+)\"", text)
    assert set(names) - NAMES == set()


@pytest.mark.parametrize("file", STYLES, ids=named)
def test_colours_are_named_by_their_meaning(file):
    """Only then can a reader's own contrast change them all. Tokens and reading aids are where colours are born."""
    if file.name in ("tokens.css", "reading_aids.css", "print.css"):
        return
    text = re.sub(r"/\*.*?\*/", "", file.read_text(encoding="utf-8"), flags=re.DOTALL)
    found = re.findall(r"#[0-9a-fA-F]{3,8}\b|--(?:sea|gold|sand|red|green)-\d+", text)
    assert set(found) - {"#fff"} == set()


@pytest.mark.parametrize("file", STYLES, ids=named)
def test_styles_ask_nothing_of_other_places(file):
    text = file.read_text(encoding="utf-8")
    for address in re.findall(r"url\(\"?([^)\"]+)\"?\)", text):
        assert (file.parent / address).is_file()
    assert "@import" not in text


@pytest.mark.parametrize("file", sorted((ROOT / "templates" / "jinja2" / "components").glob("*.html")), ids=named)
def test_every_component_is_described(file):
    described = (ROOT.parent / "docs" / "components.md").read_text(encoding="utf-8")
    macros = re.findall(r"{% macro ([a-z]\w*)\(", file.read_text(encoding="utf-8"))
    assert [name for name in macros if f"`{name}(" not in described] == []
    assert macros
