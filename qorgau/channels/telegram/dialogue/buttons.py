"""Buttons that several paths share, and the one key that always stands below the input field."""

from django.utils.translation import gettext_lazy

from qorgau.lib.telegram.says import Button, Key

MENU_DATA = "menu"
BACK_DATA = "back"
MAIN_MENU = gettext_lazy("Main menu")
BACK = gettext_lazy("Back")


def to_menu() -> tuple[Button, ...]:
    """A row with the button that leads to the menu."""
    return (Button(str(MAIN_MENU), MENU_DATA),)


def back_and_menu() -> tuple[Button, ...]:
    """A row with the buttons that lead one step back and to the menu."""
    return (Button(f"‹ {BACK}", BACK_DATA), Button(str(MAIN_MENU), MENU_DATA))


def begin(path: str, text: str) -> Button:
    """A button that begins another path, by its name."""
    return Button(text, f"{path}:")


def menu_key() -> tuple[tuple[Key, ...], ...]:
    """The keyboard that stays."""
    return ((Key(str(MAIN_MENU)),),)
