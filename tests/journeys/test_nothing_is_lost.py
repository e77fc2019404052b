"""Errors and expired tokens bring the form back with everything that was typed and chosen."""

import http.client
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Route

from tests.intake.sample_files import jpeg
from tests.journeys.complaints import COMPLAINTS, FILE, fill_in, find_clinic
from tests.journeys.own_installation import OwnInstallation
from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.journey

WRONG_IIN = "123456789012"


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    file = tmp_path / FILE
    file.write_bytes(jpeg())
    return file


def test_an_error_keeps_everything_typed_and_the_chosen_file(visitor: Callable[..., Visitor], photo: Path) -> None:
    citizen = visitor("kk")
    citizen.open("/kk/write/complaint/")
    fill_in(citizen)
    find_clinic(citizen)
    citizen.fill(text="", iin=WRONG_IIN)
    citizen.page.locator("#id_files").set_input_files(photo)
    before = citizen.typed()

    citizen.press("Check and send", status=422)
    assert citizen.typed() == before
    assert FILE in citizen.page.locator(".files").inner_text()
    assert citizen.page.locator('.error-summary a[href="#id_text"]').is_visible()
    assert citizen.page.locator('.error-summary a[href="#id_iin"]').is_visible()

    # The identity number was asked about once; sent again as it is, it is kept as it is.
    citizen.fill(text="Дәрігер қабылдамады.")
    citizen.press("Check and send")
    assert WRONG_IIN in citizen.text()
    assert FILE in citizen.text()
    citizen.press("Send the complaint")
    citizen.press("Follow the appeal")
    assert FILE in citizen.text()


def test_a_list_that_comes_late_does_not_take_a_choice_away(visitor: Callable[..., Visitor]) -> None:
    citizen = visitor("ru")
    citizen.open("/ru/write/complaint/")
    fill_in(citizen)
    words, clinic = citizen.page.locator("#id_organisation"), COMPLAINTS["ru"].clinic
    choice = citizen.page.get_by_role("radio", name=clinic, exact=True)
    words.press_sequentially("поликлиника")
    choice.wait_for()

    late: list[Route] = []
    citizen.page.route("**/organisations/**", lambda route: late.append(route))
    with citizen.page.expect_request("**/organisations/**"):
        words.press_sequentially(" 1")
    citizen.tick(choice)
    with citizen.page.expect_response("**/organisations/**"):
        late[0].continue_()
    citizen.press("Check and send")
    assert clinic in citizen.text()


def test_going_back_to_change_something_keeps_the_rest(visitor: Callable[..., Visitor], photo: Path) -> None:
    citizen = visitor("ru")
    citizen.open("/ru/write/complaint/")
    fill_in(citizen)
    find_clinic(citizen)
    citizen.page.locator("#id_files").set_input_files(photo)
    before = citizen.typed()
    citizen.press("Check and send")
    citizen.press("Go back and change")
    assert citizen.typed() == before
    assert FILE in citizen.page.locator(".files").inner_text()


@pytest.mark.parametrize("step", ["form", "check"])
def test_an_expired_token_keeps_everything(visitor: Callable[..., Visitor], photo: Path, step: str) -> None:
    citizen = visitor("en")
    citizen.open("/en/write/complaint/")
    fill_in(citizen)
    find_clinic(citizen)
    citizen.page.locator("#id_files").set_input_files(photo)
    before = citizen.typed()
    if step == "check":
        citizen.press("Check and send")
    citizen.context.clear_cookies(name="csrftoken")

    citizen.press("Send the complaint" if step == "check" else "Check and send", status=403)
    assert "Please send it again" in citizen.text()
    if step == "form":
        # Everything was in order, so the page to check comes, with its way back to the form.
        citizen.press("Go back and change")
        assert citizen.typed() == before
        citizen.press("Check and send")
    assert FILE in citizen.text()
    citizen.press("Send the complaint")
    assert citizen.words("Your appeal is registered") in citizen.text()


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/ru/write/complaint/", 413, "Слишком много за один раз"),
        ("/fhir/CoverageEligibilityRequest", 401, "OperationOutcome"),
    ],
)
def test_who_sends_much_too_much_reads_why_it_was_not_taken(
    qorgau: OwnInstallation, address: str, status: int, words: str
) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", qorgau.port, timeout=30)
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept-Language": "ru"}
    connection.request("POST", address, b"text=" + b"x" * 30_000_000, headers)
    answer = connection.getresponse()
    assert (answer.status, words in answer.read().decode()) == (status, True)
