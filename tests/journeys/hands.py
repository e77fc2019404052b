"""Hands on a keyboard, and no mouse."""

from playwright.sync_api import Locator

from tests.journeys.visitor import Visitor

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
# Keys click too, but nothing is pressed down.
_NO_MOUSE = 'addEventListener("pointerdown", () => console.error("a mouse was used"), true)'


class Hands:
    """What one person does with the keys."""

    def __init__(self, person: Visitor, *, no_mouse: bool = True) -> None:
        """`no_mouse`: from now on a press of a button of a mouse fails the journey."""
        self.person, self.page = person, person.page
        if no_mouse:
            person.page.add_init_script(_NO_MOUSE)

    def press(self, *keys: str) -> None:
        """One key after the other."""
        for key in keys:
            self.page.keyboard.press(key)

    def type(self, words: str) -> None:
        """Into whatever has the focus, key by key."""
        self.page.keyboard.type(words)

    def go(self, *keys: str) -> None:
        """Press keys of which the last leads to another page, and look at it."""
        self.press(*keys[:-1])
        self.person.go(lambda: self.press(keys[-1]))

    def tab_to(self, target: Locator | str, *, most: int = _MOST_STEPS) -> None:
        """Press Tab until the target has the focus, which must show."""
        target = self.page.locator(target).first if isinstance(target, str) else target
        for _ in range(most):
            self.press("Tab")
            if target.evaluate(_HAS_FOCUS):
                assert target.evaluate(_IS_SEEN), f"the focus does not show on {target}"
                return
        raise AssertionError(f"{target} is not reached by Tab")

    def write(self, field: str, words: str, *, most: int = _MOST_STEPS) -> None:
        """Go on to a field and type into it."""
        self.tab_to(field, most=most)
        self.type(words)

    def choose(self, field: str, value: str) -> None:
        """Go on to a list, and down it until the value is chosen."""
        self.tab_to(field)
        for _ in range(_MOST_STEPS):
            if self.page.locator(field).input_value() == value:
                return
            self.press("ArrowDown")
        raise AssertionError(f"{value} is not in the list {field}")

    def command(self, words: str) -> None:
        """Say a command as fast as hands can, and come to its page."""
        self.press("Control+k")
        self.type(words)
        self.go("Enter")

    def close_dialog(self) -> None:
        """Escape; a browser may take a moment to let go of it."""
        self.press("Escape")
        self.page.locator("dialog[open]").wait_for(state="detached")

    def wait_for_focus(self, selector: str) -> None:
        """Until the page has given the focus to this."""
        self.page.wait_for_function("(selector) => document.activeElement?.matches(selector)", arg=selector)
