"""The citizen's part with the keyboard alone: every step is reached by Tab, seen while it has the focus, and done."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator

from tests.journeys.complaints import ASTANA, COMPLAINTS
from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.journey

_MOST_STEPS = 150
_HAS_FOCUS = "(element) => element === document.activeElement"
_IS_SEEN = """(element) => {
    // Some choices and cards are marked around what has the focus.
    const around = [element, element.parentElement, element.closest(".choice, .card, .file-drop")];
    return around.some((one) => {
        const style = one && getComputedStyle(one);
        return style && style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    });
}"""


def test_a_complaint_is_written_and_followed_with_the_keyboard(visitor: Callable[..., Visitor]) -> None:
    citizen = visitor("en")
    said = COMPLAINTS["en"]
    citizen.open("/en/")
    skip_the_frame(citizen)
    tab_to(citizen, link(citizen, "Complain about care"))
    citizen.go(lambda: citizen.page.keyboard.press("Enter"))

    choose(citizen, "topic", "care-refused")
    write(citizen, "text", said.text.replace("\n", " "))
    write(citizen, "event_date", "12.03.2026")
    choose(citizen, "region", ASTANA)
    write(citizen, "organisation", said.clinic_typed)
    clinic = citizen.page.get_by_role("radio", name=said.clinic, exact=True)
    clinic.wait_for()
    pick(citizen, clinic)
    write(citizen, "given_name", "Erzhan")
    write(citizen, "phone", "8 701 000 00 67")
    pick(citizen, citizen.page.locator('input[name="wish"][value="fund"]'))
    press(citizen, "Check and send")

    assert said.clinic in citizen.text()
    press(citizen, "Send the complaint")
    number = citizen.number()
    press(citizen, "Follow the appeal")
    assert citizen.number() == number
    write(citizen, "text", "One more thing.")
    press(citizen, "Send the message")
    assert "One more thing." in citizen.text()


def test_an_error_leads_the_keyboard_to_its_field(visitor: Callable[..., Visitor]) -> None:
    citizen = visitor("ru")
    citizen.open("/ru/write/question/")
    tab_to(citizen, citizen.page.get_by_role("button", name=citizen.words("Check and send"), exact=True))
    citizen.go(lambda: citizen.page.keyboard.press("Enter"), status=422)
    tab_to(citizen, citizen.page.locator('.error-summary a[href="#id_text"]'))
    citizen.page.keyboard.press("Enter")
    assert citizen.page.locator("#id_text").evaluate(_HAS_FOCUS)


def skip_the_frame(citizen: Visitor) -> None:
    """The first stops are the settings of the look and a way past everything that all pages have."""
    tab_to(citizen, link(citizen, "Skip to the main content"), most=2)
    citizen.page.keyboard.press("Enter")
    assert citizen.page.locator("#main").evaluate(_HAS_FOCUS)


def link(citizen: Visitor, text: str) -> Locator:
    return citizen.page.get_by_role("link", name=citizen.words(text), exact=True).first


def press(citizen: Visitor, text: str) -> None:
    tab_to(citizen, citizen.page.get_by_role("button", name=citizen.words(text), exact=True))
    citizen.go(lambda: citizen.page.keyboard.press("Enter"))


def write(citizen: Visitor, name: str, text: str) -> None:
    tab_to(citizen, citizen.page.locator(f"#id_{name}"))
    citizen.page.keyboard.type(text)


def choose(citizen: Visitor, name: str, value: str) -> None:
    """Go down a list until the value is chosen."""
    field = citizen.page.locator(f"#id_{name}")
    tab_to(citizen, field)
    for _ in range(_MOST_STEPS):
        if field.input_value() == value:
            return
        citizen.page.keyboard.press("ArrowDown")
    raise AssertionError(f"{value} is not in the list {name}")


def pick(citizen: Visitor, choice: Locator) -> None:
    """Go among the round buttons of a group until this one is chosen."""
    group = citizen.page.locator(f'input[type="radio"][name="{choice.get_attribute("name")}"]')
    for _ in range(_MOST_STEPS):
        citizen.page.keyboard.press("Tab")
        if any(one.evaluate(_HAS_FOCUS) for one in group.all()):
            break
    citizen.page.keyboard.press("Space")
    for _ in range(_MOST_STEPS):
        if choice.is_checked():
            return
        citizen.page.keyboard.press("ArrowDown")
    raise AssertionError("the choice was not reached")


def tab_to(citizen: Visitor, target: Locator, *, most: int = _MOST_STEPS) -> None:
    """Press Tab until the target has the focus, which must show."""
    for _ in range(most):
        citizen.page.keyboard.press("Tab")
        if target.evaluate(_HAS_FOCUS):
            assert target.evaluate(_IS_SEEN), f"the focus does not show on {target}"
            return
    raise AssertionError(f"{target} is not reached by Tab")
