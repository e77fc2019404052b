"""Am I insured? The number stays out of sight, the verdict is plain, and without proof little is told."""

import logging
import re
from datetime import date

import pytest
from django.http import HttpResponse
from django.test import Client

from qorgau.directory.loading import load_reference
from qorgau.directory.models import InsuranceRules
from qorgau.directory.reference import refresh
from qorgau.insured.models import LookUp
from qorgau.register.models import Appeal
from tests.channels.portal.conftest import field, form_of
from tests.channels.portal.insurance.conftest import EMPLOYED, text
from tests.insured.conftest import Loader
from tests.insured.files import AIGUL, DANA, STRANGER, TIMUR

PAGE = "/en/am-i-insured/"
WRONG = "/en/am-i-insured/wrong/"
QUESTION = "/en/write/question/"


def ask(browser: Client, iin: str, status: int = 200, **more: str) -> HttpResponse:
    page = browser.post(PAGE, {"iin": iin, **more})
    assert page.status_code == status
    return page


def test_the_page_asks_for_the_number_and_no_register(browser: Client) -> None:
    page = browser.get(PAGE)

    assert page.status_code == 200
    assert field(form_of(page, PAGE), "iin") == ""


def test_who_paid_is_told_so_in_one_sentence_with_the_rule(people: None, browser: Client) -> None:
    said = text(ask(browser, AIGUL))

    assert "You are insured" in said
    assert "12 of the last 12 months are paid." in said
    assert "Each of the last 12 months before this one is paid." in said
    assert "In force since January 1, 2026. Basis: Law on compulsory social medical insurance, Art. 5." in said
    assert "On November 28, 2026, by the data of the register of November 28, 2026." in said
    assert "How to be insured" not in said


def test_who_lost_the_insurance_sees_the_months_and_the_cheapest_way(people: None, browser: Client) -> None:
    said = text(ask(browser, DANA))

    assert "You are not insured" in said
    assert "8 of the last 12 months are paid. Not paid: July 2026 – October 2026." in said
    assert "The last paid month is June 2026; the right that lasts after it has ended." in said
    assert "Pay the 4 months that are missing The cheapest 17 000 ₸ insured as soon as the payment arrives" in said
    assert "Pay 12 months ahead 51 000 ₸ insured from December 1, 2026" in said
    assert said.count("The cheapest") == 1


def test_prices_can_be_those_of_an_entrepreneur(people: None, browser: Client) -> None:
    form = form_of(ask(browser, DANA), PAGE)
    again = text(browser.post(PAGE, dict(form.filled({}))))

    assert "23 800 ₸" in again and "somebody with a business of their own" in again


def test_without_proof_no_sum_payer_category_or_clinic_is_told(people: None, browser: Client) -> None:
    employed, student = ask(browser, AIGUL).content.decode(), ask(browser, TIMUR)

    assert re.findall(r"10.200|employer</td>|demo-71-gp1|2025-01-01|January 1, 2025", employed) == []
    said = text(student)
    assert "You are insured" in said and "prove who you are to see it" in said
    assert "student" not in said and "the state pays" not in said and "7 285" not in said


@pytest.mark.parametrize("typed", ["900101 300106", "900101-300106", "٩٠٠١٠١٣٠٠١٠٦"])
def test_the_number_is_taken_as_people_type_it_and_shown_masked(people: None, browser: Client, typed: str) -> None:
    page = ask(browser, typed)

    assert "••••••••0106" in text(page)
    assert AIGUL not in page.content.decode()


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("", "Write the IIN: 12 digits."),
        ("   ", "Write the IIN: 12 digits."),
        ("90010130010", "An IIN has 12 digits, and these are 11."),
        ("9001013001066", "An IIN has 12 digits, and these are 13."),
        ("90010130010a", "An IIN has 12 digits and nothing else."),
        ("ИИН жоқ", "An IIN has 12 digits and nothing else."),
        ("900101300107", "There is no such IIN: one of the digits is wrong."),
        ("000000000000", "There is no IIN of twelve equal digits."),
        ("170740000206", "This looks like the BIN of an organisation, not the IIN of a person."),
        ("9" * 5000, "This has 5000 characters; 200 fit here."),
    ],
)
def test_what_is_no_number_is_explained_beside_the_field_and_asks_nobody(
    people: None, browser: Client, typed: str, told: str
) -> None:
    page = ask(browser, typed, 422)

    assert told in text(page)
    assert 'aria-invalid="true"' in page.content.decode()
    assert LookUp.objects.count() == 0


