"""What a person gets at once: number, code, day, desk; and only that person."""

import time

import pytest
from django.conf import settings
from django.test import Client
from django.utils.translation import override

from qorgau.channels.portal.receipt import tracking_address
from qorgau.intake.receipt_facts import receipt_facts
from qorgau.intake.submit import submit
from qorgau.lib.pdf import render
from qorgau.register.access import access_code
from qorgau.register.models import Appeal
from qorgau.rules.roles import Role
from tests.channels.portal.conftest import COMPLAINT, field, form_of, words
from tests.channels.portal.writing.test_writing import typed
from tests.factories import World, new_appeal, staff


@pytest.fixture
def sent(world: World, browser: Client) -> Appeal:
    browser.post(COMPLAINT, typed(organisation_id=str(world.state_clinic.pk), phone="87010000067"))
    return Appeal.objects.get()


def test_the_receipt_names_number_code_desk_and_day(sent: Appeal, browser: Client) -> None:
    page = words(browser.get("/en/receipt/"))

    assert sent.number in page and access_code(sent.number) in page
    assert "Registered by the portal of the Social Health Insurance Fund" in page
    assert "СПП поликлиники №4" in page and "How the due date was found" in page
    assert "<svg" in page


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_it_can_be_read_and_saved_in_each_language(sent: Appeal, browser: Client, language: str) -> None:
    browser.get("/en/receipt/")
    page, pdf = browser.get(f"/{language}/receipt/"), browser.get(f"/{language}/receipt/receipt.pdf")

    assert sent.number in words(page)
    assert pdf["Content-Type"] == "application/pdf" and f'"{sent.number}.pdf"' in pdf["Content-Disposition"]
    assert pdf.content.startswith(b"%PDF-") and b"/StructTreeRoot" in pdf.content


def test_neither_address_nor_cookie_shows_the_code(sent: Appeal, browser: Client) -> None:
    answer = browser.post(COMPLAINT, typed())
    number = Appeal.objects.exclude(pk=sent.pk).get().number
    code = access_code(number)

    assert answer["Location"] == "/en/receipt/"
    cookie = answer.cookies["receipt-en"]
    assert code not in cookie.value and code.replace("-", "") not in cookie.value
    assert cookie["path"] == "/en/receipt/" and cookie["httponly"] and cookie["max-age"] == 3600


def test_the_qr_code_leads_to_the_number_and_holds_no_code(sent: Appeal) -> None:
    with override("kk"):
        address = tracking_address(sent.number)

    assert address == f"{settings.PUBLIC_ADDRESS}/kk/track/?number={sent.number}"


def test_nobody_else_sees_it(sent: Appeal) -> None:
    stranger = Client()

    for page in ("", "receipt.pdf"):
        assert stranger.get(f"/en/receipt/{page}")["Location"] == "/en/track/"


def test_a_forged_or_old_cookie_shows_nothing(sent: Appeal, browser: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    forged = Client()
    forged.cookies["receipt-en"] = browser.cookies["receipt-en"].value + "x"
    assert forged.get("/en/receipt/").status_code == 302

    later = time.time() + 3601
    monkeypatch.setattr("time.time", lambda: later)
    assert browser.get("/en/receipt/").status_code == 302


def test_the_receipt_stays_in_no_cache(sent: Appeal, browser: Client) -> None:
    assert "no-store" in browser.get("/en/receipt/")["Cache-Control"]
    assert "no-store" in browser.get("/en/receipt/receipt.pdf")["Cache-Control"]


def test_one_button_opens_the_appeal_from_the_receipt(sent: Appeal, browser: Client) -> None:
    form = form_of(browser.get("/en/receipt/"), "/en/track/")

    assert field(form, "number") == sent.number
    assert browser.post("/en/track/", dict(form.filled({})))["Location"] == f"/en/appeal/{sent.number}/"


def test_whoever_took_it_is_named_with_initials_and_post(world: World) -> None:
    person = staff(Role.CLINIC_SPECIALIST, world.clinic_desk, patronymic="Нурлановна", post="специалист")
    receipt = submit(new_appeal(taken_by_id=person.pk))
    facts = receipt_facts(receipt.number)

    assert facts is not None and facts.taken_by == "Сейітова А.Н., специалист"


def test_a_likely_repeat_is_named(sent: Appeal, world: World, browser: Client) -> None:
    browser.post(COMPLAINT, typed(organisation_id=str(world.state_clinic.pk), phone="87010000067"))

    assert f"It looks like your earlier appeal {sent.number}" in words(browser.get("/en/receipt/"))


def test_every_kazakh_letter_has_a_picture_in_the_paper() -> None:
    facts = {
        "language": "kk",
        "title": "Өтініш талоны",
        "fund": "Әлеуметтік медициналық сақтандыру қоры",
        "rows": [["Ә Ғ Қ Ң Ө Ұ Ү Һ І", "ә ғ қ ң ө ұ ү һ і"]],
        "text": "Біз тексердік.\nДәрігерге ескерту жасалды. № 1 «а» – 5 ₸",
        "legal_basis_title": "Негізі",
        "legal_basis": "Кодекс",
        "how_to_appeal_title": "Келіспесеңіз",
        "how_to_appeal": "Шағымданыңыз",
    }

    # PDF/UA refuses a letter that no font can draw, and then the paper would be made without the standard.
    assert b"pdfuaid" in render("handling/typst/answer.typ", facts)
