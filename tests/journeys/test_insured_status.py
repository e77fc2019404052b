"""From an IIN to the verdict, to everything about oneself, and to a question that is filled in when it is wrong."""

import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from qorgau.people.models import OneTimeCode
from qorgau.people.one_time_codes import digits_of
from qorgau.rules.months import month_of
from tests.citizen import Citizen
from tests.insured.files import AIGUL, DANA, STRANGER, paid
from tests.journeys.own_installation import OwnInstallation
from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.journey

NARROW, WIDE = 360, 1280


@pytest.fixture(scope="module")
def register(qorgau: OwnInstallation, tmp_path_factory: pytest.TempPathFactory) -> Iterator[OwnInstallation]:
    """Somebody insured and somebody who lost the insurance four months ago, whenever the journey is made."""
    now = month_of(date.today())
    people = tmp_path_factory.mktemp("register") / "people.csv"
    people.write_text(
        f"iin,paid\n{AIGUL},{paid((now - 12, now - 1))}\n{DANA},{paid((now - 20, now - 5))}\n", encoding="utf-8"
    )
    qorgau.command(sys.executable, "-m", "qorgau", "insured", "load", str(people))
    yield qorgau


def type_iin(citizen: Visitor, iin: str, *, status: int = 200) -> None:
    citizen.open(f"/{citizen.language}/am-i-insured/")
    citizen.fill(iin=iin)
    citizen.press("Check", status=status)


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_who_is_not_insured_learns_why_and_writes_that_it_is_wrong(
    visitor: Callable[..., Visitor], register: OwnInstallation, screenshots: Path, language: str
) -> None:
    citizen = visitor(language, width=NARROW)
    citizen.open(f"/{language}/")
    citizen.follow("Check whether I am insured")
    citizen.fill(iin="9001013001066")
    citizen.press("Check", status=422)
    assert citizen.page.locator("#id_iin").get_attribute("aria-invalid") == "true"

    citizen.fill(iin="840229 401515")
    citizen.press("Check")
    assert citizen.words("You are not insured") in citizen.text()
    assert citizen.words("The cheapest") in citizen.text()
    assert DANA not in citizen.page.content() and DANA not in citizen.page.url
    for width in (NARROW, WIDE):
        citizen.page.set_viewport_size({"width": width, "height": 900})
        citizen.look_for_overflow()
        citizen.page.screenshot(path=screenshots / f"{language}-not-insured-{width}.png", full_page=True)

    citizen.press("This is wrong")
    assert citizen.page.locator("#id_topic").input_value() == "insured-status"
    assert citizen.words("You are not insured") in citizen.page.locator("#id_text").input_value()
    assert citizen.page.locator("#id_iin").input_value() == DANA
    citizen.press("Check and send")
    citizen.press("Send the question")
    assert citizen.number()


def test_everything_works_without_scripts(visitor: Callable[..., Visitor], register: OwnInstallation) -> None:
    citizen = visitor("kk", width=NARROW, scripts=False)
    type_iin(citizen, AIGUL)
    assert citizen.words("You are insured") in citizen.text()

    citizen.press("Send me a code")
    citizen.fill(code=_code_sent(register))
    citizen.press("Show everything")
    assert citizen.words("Only you see this page") in citizen.text()
    citizen.follow("Who asked about my insurance")
    assert citizen.words("to see the status") in citizen.text()
    citizen.follow("Back to my status")
    citizen.press("This is wrong")
    assert citizen.page.locator("#id_topic").input_value() == "insured-status"
    citizen.open("/kk/am-i-insured/")
    citizen.press("Forget me here")
    citizen.open("/kk/am-i-insured/mine/")
    assert citizen.page.url.endswith("/kk/am-i-insured/")


def test_pages_of_a_status_fit_large_letters_and_paper(
    visitor: Callable[..., Visitor], register: OwnInstallation, screenshots: Path
) -> None:
    citizen = visitor("kk", width=NARROW)
    citizen.open("/kk/easier-to-read/")
    for setting, value in {"contrast": "blue", "size": "200", "spacing": "widest", "pictures": "off"}.items():
        citizen.pick(setting, value)
    citizen.press("Save and look")
    type_iin(citizen, DANA)
    assert not citizen.page.locator(".months-strip").is_visible()
    citizen.page.screenshot(path=screenshots / "kk-not-insured-large.png", full_page=True)
    citizen.page.emulate_media(media="print")
    assert not citizen.page.get_by_role("button", name=citizen.words("This is wrong")).is_visible()
    assert citizen.page.locator(".way").first.is_visible()
    citizen.page.emulate_media(media="screen")

    type_iin(citizen, STRANGER)
    assert citizen.words("Nothing can be shown for this IIN") in citizen.text()


def test_everything_about_oneself_is_looked_over(
    visitor: Callable[..., Visitor], register: OwnInstallation, screenshots: Path
) -> None:
    citizen = visitor("ru", width=NARROW)
    type_iin(citizen, AIGUL)
    citizen.press("Send me a code")
    citizen.page.screenshot(path=screenshots / "ru-prove-360.png", full_page=True)
    citizen.fill(code="1")
    citizen.press("Show everything", status=422)
    citizen.fill(code=_code_sent(register))
    citizen.press("Show everything")
    citizen.page.screenshot(path=screenshots / "ru-own-status-360.png", full_page=True)
    citizen.follow("Who asked about my insurance")
    citizen.page.screenshot(path=screenshots / "ru-who-asked-360.png", full_page=True)


def test_who_wants_to_be_warned_confirms_a_contact_and_stops_it_by_its_link(
    visitor: Callable[..., Visitor], register: OwnInstallation, screenshots: Path
) -> None:
    citizen = visitor("kk", width=NARROW)
    type_iin(citizen, AIGUL)
    citizen.press("Tell me in time")
    citizen.press("Send me the code", status=422)
    citizen.fill(contact="8 701 000 00 67", label="Анам")
    citizen.tick(citizen.page.locator("#id_consent"))
    for width in (NARROW, WIDE):
        citizen.page.set_viewport_size({"width": width, "height": 900})
        citizen.look_for_overflow()
        citizen.page.screenshot(path=screenshots / f"kk-warn-me-{width}.png", full_page=True)
    citizen.press("Send me the code")
    citizen.page.screenshot(path=screenshots / "kk-warn-me-code.png", full_page=True)
    citizen.fill(code=_code_sent(register))
    citizen.press("Begin the warnings")
    assert citizen.words("The warnings have begun") in citizen.text() and "Анам" in citizen.text()
    citizen.page.screenshot(path=screenshots / "kk-my-warnings.png", full_page=True)
    citizen.press("Stop these messages")
    assert citizen.words("No warnings go there any more.") in citizen.text()


def test_nothing_of_an_answer_is_kept_by_whoever_passes_it_on(register: OwnInstallation) -> None:
    citizen = Citizen(register.port)
    form = citizen.get("/ru/am-i-insured/").form("/ru/am-i-insured/")
    answer = citizen.post("/ru/am-i-insured/", form.filled({"iin": AIGUL}))

    assert answer.status == 200 and "no-store" in answer.headers["cache-control"]


def _code_sent(register: OwnInstallation) -> str:
    ((seed,),) = register.rows("SELECT seed FROM people_onetimecode ORDER BY id DESC LIMIT 1")
    return digits_of(OneTimeCode(seed=seed))
