"""From an IIN to the verdict, to everything about oneself, and to a question that is filled in when it is wrong."""

import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from qorgau.insured.cells import name_of
from qorgau.people.models import OneTimeCode
from qorgau.people.one_time_codes import digits_of
from qorgau.rules.months import month_of
from tests.citizen import Citizen
from tests.insured.files import AIGUL, DANA, STRANGER, TIMUR, paid
from tests.journeys.complaints import ASTANA, find_clinic
from tests.journeys.own_installation import OwnInstallation
from tests.journeys.visitor import Visitor
from tests.paper import codes_on, draw, words_of

pytestmark = pytest.mark.journey

NARROW, WIDE = 360, 1280
INSURED = {"kk": AIGUL, "ru": TIMUR, "en": "050505600102"}
"""One for each language: codes and look-ups about one person are slowed down."""
LANGUAGES = list(INSURED)
CLINIC = ["demo-71-gp1", "2025-01-01"]
"""Where those who are insured are attached, and since when."""


@pytest.fixture(scope="module")
def register(qorgau: OwnInstallation, tmp_path_factory: pytest.TempPathFactory) -> Iterator[OwnInstallation]:
    """People who are insured and somebody who lost the insurance four months ago, whenever the journey is made."""
    now = month_of(date.today())
    months = [name_of(month) for month in range(now - 12, now)]
    lines = [
        ["iin", "paid", *months, "payers", "organisation", "attached_since"],
        *([iin, paid((now - 12, now - 1)), *["7285.90"] * 12, "E" * 12, *CLINIC] for iin in INSURED.values()),
        [DANA, paid((now - 20, now - 5)), *["4250"] * 8, *[""] * 4, "SSSSSSSS----", "", ""],
    ]
    people = tmp_path_factory.mktemp("register") / "people.csv"
    people.write_text("".join(f"{','.join(line)}\n" for line in lines), encoding="utf-8")
    qorgau.command(sys.executable, "-m", "qorgau", "insured", "load", str(people))
    yield qorgau


def type_iin(citizen: Visitor, iin: str, *, status: int = 200) -> None:
    citizen.open(f"/{citizen.language}/am-i-insured/")
    citizen.fill(iin=iin)
    citizen.press("Check", status=status)


@pytest.mark.parametrize("language", LANGUAGES)
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
    photograph(citizen, "not-insured", screenshots)

    citizen.press("This is wrong")
    assert citizen.page.locator("#id_topic").input_value() == "insured-status"
    assert citizen.words("You are not insured") in citizen.page.locator("#id_text").input_value()
    assert citizen.page.locator("#id_iin").input_value() == DANA
    citizen.press("Check and send")
    citizen.press("Send the question")
    assert citizen.number()

    type_iin(citizen, STRANGER)
    assert citizen.words("Nothing can be shown for this IIN") in citizen.text()
    photograph(citizen, "unknown", screenshots)
    citizen.open(f"/{language}/what-insurance-costs/?payer=employee&month=10&year=2026&income=350000")
    assert citizen.words("Withheld from your wage") in citizen.text()
    photograph(citizen, "calculated", screenshots)


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
    assert citizen.page.url.endswith("/kk/am-i-insured/?prove")


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
    citizen.picture(screenshots / "kk-not-insured-large.png")
    citizen.page.emulate_media(media="print")
    assert not citizen.page.get_by_role("button", name=citizen.words("This is wrong")).is_visible()
    assert citizen.page.locator(".way").first.is_visible()
    citizen.page.emulate_media(media="screen")


def test_everything_about_oneself_and_a_certificate_of_it(
    visitor: Callable[..., Visitor], register: OwnInstallation, screenshots: Path
) -> None:
    people = [visitor(language, width=NARROW) for language in LANGUAGES]
    for citizen in people:
        prove(citizen, register, screenshots)
        asks_for_another_clinic(citizen, screenshots)
        citizen.follow("Who asked about my insurance")
        photograph(citizen, "who-asked", screenshots)
        citizen.open(f"/{citizen.language}/certificate/mine/A26-0009999-1/", status=404)
        photograph(citizen, "certificate-gone", screenshots)
        citizen.follow("Ask for a certificate")
        photograph(citizen, "certificate-order", screenshots)
        citizen.press("Make the certificate")
        assert citizen.words("Look again") in citizen.text()
        photograph(citizen, "certificate-waits", screenshots)

    register.work()
    for citizen in people:
        # The page itself comes to know of it.
        save = citizen.page.get_by_role("link", name=citizen.words("Save the certificate (PDF)"), exact=True)
        save.wait_for()
        citizen.look()
        photograph(citizen, "certificate-ready", screenshots)
        file = citizen.download("Save the certificate (PDF)")
        draw(file.read_bytes(), screenshots / f"{citizen.language}-certificate.png")
        said = words_of(file.read_bytes())
        assert INSURED[citizen.language] in said and citizen.words("Deductions and contributions by month") in said
        shown_to(visitor(citizen.language, width=NARROW), file, screenshots)


