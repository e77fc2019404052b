"""From "not insured" to a temporary status: an application with a document, and a decision at the branch."""

import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from qorgau.rules.months import month_of
from qorgau.rules.states import Verb
from tests.insured.files import DANA, paid
from tests.journeys.own_installation import OwnInstallation
from tests.journeys.staff import do, open_card, sign_in
from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.journey

NARROW, WIDE = 360, 1280


@pytest.mark.parametrize(("language", "scripts"), [("kk", True), ("ru", False)])
def test_who_belongs_to_a_category_is_temporarily_insured_on_documents(
    visitor: Callable[..., Visitor],
    qorgau: OwnInstallation,
    screenshots: Path,
    tmp_path: Path,
    language: str,
    scripts: bool,
) -> None:
    iin = {"kk": DANA, "ru": "150615601119"}[language]
    _register(qorgau, tmp_path)
    document = tmp_path / "document.txt"
    document.write_text("Зейнеткер", encoding="utf-8")
    citizen = visitor(language, width=NARROW, scripts=scripts)
    _ask(citizen, iin)
    _picture(citizen, screenshots / f"{language}-temporary-way")
    citizen.press("I belong to a category the state pays for")
    assert citizen.page.locator("#id_iin").input_value() == iin
    citizen.pick("category", "C07")
    citizen.page.locator("#id_region").select_option("710000000")
    citizen.fill(phone="87010000067")
    citizen.press("Check and send", status=422)
    assert citizen.words("Documents that prove it") in citizen.text()
    _picture(citizen, screenshots / f"{language}-temporary-asked")
    citizen.page.locator("#id_files").set_input_files(document)
    citizen.press("Check and send")
    _picture(citizen, screenshots / f"{language}-temporary-check")
    citizen.press("Send the application")
    number = citizen.number()

    member = sign_in(visitor, qorgau, "branch-specialist", language)
    open_card(member, number)
    do(member, Verb.ACCEPT)
    member.page.get_by_role("button", name=member.words("Look the status up"), exact=True).click()
    member.page.locator("#insurance-body [role=status]").wait_for()
    assert member.words("You are not insured") in member.text()
    member.look()
    do(member, Verb.GRANT_TEMPORARY, fill=lambda: _decide(member, screenshots / f"{language}-temporary-grant"))
    assert member.words("holds now") in member.text()
    _picture(member, screenshots / f"{language}-temporary-card")

    _ask(citizen, iin)
    assert citizen.words("It ends by itself on that day") in citizen.text()
    _picture(citizen, screenshots / f"{language}-temporary-holds")


def _register(qorgau: OwnInstallation, folder: Path) -> None:
    now, people = month_of(date.today()), folder / "people.csv"
    lost = paid((now - 20, now - 5))
    people.write_text(f"iin,paid\n{DANA},{lost}\n150615601119,\n", encoding="utf-8")
    qorgau.command(sys.executable, "-m", "qorgau", "insured", "load", str(people), "--smaller")


def _ask(citizen: Visitor, iin: str) -> None:
    citizen.open(f"/{citizen.language}/am-i-insured/")
    citizen.fill(iin=iin)
    citizen.press("Check")


def _decide(member: Visitor, picture: Path) -> None:
    assert member.page.locator("#id_category").input_value() == "C07"
    assert member.page.locator("input[name=documents]").is_checked()
    member.page.locator("#id_ground").fill("Зейнетақы тағайындалған.")
    _picture(member, picture)


def _picture(somebody: Visitor, place: Path) -> None:
    for width in (NARROW, WIDE):
        somebody.page.set_viewport_size({"width": width, "height": 900})
        somebody.look_for_overflow()
        somebody.picture(Path(f"{place}-{width}.png"))
