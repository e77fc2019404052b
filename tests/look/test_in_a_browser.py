"""The components in a real Chromium: axe, no sideways scrolling, targets for fingers, scripts at work."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import translation
from playwright.sync_api import Page, Route

from qorgau.lib.security_headers import CONTENT_SECURITY_POLICY
from tests.look.gallery import page, staff_member

pytestmark = pytest.mark.journey

LOOKS = [
    "normal.100.normal.sans.on",
    "normal.200.normal.sans.on",
    "white.125.wide.serif.on",
    "black.200.widest.serif.off",
    "blue.150.wide.dyslexia.on",
]
TOO_SMALL = """() => [...document.querySelectorAll("a, button, input, select, textarea, summary")]
    .filter((e) => e.getClientRects().length && !e.closest(".choice") && getComputedStyle(e).display !== "inline")
    .map((e) => [e.tagName, e.className, e.textContent.trim(), Math.round(e.getBoundingClientRect().height)])
    .filter(([, , , height]) => height > 1 && height < 44)"""
SIDEWAYS = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def parts(rf):
    def made(name, aids="normal.100.normal.sans.on"):
        request = rf.get("/kk/parts/")
        request.COOKIES["aids"] = aids
        request.user = staff_member()
        with translation.override("kk"):
            return page(name, request)

    return made


@pytest.mark.parametrize(
    ("name", "width", "aids"),
    [
        *[(name, 320, aids) for name in ("public_parts", "desk_parts") for aids in LOOKS],
        ("public_parts", 1280, LOOKS[0]),
        ("desk_parts", 1280, LOOKS[0]),
        ("banner", 320, LOOKS[0]),
        ("banner", 320, LOOKS[3]),
    ],
)
def test_axe_finds_nothing_and_nothing_is_pushed_out(look, parts, name, width, aids):
    opened = look(parts(name, aids), width=width)
    assert [(found["id"], found["nodes"][0]["html"]) for found in Axe().run(opened).response["violations"]] == []
    assert opened.evaluate(SIDEWAYS) == 0


@pytest.mark.parametrize("name", ["public_parts", "desk_parts"])
def test_every_target_is_large_enough_for_a_finger(look, parts, name):
    assert look(parts(name), has_touch=True, is_mobile=True).evaluate(TOO_SMALL) == []


def test_the_policy_lets_everything_of_ours_work(look, parts):
    opened = look(parts("desk_parts"))
    said: list[str] = []
    opened.on("console", lambda message: said.append(message.text))
    policy = f'<meta http-equiv="Content-Security-Policy" content="{CONTENT_SECURITY_POLICY}">'
    html = parts("desk_parts").replace("<head>", f"<head>{policy}", 1)
    opened.route("**/kk/policy/", lambda route: route.fulfill(body=html, content_type="text/html; charset=utf-8"))
    opened.goto("http://qorgau.test/kk/policy/")
    assert [text for text in said if "frame-ancestors" not in text] == []  # that one counts only as a header
    assert opened.locator("html").evaluate("e => getComputedStyle(e.querySelector('.desk-head')).backgroundColor") == (
        "rgb(8, 69, 78)"
    )


def test_the_summary_of_errors_has_the_focus_and_leads_to_the_field(look, parts):
    opened = look(parts("public_parts"))
    assert opened.evaluate("document.activeElement.id") == "error-summary"
    opened.click('a[href="#id_visited"]')
    assert opened.evaluate("document.activeElement.id") == "id_visited"


def test_by_keyboard_the_readers_look_comes_first_then_the_way_to_the_content(look, parts):
    opened = look(parts("banner"))
    reached = []
    for _ in range(2):
        opened.keyboard.press("Tab")
        reached.append(opened.evaluate("document.activeElement.className"))
    assert reached == ["aids-link", "skip-link"]
    opened.keyboard.press("Enter")
    assert opened.evaluate("document.activeElement.id") == "main"


def test_a_text_says_how_much_is_too_much_and_is_not_cut(look, parts):
    opened = look(parts("public_parts"))
    assert opened.locator("#id_text-counter").inner_text().endswith(" 20")
    opened.fill("#id_text", "ө" * 90)
    opened.wait_for_function("document.getElementById('id_text-counter').textContent.endsWith(' 10')")
    assert "counter-over" not in (opened.locator("#id_text-counter").get_attribute("class") or "")


def test_a_form_is_sent_once_and_can_be_sent_again_after_going_back(look, parts):
    opened = look(parts("public_parts"))
    sent: list[str] = []

    def nothing_changes(route: Route) -> None:
        sent.append(route.request.method)
        route.fulfill(status=204)

    opened.route("**/kk/", nothing_changes)
    twice = "form => { form.requestSubmit(); form.requestSubmit(); }"
    opened.locator("form[data-once]").evaluate(twice)
    opened.wait_for_timeout(200)
    assert sent == ["POST"]
    opened.evaluate("window.dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")
    opened.locator("form[data-once]").evaluate("form => form.requestSubmit()")
    opened.wait_for_timeout(200)
    assert sent == ["POST", "POST"]


def test_long_texts_are_kept_in_the_tab_until_they_arrived(look, parts):
    html = parts("public_parts").replace("х" * 120, "")
    opened = look(html)
    opened.fill("#id_text", "Кезекте тұрдым")
    opened.reload()
    assert opened.input_value("#id_text") == "Кезекте тұрдым"
    arrived = html.replace("<h1>", '<h1 data-forget="parts">', 1)
    opened.route("**/kk/arrived/", lambda route: route.fulfill(body=arrived, content_type="text/html; charset=utf-8"))
    opened.goto("http://qorgau.test/kk/arrived/")
    opened.goto("http://qorgau.test/kk/parts/")
    assert opened.input_value("#id_text") == ""


def serve(opened: Page, address: str, html: str) -> None:
    opened.route(address, lambda route: route.fulfill(body=html, content_type="text/html; charset=utf-8"))


def test_a_text_comes_back_to_whoever_wrote_it(look, parts):
    html = parts("public_parts").replace("х" * 120, "")
    opened = look(html)
    for person in ("7", "8"):
        serve(opened, f"**/kk/{person}/", html.replace("<html ", f'<html data-person="{person}" ', 1))
    opened.goto("http://qorgau.test/kk/7/")
    opened.fill("#id_text", "Жоба")
    opened.goto("http://qorgau.test/kk/8/")
    assert opened.input_value("#id_text") == ""
    opened.goto("http://qorgau.test/kk/7/")
    assert opened.input_value("#id_text") == "Жоба"


def test_a_text_comes_back_into_what_it_was_written_over_and_into_nothing_else(look, parts):
    html = parts("public_parts").replace("х" * 120, "Жоба")
    told = '<p data-came-back hidden>Қайта келді <button type="button">Алып тастау</button></p>'
    html = html.replace('data-keep="parts">', f'data-keep="parts">{told}', 1)
    opened = look(html)
    opened.fill("#id_text", "Жоба, толықтырылған")
    assert not opened.is_visible("[data-came-back]")
    opened.reload()
    assert (opened.input_value("#id_text"), opened.is_visible("[data-came-back]")) == ("Жоба, толықтырылған", True)
    opened.click("[data-came-back] button")
    assert (opened.input_value("#id_text"), opened.is_visible("[data-came-back]")) == ("Жоба", False)
    assert opened.evaluate("document.activeElement.id") == "id_text"
    opened.reload()
    assert (opened.input_value("#id_text"), opened.is_visible("[data-came-back]")) == ("Жоба", False)

    opened.fill("#id_text", "Жоба, толықтырылған")
    later = html.replace("Жоба<", "Әріптестің жобасы<")
    opened.route("**/kk/later/", lambda route: route.fulfill(body=later, content_type="text/html; charset=utf-8"))
    opened.goto("http://qorgau.test/kk/later/")
    assert opened.input_value("#id_text") == "Әріптестің жобасы"

    # A form that comes back from the server with a text added to it is kept as it is.
    added = html.replace("Жоба<", "Жоба, дайын мәтін<").replace(
        'data-keep="parts"', 'data-keep="parts" data-goes-on', 1
    )
    opened.route("**/kk/added/", lambda route: route.fulfill(body=added, content_type="text/html; charset=utf-8"))
    opened.goto("http://qorgau.test/kk/parts/")
    opened.evaluate("html => document.querySelector('main').innerHTML = html", added.split("<main")[1].split(">", 1)[1])
    opened.evaluate("document.body.querySelector('main').dispatchEvent(new Event('htmx:load', {bubbles: true}))")
    assert opened.input_value("#id_text") == "Жоба, дайын мәтін"
    opened.goto("http://qorgau.test/kk/parts/")
    assert opened.input_value("#id_text") == "Жоба, дайын мәтін"

    # And what is written on in it, when it came back as a page of its own.
    opened.goto("http://qorgau.test/kk/added/")
    opened.fill("#id_text", "Жоба, дайын мәтін және тағы")
    opened.goto("http://qorgau.test/kk/parts/")
    assert opened.input_value("#id_text") == "Жоба, дайын мәтін және тағы"


def test_chosen_files_are_listed_and_can_be_taken_out(look, parts):
    opened = look(parts("public_parts"))
    file = {"name": "анықтама.pdf", "mimeType": "application/pdf", "buffer": b"%" * 1500}
    opened.set_input_files("#id_files", files=[file])  # type: ignore[list-item]
    assert "анықтама.pdf, 1,5 " in opened.locator("[data-files-of]").inner_text()
    opened.click("[data-files-of] button")
    assert opened.evaluate("document.getElementById('id_files').files.length") == 0


def test_a_menu_closes_with_escape_and_gives_the_focus_back(look, parts):
    opened = look(parts("desk_parts"), width=1280)
    opened.click(".desk-person > summary")
    assert opened.is_visible(".menu-body")
    opened.keyboard.press("Escape")
    assert not opened.is_visible(".menu-body")
    assert opened.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_a_key_leads_to_the_search_but_not_while_one_types(look, parts):
    opened = look(parts("desk_parts"), width=1280)
    opened.keyboard.press("/")
    assert opened.evaluate("document.activeElement.id") == "find-number"
    opened.focus("#id_text")
    opened.keyboard.press("/")
    assert opened.evaluate("document.activeElement.id") == "id_text"


def test_a_request_that_fails_in_the_background_is_told(look, parts):
    opened = look(parts("desk_parts"), width=1280)
    opened.route("**/kk/organisations/**", lambda route: route.fulfill(status=500, body="no"))
    opened.fill("#id_organisation_search", "емхана 5")
    opened.wait_for_selector("[data-failed] .notice-danger")


def test_on_paper_only_the_words_remain(look, parts):
    opened = look(parts("public_parts", "black.200.wide.serif.on"), width=800)
    opened.emulate_media(media="print")
    for gone in (".site-nav", ".site-foot", ".aids-link", ".button-primary", ".page-aside"):
        assert not opened.is_visible(gone)
    assert opened.is_visible("h1")
    ink = "e => [getComputedStyle(e).color, getComputedStyle(document.body).backgroundColor]"
    assert opened.locator("h1").evaluate(ink) == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]


def test_without_scripts_nothing_is_promised_that_needs_them(look, parts):
    opened = look(parts("public_parts"), java_script_enabled=False)
    assert not opened.is_visible("[data-print]")
    assert not opened.is_visible(".counter")
    assert opened.is_visible(".search-row button")
