"""Keys and commands of the desk, in a browser."""

from collections.abc import Callable

import pytest

from tests.journeys.own_installation import OwnInstallation
from tests.journeys.staff import password_of, sign_in
from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.journey

_CLOSED_AND_PRESSED = """() => {
    const field = document.activeElement;
    field.closest("dialog").close();
    field.dispatchEvent(new KeyboardEvent("keydown", { key: "?", code: "Slash", shiftKey: true, bubbles: true }));
}"""


def test_keys_rest_while_one_types(visitor: Callable[..., Visitor], qorgau: OwnInstallation) -> None:
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
    assert "/desk/settings/" in page.url


def test_keys_work_at_once_when_a_dialog_is_closed(visitor: Callable[..., Visitor], qorgau: OwnInstallation) -> None:
    """Before the browser has drawn the page anew, what is pressed still comes to the field of the dialog."""
    page = sign_in(visitor, qorgau, "branch-specialist", "en").page
    page.keyboard.press("Control+k")
    page.locator("[role='option']").first.wait_for()
    page.evaluate(_CLOSED_AND_PRESSED)
    page.locator("dialog[open].key-sheet").wait_for()


def test_back_in_the_list_one_is_on_the_row_one_comes_from(
    visitor: Callable[..., Visitor], qorgau: OwnInstallation
) -> None:
    member = sign_in(visitor, qorgau, "branch-specialist", "en", axe=False)
    member.go(lambda: member.page.goto("/desk/?tab=all"))
    keys = member.page.keyboard
    for _ in range(3):
        keys.press("j")
    number = member.page.evaluate("document.activeElement.innerText")
    member.go(lambda: keys.press("Enter"))
    member.go(lambda: keys.press("u"))
    assert member.page.evaluate("document.activeElement.innerText") == number
    # Whoever comes with the mouse, or to another list, is where a page begins.
    member.go(lambda: member.page.goto("/desk/?tab=all"))
    assert member.page.evaluate("document.activeElement.tagName") == "BODY"


def test_without_scripts_the_button_leads_to_the_same_list(
    visitor: Callable[..., Visitor], qorgau: OwnInstallation
) -> None:
    qorgau.rows("UPDATE people_staff SET language = 'en' WHERE username = 'branch-specialist'")
    member = visitor("en", scripts=False)
    member.open("/staff/login/")
    member.fill(login="branch-specialist", password=password_of(qorgau))
    member.press("Sign in")
    member.go(member.page.locator("a[data-palette]").click)
    member.page.locator("#words").fill("over")
    member.press("Find", within=member.page.locator("main"))
    member.go(member.page.locator("main").get_by_role("link", name="Overdue").click)
    assert "tab=overdue" in member.page.url
