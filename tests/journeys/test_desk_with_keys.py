"""Keys and commands of the desk, in a browser."""

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.journeys.own_installation import OwnInstallation
from tests.journeys.staff import sign_in
from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.journey

_HAS_FOCUS = "(element) => element === document.activeElement"
_MOST_STEPS = 120


def test_keys_rest_while_one_types_and_when_they_are_turned_off(
    visitor: Callable[..., Visitor], qorgau: OwnInstallation
) -> None:
    member = sign_in(visitor, qorgau, "branch-specialist", "en")
    page = member.page
    page.locator("#find-number").focus()
    page.keyboard.type("gs?")
    assert page.locator("#find-number").input_value() == "gs?"
    assert page.locator("dialog[open]").count() == 0
    page.locator("#find-number").fill("")
    page.locator("#main").focus()
    page.keyboard.press("g")
    member.go(lambda: page.keyboard.press("s"))
    tab_to(page, "#id_single_keys")
    page.keyboard.press("Space")
    member.go(lambda: page.keyboard.press("Control+Enter"))
    assert page.locator("html").get_attribute("data-keys") == "off"
    page.locator("#main").focus()
    for key in ("?", "/", "g", "q"):
        page.keyboard.press(key)
    assert page.locator("dialog[open]").count() == 0
    assert "/desk/settings/" in page.url
    assert page.locator("#main").evaluate(_HAS_FOCUS)
    # Those with Ctrl stay, and the page does what the dialog does.
    command(member, "keys")
    assert "/desk/keys/" in page.url
    qorgau.rows("UPDATE people_staff SET single_keys = true WHERE username = 'branch-specialist'")


def test_without_scripts_the_button_leads_to_the_same_list(
    visitor: Callable[..., Visitor], qorgau: OwnInstallation
) -> None:
    qorgau.rows("UPDATE people_staff SET language = 'en' WHERE username = 'branch-specialist'")
    member = visitor("en", scripts=False)
    member.open("/staff/login/")
    password = json.loads((qorgau.var / "demo.json").read_text())["password"]
    member.fill(login="branch-specialist", password=password)
    member.press("Sign in")
    member.go(member.page.locator("a[data-palette]").click)
    member.page.locator("#words").fill("over")
    member.press("Find", within=member.page.locator("main"))
    member.go(member.page.locator("main").get_by_role("link", name="Overdue").click)
    assert "tab=overdue" in member.page.url


def command(member: Visitor, words: str) -> None:
    """Open the palette, type, and go to the first thing found."""
    page = member.page
    page.keyboard.press("Control+k")
    page.locator("[role='option']").first.wait_for()
    with page.expect_response(lambda answer: "/desk/palette/" in answer.url):
        page.keyboard.insert_text(words)
    page.wait_for_function("() => document.querySelectorAll(\"[role='option']\").length < 8")
    page.locator("[role='option'][aria-selected='true']").wait_for()
    member.look()
    member.go(lambda: page.keyboard.press("Enter"))


def tab_to(page: Page, target: str) -> None:
    """Press Tab until the target has the focus."""
    for _ in range(_MOST_STEPS):
        if page.locator(target).first.evaluate(_HAS_FOCUS):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{target} is not reached by Tab")
