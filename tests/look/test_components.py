"""What the components write, read as HTML."""

import re
from html.parser import HTMLParser

import pytest
from django import forms
from django.utils import translation

from qorgau.rules.states import State
from tests.look.gallery import NEARNESS, Parts, environment, page, staff_member

VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
DRAWING = frozenset({"path", "g", "circle"})


class Reader(HTMLParser):
    """Notes every element, and complains of what is closed in the wrong order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len(attrs) == len(dict(attrs)), f"an attribute twice in <{tag}>: {attrs}"
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open and self.open[-1] == tag, f"</{tag}> closes <{self.open[-1:]}>"
        self.open.pop()

    def all(self, name: str) -> list[str]:
        return [value for _tag, attrs in self.elements if (value := attrs.get(name)) is not None]


@pytest.fixture
def public_page(rf):
    with translation.override("kk"):
        return page("public_parts", rf.get("/kk/parts/"))


@pytest.fixture
def desk_page(rf):
    request = rf.get("/desk/parts/")
    request.user = staff_member()
    with translation.override("kk"):
        return page("desk_parts", request)


@pytest.fixture(params=["public_page", "desk_page"])
def any_page(request):
    return request.getfixturevalue(request.param)


def made(source: str, **facts: object) -> str:
    with translation.override("en"):
        return environment().from_string(source).render(facts)


def test_every_element_is_closed_in_order_and_no_attribute_stands_twice(any_page):
    assert len(Reader(any_page).elements) > 300


def test_no_id_stands_twice(any_page):
    ids = Reader(any_page).all("id")
    assert sorted(ids) == sorted(set(ids))


@pytest.mark.parametrize(
    "reference", ["for", "aria-describedby", "aria-labelledby", "data-counter-for", "data-files-of"]
)
def test_every_reference_finds_its_element(any_page, reference):
    read = Reader(any_page)
    pointed_at = {name for names in read.all(reference) for name in names.split()}
    assert pointed_at - set(read.all("id")) == set()
    assert pointed_at


def test_every_line_of_the_summary_leads_to_a_control(public_page):
    read = Reader(public_page)
    controls = {a["id"] for tag, a in read.elements if tag in ("input", "select", "textarea") and a.get("id")}
    targets = re.findall(r'<li><a href="#([^"]+)">', public_page)
    assert len(targets) > 5
    assert set(targets) - controls == set()


def test_every_control_has_a_label_or_a_name(any_page):
    read = Reader(any_page)
    labelled = set(read.all("for"))
    nameless = [
        attrs
        for tag, attrs in read.elements
        if tag in ("input", "select", "textarea") and attrs.get("type") != "hidden" and attrs.get("id") not in labelled
    ]
    assert nameless == []


def test_the_first_thing_to_reach_is_the_readers_own_look(any_page):
    first = next(attrs for tag, attrs in Reader(any_page).elements if tag in ("a", "button", "input") and tag != "link")
    assert first["href"].startswith("/kk/easier-to-read/?back=/")


def test_one_h1_one_main_and_a_skip_link_to_it(any_page):
    tags = [tag for tag, _attrs in Reader(any_page).elements]
    assert (tags.count("h1"), tags.count("main")) == (1, 1)
    assert 'class="skip-link" href="#main"' in any_page


def test_nothing_is_written_into_a_page_that_the_policy_forbids(any_page):
    read = Reader(any_page)
    assert read.all("style") == []
    assert [attrs for tag, attrs in read.elements if tag == "script" and not attrs.get("src")] == []
    assert [attrs for _tag, attrs in read.elements if any(name.startswith("on") for name in attrs)] == []


def test_what_people_write_stays_words(public_page):
    assert "&lt;b&gt;Рақмет&lt;/b&gt;" in public_page


def test_colour_never_speaks_alone(public_page):
    badges = re.findall(r'<span class="badge badge-[\w -]+">(.*?)</span></span>', public_page)
    assert len(badges) == len(State) + len(NEARNESS) + 1
    assert all("<svg" in badge and re.search(r"<span>\w", badge) for badge in badges)


def test_states_that_mean_different_things_have_different_shapes(public_page):
    drawings = re.findall(r'<span class="badge badge-[\w -]+">.*?d="([^"]+)"', public_page)[:9]
    assert len(set(drawings)) == 9


def test_a_field_in_error_is_marked_described_and_keeps_what_was_typed(public_page):
    visited = re.search(r'<input type="text" name="visited"[^>]*>', public_page)
    assert visited is not None
    assert 'value="31.02.2026"' in visited[0]
    assert 'aria-describedby="id_visited-error"' in visited[0]
    assert 'aria-invalid="true"' in visited[0]


def test_a_text_that_is_too_long_comes_back_whole(public_page):
    assert "х" * 120 + "</textarea>" in public_page


def test_what_need_not_be_answered_says_so_and_what_must_does_not():
    page = made(
        '{% from "components/fields.html" import field %}{{ field(f["phone"]) }}{{ field(f["visited"]) }}', f=Parts()
    )
    phone, visited = page.split('for="id_visited"')
    assert "(not required)" in visited
    assert "(not required)" not in phone


def test_a_first_line_break_of_a_text_is_not_swallowed():
    class OneText(forms.Form):
        text = forms.CharField(widget=forms.Textarea)

    page = made(
        '{% from "components/fields.html" import field %}{{ field(f["text"]) }}', f=OneText({"text": "\nтекст"})
    )
    assert ">\n\nтекст</textarea>" in page


def test_without_errors_there_is_no_summary():
    assert (
        made('{% from "components/notices.html" import error_summary %}{{ error_summary(f) }}', f=Parts()).strip() == ""
    )


def test_of_passwords_nobody_says_that_they_were_kept():
    source = '{% from "components/notices.html" import error_summary %}{{ error_summary(f, kept=kept) }}'
    assert "still here" in made(source, f=Parts({}), kept=True)
    assert "still here" not in made(source, f=Parts({}), kept=False)


def test_search_results_tell_how_many_were_found_and_mark_what_was_chosen():
    source = '{% from "components/fields.html" import search_results %}{{ search_results("org", rows, chosen=7) }}'
    rows = [{"value": 5, "label": "No 5", "detail": "Almaty"}, {"value": 7, "label": "No 7"}]
    page = made(source, rows=rows)
    assert 'role="status">Found: 2. Choose the right one.' in page
    assert re.findall(r'value="(\d)" checked', page) == ["7"]


def test_a_search_that_finds_nothing_says_what_to_try():
    source = '{% from "components/fields.html" import search_results %}{{ search_results("org", [], searched=typed) }}'
    assert "another spelling" in made(source, typed="zzz")
    assert made(source, typed="").strip() == ""


def test_empty_facts_are_left_out_of_a_list_and_named_on_the_check_page():
    lists = '{% import "components/lists.html" as l %}'
    assert "Phone" not in made(lists + '{{ l.facts([("Phone", ""), ("Name", "A")]) }}')
    assert "Not given" in made(lists + '{{ l.summary([("Phone", "", "", "")]) }}')


def test_there_is_no_pager_for_one_page():
    assert made('{% from "components/lists.html" import pager %}{{ pager("", "") }}').strip() == ""
