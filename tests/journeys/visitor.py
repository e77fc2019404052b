"""Somebody at a browser: opens, fills in, presses, and every page they come to is looked over.

Looked over means: axe finds nothing, nothing is pushed out sideways, no script failed and nothing was refused.
"""

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from django.utils.translation import gettext, override
from playwright.sync_api import BrowserContext, ConsoleMessage, Download, Locator, Page

_SIDEWAYS = "() => [document.scrollingElement.scrollWidth, innerWidth]"
_SPILLED = """() => [...document.body.childNodes]
    .filter((one) => one.nodeType === Node.TEXT_NODE).map((one) => one.data.trim()).join("")"""
_TYPEFACE = "(names) => document.documentElement.style.setProperty('--font', names)"
# What axe passed over is of no use to us, nor are style sheets loaded once more: no rule that it follows needs them.
_OPTIONS = {"resultTypes": ["violations"], "preload": False}
_PICTURES = bool(os.environ.get("PICTURES"))
NUMBER = re.compile(r"\b\d\d-\d{7}-\d\b")


class Visitor:
    """One browser of one person, who reads one language."""

    def __init__(self, context: BrowserContext, language: str, *, scripts: bool = True, axe: bool = True) -> None:
        """`scripts`: whether this browser runs any. `axe`: whether it looks for barriers, which needs scripts.

        It looks in Kazakh, whose words are the longest: what stands on a page is the same in the other languages.
        """
        self.context = context
        self.language = language
        self.scripts = scripts
        self.axe = axe and scripts and language == "kk"
        self.page: Page = context.new_page()
        self.complaints: list[str] = []
        self._expected: list[str] = []
        self.page.on("pageerror", lambda error: self.complaints.append(f"{self.page.url}: {error}"))
        self.page.on("console", self._hear)

    def words(self, text: str, **facts: object) -> str:
        """What stands on pages in this person's language for a sentence of the source."""
        with override(self.language):
            said = gettext(text)
        return said % facts if facts else said.replace("%%", "%")

    def name(self, choose: Callable[[], object]) -> str:
        """A lazy name in this person's language."""
        with override(self.language):
            return str(choose())

    # --- Going --------------------------------------------------------------------------------------------------------

    def open(self, path: str, *, status: int = 200) -> None:
        """Come to an address, which answers with this status."""
        if status >= 400:
            self._expected.append(str(status))
        answer = self.page.goto(path)
        assert answer is not None
        assert answer.status == status, f"{path} answers {answer.status}"
        self.look()

    def press(self, text: str, *, within: Locator | None = None, status: int = 200) -> None:
        """Press the button of this name and come to the next page."""
        button = (within or self.page).get_by_role("button", name=self.words(text), exact=True)
        self.go(button.click, status=status)

    def follow(self, text: str, **facts: object) -> None:
        """Follow the link of this name."""
        self.go(self.page.get_by_role("link", name=self.words(text, **facts), exact=True).first.click)

    def go(self, act: Callable[[], None], *, status: int = 200) -> None:
        """Do what leads to another page, wait for it and look it over."""
        if status >= 400:
            self._expected.append(str(status))
        with self.page.expect_navigation() as coming:
            act()
        answer = coming.value
        # Within a page (#part) there is no answer.
        assert answer is None or answer.status == status, f"{self.page.url} answers {answer.status}"
        self.look()

    def download(self, text: str) -> Path:
        """Follow the link of this name to a file; where the file is."""
        with self.page.expect_download() as coming:
            self.page.get_by_role("link", name=self.words(text), exact=True).click()
        got: Download = coming.value
        return Path(got.path())

    # --- Filling in ---------------------------------------------------------------------------------------------------

    def fill(self, **values: str) -> None:
        """Type into fields by their names."""
        for name, value in values.items():
            self.page.locator(f"#id_{name}").fill(value)

    def select(self, **values: str) -> None:
        for name, value in values.items():
            self.page.locator(f"#id_{name}").select_option(value)

    def pick(self, name: str, value: str) -> None:
        """Choose one of the round buttons."""
        self.tick(self.page.locator(f'input[name="{name}"][value="{value}"]'))

    def tick(self, choice: Locator) -> None:
        """Choose a round button or tick a box by its words, which lie over it."""
        self.page.locator(f'label[for="{choice.get_attribute("id")}"]').click()
        assert choice.is_checked()

    def typed(self) -> dict[str, Any]:
        """Everything that stands in the fields of the page's main form, by name, as a person sees it."""
        return self.page.evaluate(_TYPED)  # type: ignore[no-any-return]

    # --- Looking ------------------------------------------------------------------------------------------------------

    def look(self) -> None:
        """Look the page over."""
        if self.axe:
            self.look_for_barriers()
        self.look_for_overflow()
        # What stands loose in the head of a page, a browser shows above everything.
        assert self.page.evaluate(_SPILLED) == ""
        assert self.complaints == [], self.complaints

    def look_for_barriers(self) -> None:
        """axe finds nothing."""
        assert (self.page.url, self.barriers()) == (self.page.url, [])

    def barriers(self) -> list[tuple[str, str, str]]:
        """What axe finds: the rule, what it asks for, and the first place."""
        found = Axe().run(self.page, options=_OPTIONS).response["violations"]
        return [(one["id"], one["help"], one["nodes"][0]["html"][:300]) for one in found]

    def look_for_overflow(self) -> None:
        """Nothing makes the page wider than its window."""
        wide, window = self.page.evaluate(_SIDEWAYS)
        assert wide <= window, f"{self.page.url} is {wide} wide in a window of {window}"

    def width(self) -> int:
        """How wide the page is, with what is pushed out of its window."""
        return int(self.page.evaluate(_SIDEWAYS)[0])

    def width_in_wide_letters(self) -> int:
        """How wide the page would be on a machine that has none of our typefaces but one with wide letters."""
        self.page.evaluate(_TYPEFACE, '"DejaVu Sans", Verdana')
        width = self.width()
        self.page.evaluate(_TYPEFACE, "")
        return width

    def picture(self, place: Path) -> None:
        """Keep the whole page as a picture, in a run that is asked for pictures: `PICTURES=1 make journeys`."""
        if _PICTURES:
            self.page.screenshot(path=place, full_page=True)

    def text(self) -> str:
        return self.page.locator("body").inner_text()

    def number(self) -> str:
        """The number of an appeal in the heading of the page."""
        found = NUMBER.search(self.page.locator("main").inner_text())
        assert found, self.text()
        return found[0]

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type not in ("error", "warning"):
            return
        # A browser tells of every answer above 399, wished or not.
        if any(f"status of {status}" in message.text for status in self._expected):
            return
        self.complaints.append(f"{self.page.url}: {message.text}")


_TYPED = """() => Object.fromEntries(
    [...document.querySelectorAll("main form[data-keep] :is(input, select, textarea)")]
        .filter((e) => e.name && e.type !== "hidden" && e.type !== "file" && !e.closest(".trap"))
        .filter((e) => !["radio", "checkbox"].includes(e.type) || e.checked)
        .map((e) => [e.name, e.value]))"""
