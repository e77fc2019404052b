"""The citizen's part in a browser that runs no scripts: everything works, with a button where a script would help."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.intake.sample_files import jpeg
from tests.journeys.complaints import COMPLAINTS, FILE, fill_in
from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.journey


def test_a_complaint_is_written_and_followed_without_scripts(visitor: Callable[..., Visitor], tmp_path: Path) -> None:
    citizen = visitor("kk", width=360, scripts=False)
    said = COMPLAINTS["kk"]
    citizen.open("/kk/")
    citizen.follow("Complain about care")
    fill_in(citizen)
    citizen.fill(organisation=said.clinic_typed)
    photo = tmp_path / FILE
    photo.write_bytes(jpeg())
    citizen.page.locator("#id_files").set_input_files(photo)

    citizen.press("Find")
    assert citizen.page.locator("#id_text").input_value() == said.text
    assert FILE in citizen.text()
    citizen.tick(citizen.page.get_by_role("radio", name=said.clinic, exact=True))
    citizen.press("Check and send")
    for line in (*said.text.splitlines(), said.clinic, FILE):
        assert line in citizen.text()

    citizen.press("Send the complaint")
    number = citizen.number()
    citizen.press("Follow the appeal")
    assert citizen.number() == number
    assert FILE in citizen.text()

    citizen.fill(text="Тағы бір сөз.")
    citizen.press("Send the message")
    assert "Тағы бір сөз." in citizen.text()
    citizen.follow("Withdraw the appeal")
    citizen.fill(reason="Мәселе шешілді.")
    citizen.press("Yes, withdraw it")
    assert citizen.words("Withdrawn") in citizen.text()


def test_the_settings_of_the_look_work_without_scripts(visitor: Callable[..., Visitor]) -> None:
    citizen = visitor("ru", scripts=False)
    citizen.open("/ru/write/")
    citizen.follow("Easier to read")
    citizen.pick("contrast", "black")
    citizen.pick("size", "150")
    citizen.press("Save and go back")
    assert citizen.page.url.endswith("/ru/write/")
    assert {"contrast-black", "size-150"} <= set((citizen.page.locator("html").get_attribute("class") or "").split())
