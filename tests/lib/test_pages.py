from pathlib import Path

import pytest
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.template import engines
from django.template.loader import get_template
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from jinja2 import DictLoader

from qorgau.lib import pages

ROOT = Path(pages.__file__).resolve().parents[1]
TEMPLATES = sorted(
    (folder, file.relative_to(folder).as_posix())
    for folder in ROOT.rglob("jinja2")
    if folder.is_dir()
    for file in folder.rglob("*.html")
)


def made(source: str, **facts: object) -> str:
    return engines["jinja2"].from_string(source).render(facts)


@pytest.mark.parametrize("name", [name for _folder, name in TEMPLATES])
def test_every_template_can_be_read(name):
    get_template(name)


def test_what_people_write_is_escaped():
    assert made("{{ text }}", text="<script>alert(1)</script>") == "&lt;script&gt;alert(1)&lt;/script&gt;"


def test_what_people_write_is_escaped_inside_a_translated_sentence_too():
    assert made('{{ _("Hello %(name)s", name=name) }}', name="<b>") == "Hello &lt;b&gt;"


def test_plural_sentences_know_their_number():
    source = '{{ ngettext("%(num)s day", "%(num)s days", n) }}'
    with translation.override("en"):
        assert (made(source, n=1), made(source, n=3)) == ("1 day", "3 days")


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_a_link_is_in_the_language_of_the_page(language):
    with translation.override(language):
        assert made('{{ url("portal:home") }} {{ url("portal:aids") }}') == f"/{language}/ /{language}/easier-to-read/"


@pytest.mark.parametrize("language", ["kk", "ru"])
@pytest.mark.parametrize(
    ("name", "facts"),
    [
        ("portal:appeal", ["26-0001234-4"]),
        ("desk:appeal", ["26-0001234-4"]),
        ("desk:appeal", ["№ 26 0001234%"]),
        ("desk:file", ["26-0001234-4", 5]),
        ("desk:saved_view", [7]),
        ("desk:saved_view", ["7"]),
    ],
)
def test_a_link_with_facts_is_that_of_these_facts(language, name, facts):
    with translation.override(language):
        for _ in range(2):
            assert pages.url(name, *facts) == reverse(name, args=facts)
            if facts == ["26-0001234-4"]:
                assert pages.url(name, "26-0001235-1") == reverse(name, args=["26-0001235-1"])


def test_a_link_to_nowhere_is_an_error():
    with pytest.raises(NoReverseMatch):
        pages.url("desk:saved_view", "seven")


def test_a_part_of_the_frame_is_made_once_per_language():
    with translation.override("ru"):
        once = made('{{ unchanging("frame/foot.html") }}')
        assert made('{{ unchanging("frame/foot.html") }}') == once
    with translation.override("kk"):
        assert 'href="/kk/' in made('{{ unchanging("frame/foot.html") }}')


def test_messages_of_the_last_action_are_shown_once(rf):
    request = rf.get("/ru/")
    request._messages = [Message(constants.SUCCESS, "Saved & kept")]
    page = engines["jinja2"].get_template("base.html").render({}, request)
    assert page.count("Saved &amp; kept") == 1
    assert "notice-good" in page


def test_compiled_templates_are_kept_for_the_next_start(settings, tmp_path):
    settings.VAR = tmp_path
    first = pages.environment(loader=DictLoader({"a.html": "{{ 1 + 1 }}"}))
    assert first.get_template("a.html").render() == "2"
    assert len(list((tmp_path / "pages").iterdir())) == 1
    assert (tmp_path / "pages").stat().st_mode & 0o077 == 0


def test_where_nothing_may_be_written_templates_are_compiled_each_time(settings, tmp_path, monkeypatch):
    settings.VAR = tmp_path
    monkeypatch.setattr("os.access", lambda *_: False)
    made_there = pages.environment(loader=DictLoader({"a.html": "{{ 1 + 1 }}"}))
    assert made_there.get_template("a.html").render() == "2"
    assert list(tmp_path.iterdir()) == []


def test_what_a_template_is_given_never_reaches_the_others():
    env = pages.environment(loader=DictLoader({"a.html": "{{ x }}", "b.html": "{{ x | default('nothing') }}"}))
    assert env.get_template("a.html", globals={"x": 1}).render() == "1"
    assert env.get_template("b.html").render() == "nothing"


def test_a_page_can_be_made_without_any_request():
    assert "<h1" in get_template("errors/500.html").render({})


def test_htmx_may_do_nothing_that_the_policy_forbids():
    page = made('{{ unchanging("frame/htmx.html") }}')
    assert "&#34;allowEval&#34;: false" in page
    assert "&#34;includeIndicatorStyles&#34;: false" in page
    assert "&#34;attributesToSettle&#34;: []" in page


def test_what_htmx_brings_works_at_once():
    """A pause would lose the keys pressed in it, and take the focus from where they led."""
    assert "&#34;defaultSettleDelay&#34;: 0" in made('{{ unchanging("frame/htmx.html") }}')