@pytest.mark.parametrize(
    ("language", "told"),
    [("kk", "ЖСН 12 цифрдан тұрады, ал мұнда – 11."), ("ru", "В ИИН 12 цифр, а здесь – 11.")],
)
def test_it_is_explained_in_the_language_of_the_page(people: None, browser: Client, language: str, told: str) -> None:
    assert told in text(browser.post(f"/{language}/am-i-insured/", {"iin": "90010130010"}))


def test_a_number_like_an_organisations_is_asked_about_once(people: None, browser: Client) -> None:
    form = form_of(ask(browser, "170740000206", 422), PAGE)

    assert "Nothing can be shown for this IIN" in text(browser.post(PAGE, dict(form.filled({}))))


def test_a_stranger_is_told_nothing_and_not_that_he_is_not_insured(people: None, browser: Client) -> None:
    said = text(ask(browser, STRANGER))

    assert "Nothing can be shown for this IIN" in said and "This does not mean “not insured”" in said
    assert "You are not insured" not in said and "••••••••1119" in said


def test_a_silent_register_says_so_and_keeps_what_was_typed(rows: None, today: date, browser: Client) -> None:
    page = ask(browser, AIGUL, 503)

    assert "The register does not answer now" in text(page)
    assert field(form_of(page, PAGE), "iin") == AIGUL
    assert page["Retry-After"] == "120"


def test_a_missing_row_of_the_directory_is_said_and_no_error(load: Loader, today: date, browser: Client) -> None:
    load([EMPLOYED])
    InsuranceRules.objects.all().delete()
    refresh()
    assert "The directory has no rules of insured status" in text(ask(browser, AIGUL, 503))


def test_nobody_keeps_the_answer_and_the_number_is_in_no_log(
    people: None, browser: Client, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        page = ask(browser, AIGUL)

    assert "no-store" in page["Cache-Control"] and "private" in page["Cache-Control"]
    assert AIGUL not in caplog.text


def test_every_look_up_is_written_down_for_the_person(people: None, browser: Client) -> None:
    ask(browser, AIGUL)

    assert [(one.purpose, one.who, one.answer) for one in LookUp.objects.all()] == [("own_status", "portal", "found")]


def test_the_page_comes_again_when_its_token_was_old(people: None) -> None:
    strict = Client(enforce_csrf_checks=True, headers={"accept-language": "en"})
    page = strict.post(PAGE, {"iin": AIGUL})

    assert page.status_code == 403 and "Please send it again" in text(page)
    form = form_of(page, PAGE)
    assert field(form, "iin") == AIGUL and LookUp.objects.count() == 0
    assert "You are insured" in text(strict.post(PAGE, dict(form.filled({}))))


# --- This is wrong ---------------------------------------------------------------------------------------------------


def test_this_is_wrong_opens_a_question_that_is_filled_in(people: None, browser: Client) -> None:
    load_reference()
    refresh()
    form = form_of(ask(browser, DANA), WRONG)
    assert DANA not in str(form)

    question = form_of(browser.post(WRONG, dict(form.filled({}))), QUESTION)
    assert field(question, "topic") == "insured-status" and field(question, "iin") == DANA
    said = field(question, "text")
    assert "On November 28, 2026 the site tells me: “You are not insured”." in said
    assert "These months are shown as not paid: July 2026 – October 2026." in said

    check = browser.post(QUESTION, dict(question.filled({"text": said + "I have receipts.", "step": "check"})))
    assert check.status_code == 200 and "I have receipts." in text(check)
    sent = browser.post(QUESTION, dict(form_of(check, QUESTION).filled({"step": "send"})))
    assert sent.status_code == 302
    appeal = Appeal.objects.get()
    assert (appeal.kind, appeal.topic and appeal.topic.code) == ("request", "insured-status")
    assert appeal.applicant.iin_hash is not None


def test_a_button_of_an_old_page_leads_to_the_number_and_says_why(people: None, browser: Client) -> None:
    led = browser.post(PAGE, {"person": "x", "payer": "entrepreneur"})["Location"]

    assert led == f"{PAGE}?again" and "does not keep your IIN for long" in text(browser.get(led))


@pytest.mark.parametrize("person", ["", "x", "????", "AAAA", "я" * 300])
def test_whoever_has_not_asked_is_led_to_ask(people: None, browser: Client, person: str) -> None:
    page = browser.post(WRONG, {"person": person})

    assert page.status_code == 302 and page["Location"] == f"{PAGE}?again"
    assert browser.get(WRONG)["Location"] == f"{PAGE}?again"


def test_an_ordinary_question_asks_for_no_number(people: None, browser: Client) -> None:
    assert 'name="iin"' not in browser.get(QUESTION).content.decode()
