"""Buttons that several paths share, and the one key that always stands below the input field."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy

from qorgau.lib.telegram.says import Button, Key, Rows, opens

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


def on_the_site(text: str, page: str, *about: str) -> Rows:
    """A row with the button that opens a page of the site; none where Telegram takes no address of this installation
    (docs/telegram.md).
    """
    address = address_on_the_site(page, *about)
    return ((Button(text, url=address),),) if opens(address) else ()


def address_on_the_site(page: str, *about: str) -> str:
    """The address of a page of the site, in the present language."""
    return f"{settings.PUBLIC_ADDRESS}{reverse(f'portal:{page}', args=about)}"


def site_opens() -> bool:
    """Whether Telegram takes addresses of this installation in buttons."""
    return opens(settings.PUBLIC_ADDRESS)


def begin(path: str, text: str) -> Button:
    """A button that begins another path, by its name."""
    return Button(text, f"{path}:")


def menu_key() -> tuple[tuple[Key, ...], ...]:
    """The keyboard that stays."""
    return ((Key(str(MAIN_MENU)),),)
