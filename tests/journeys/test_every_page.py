"""Every public page: on a telephone and on a desk, in three languages, in every look."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from qorgau.channels.portal import urls
from qorgau.handling.for_applicant.taken_along import word_for
from qorgau.register.models import Appeal
from tests.journeys.complaints import fill_in, find_clinic
from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.journey

NARROW, WIDE = 360, 1280
# Words of headings, links and buttons that are cut in two at the end of a line; a hyphen of their own may end it.
_CUT_WORDS = """() => [...document.querySelectorAll("h1, h2, h3, a, button, label, legend")].flatMap((element) => {
    const cut = [];
    const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
        for (const found of texts.currentNode.data.matchAll(/[\\p{L}\\p{N}]{2,}/gu)) {
            const word = document.createRange();
            word.setStart(texts.currentNode, found.index);
            word.setEnd(texts.currentNode, found.index + found[0].length);
            const lines = new Set([...word.getClientRects()].map((line) => Math.round(line.top)));
            if (lines.size > 1) cut.push(found[0]);
        }
    }
    return cut;
})"""
# Answers that are no pages: a fragment, files, and what is only sent to.
NO_PAGES = {"organisations", "receipt_pdf", "answer_pdf", "file", "leave", "status_forget", "status_warn_nobody"}
# Seen only after an IIN was typed: `test_insured_status.py` looks at them.
AFTER_AN_IIN = {
    *("status_wrong", "status_prove", "status_own", "status_who_asked", "status_warn", "status_warnings"),
    *("status_change_clinic", "status_not_agreed", "status_temporary"),
}
# Comes from a chat with the appeal in its address, and its button leads on to it; an old one asks for number and code.
FROM_A_CHAT = {"taken_along"}
# Of one certificate: whoever has none sees that there is none. Its own pages come after proof.
OF_A_CERTIFICATE = {"certificate", "certificate_progress", "certificate_file"}
# Shown after something was sent; the walk comes by them.
ON_THE_WAY = {"receipt", "message", "rating"}


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_every_public_page_fits_a_telephone_and_a_desk(
    visitor: Callable[..., Visitor], screenshots: Path, language: str
) -> None:
    citizen = visitor(language, width=NARROW)
    for name in _pages_of_walk(citizen, language):
        assert citizen.page.evaluate(_CUT_WORDS) == [], name
        assert citizen.width_in_wide_letters() == NARROW, name
        for width in (NARROW, WIDE):
            citizen.page.set_viewport_size({"width": width, "height": 900})
            citizen.look_for_overflow()
            if width == WIDE and language == "kk":
                citizen.look_for_barriers()
            citizen.picture(screenshots / f"{language}-{name}-{width}.png")
        citizen.page.set_viewport_size({"width": NARROW, "height": 900})


def test_the_chosen_look_holds_on_every_page(visitor: Callable[..., Visitor]) -> None:
    citizen = visitor("kk", width=NARROW)
    citizen.open("/kk/easier-to-read/")
    for setting, value in {"contrast": "black", "size": "200", "spacing": "widest", "typeface": "dyslexia"}.items():
        citizen.pick(setting, value)
    citizen.press("Save and look")
    for name in _pages_of_walk(citizen, "kk"):
        classes = set((citizen.page.locator("html").get_attribute("class") or "").split())
        assert classes >= {"contrast-black", "size-200", "spacing-widest", "typeface-dyslexia"}, name
        citizen.look_for_overflow()


def _pages_of_walk(citizen: Visitor, language: str) -> Iterator[str]:
    """Come to every page of the public site, one after the other; yields what each is called."""
    left = _names() - NO_PAGES - AFTER_AN_IIN - OF_A_CERTIFICATE - ON_THE_WAY - FROM_A_CHAT
    with override(language):
        readable = {name: reverse(f"portal:{name}") for name in sorted(left) if not _needs_an_appeal(name)}
        aids, nowhere = reverse("portal:aids"), f"/{language}/nowhere/"
        never_given = reverse("portal:certificate", args=["A26-0000001-1"])
        too_old = reverse("portal:taken_along", args=["of-long-ago"])
    for name, address in readable.items():
        citizen.open(address)
        yield name
    citizen.open(nowhere, status=404)
    yield "not-found"
    citizen.open(never_given, status=404)
    yield "certificate"
    citizen.open(too_old, status=410)
    yield "taken_along"
    citizen.open(readable["complaint"])
    citizen.press("Check and send", status=422)
    yield "complaint-errors"
    fill_in(citizen)
    find_clinic(citizen)
    citizen.press("Check and send")
    yield "check"
    citizen.press("Send the complaint")
    yield "receipt"
    citizen.press("Follow the appeal")
    yield "appeal"
    number = citizen.number()
    with override(language):
        for name in sorted(left - set(readable) - {"appeal"}):
            citizen.open(reverse(f"portal:{name}", args=[number]))
            yield name
    with override(language):
        appeal = reverse("portal:appeal", args=[number])
        word = word_for(Appeal(number=number, code_version=1), at=timezone.now())
        from_a_chat = reverse("portal:taken_along", args=[word])
    citizen.open(appeal)
    citizen.press("Close this page for others")
    citizen.open(from_a_chat)
    yield "taken_along-once"
    citizen.press("Open the appeal")
    assert citizen.number() == number
    assert aids in readable.values()


def _names() -> set[str]:
    return {str(pattern.name) for pattern in urls.urlpatterns}


def _needs_an_appeal(name: str) -> bool:
    pattern = next(pattern for pattern in urls.urlpatterns if pattern.name == name)
    return "number" in pattern.pattern.converters