def prove(citizen: Visitor, register: OwnInstallation, screenshots: Path) -> None:
    """Up to the page with everything about oneself."""
    citizen.open(f"/{citizen.language}/am-i-insured/mine/")
    photograph(citizen, "proof-wanted", screenshots)
    citizen.fill(iin=INSURED[citizen.language])
    citizen.press("Check")
    photograph(citizen, "insured", screenshots)
    citizen.press("Send me a code")
    photograph(citizen, "prove", screenshots)
    citizen.fill(code="1")
    citizen.press("Show everything", status=422)
    citizen.fill(code=_code_sent(register))
    citizen.press("Show everything")
    photograph(citizen, "own-status", screenshots)


def asks_for_another_clinic(citizen: Visitor, screenshots: Path) -> None:
    """From everything about oneself to an application, to the complaint about the present clinic, and back."""
    mine, iin = citizen.page.url, INSURED[citizen.language]
    citizen.press("Change the clinic")
    assert citizen.page.locator("#id_iin").input_value() == iin
    citizen.select(region=ASTANA, reason="free-choice")
    find_clinic(citizen)
    citizen.fill(address="Абай 5, 12", surname="Оспанова", phone="8 701 000 00 68")
    photograph(citizen, "attachment", screenshots)
    citizen.press("Check and send")
    photograph(citizen, "attachment-check", screenshots)
    citizen.press("Send the application")
    assert citizen.number()

    citizen.open(mine)
    citizen.press("I did not agree to this attachment")
    assert citizen.page.locator("#id_topic").input_value() == "attached-without-consent"
    drafted = citizen.page.locator("#id_text").input_value()
    assert citizen.words("Nobody had told me, and I did not agree to it.") in drafted
    assert iin not in citizen.page.url
    photograph(citizen, "not-agreed", screenshots)
    citizen.open(mine)


def shown_to(stranger: Visitor, certificate: Path, screenshots: Path) -> None:
    """Somebody who is shown a certificate follows the code on it, and compares the file."""
    (address,) = codes_on(certificate.read_bytes())
    stranger.open(address)
    photograph(stranger, "certificate-genuine", screenshots)
    assert INSURED[stranger.language] not in stranger.page.content()
    stranger.page.set_input_files("#id_file", certificate)
    stranger.press("Compare")
    assert stranger.words("The file is genuine and unchanged") in stranger.text()
    changed = bytearray(certificate.read_bytes())
    changed[len(changed) // 2] ^= 1
    stranger.page.set_input_files(
        "#id_file", files=[{"name": "certificate.pdf", "mimeType": "application/pdf", "buffer": bytes(changed)}]
    )
    stranger.press("Compare")
    assert stranger.words("The file is another one") in stranger.text()
    photograph(stranger, "certificate-changed", screenshots)


def photograph(citizen: Visitor, page: str, screenshots: Path) -> None:
    """Keep a page as a telephone shows it, and, in the language with the longest words, a desk."""
    for width in (WIDE, NARROW):
        citizen.page.set_viewport_size({"width": width, "height": 900})
        citizen.look_for_overflow()
        if width == NARROW or citizen.language == "kk":
            citizen.picture(screenshots / f"{citizen.language}-{page}-{width}.png")


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
        citizen.picture(screenshots / f"kk-warn-me-{width}.png")
    citizen.press("Send me the code")
    citizen.picture(screenshots / "kk-warn-me-code.png")
    citizen.fill(code=_code_sent(register))
    citizen.press("Begin the warnings")
    assert citizen.words("The warnings have begun") in citizen.text() and "Анам" in citizen.text()
    citizen.picture(screenshots / "kk-my-warnings.png")
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
