"""Whoever is shown a certificate learns whether it is genuine, and nothing about the person."""

from datetime import UTC, datetime
from hashlib import sha256
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from qorgau.channels.portal.forms.certificate import LARGEST
from qorgau.insured.certificate.contents import address_of
from qorgau.insured.models import Certificate
from qorgau.rules.certificate_numbers import make_certificate_number
from tests.channels.portal.conftest import words

PDF = b"%PDF-1.7 as it was made"
NUMBER = make_certificate_number(2026, 77)
PAGE = f"/en/certificate/{NUMBER}/"


@pytest.fixture
def certificate(db: None) -> Certificate:
    at = datetime(2026, 11, 28, 9, 30, tzinfo=UTC)
    return Certificate.objects.create(
        number=NUMBER,
        person=uuid4(),
        asked_at=at,
        asked_by="portal",
        language="kk",
        first_month="2025-11-01",
        last_month="2026-10-01",
        state=Certificate.READY,
        finished_at=at,
        sha256=sha256(PDF).digest(),
        stored_as="somewhere.sealed",
    )


def compare(browser: Client, content: bytes, status: int = 200) -> str:
    page = browser.post(PAGE, {"file": SimpleUploadedFile("certificate.pdf", content)})
    assert page.status_code == status
    return words(page)


def test_the_page_tells_number_day_language_period_and_hash_and_no_more(
    certificate: Certificate, browser: Client
) -> None:
    response = browser.get(PAGE)
    page = words(response)

    assert response.status_code == 200 and "no-store" in response["Cache-Control"]
    assert f"Certificate {NUMBER}" in page
    assert "November 28, 2026, 14:30" in page and "November 2025 – October 2026" in page and "Қазақша" in page
    assert sha256(PDF).hexdigest() in page
    assert str(certificate.person) not in page and certificate.stored_as not in page


def test_the_address_in_the_qr_code_is_the_page_in_the_language_of_the_paper(
    certificate: Certificate, browser: Client
) -> None:
    address = address_of(Certificate.objects.get())
    assert address == f"http://127.0.0.1:8000/kk/certificate/{NUMBER}/"
    assert browser.get(address.removeprefix("http://127.0.0.1:8000")).status_code == 200


def test_the_same_file_is_confirmed_and_another_is_not(certificate: Certificate, browser: Client) -> None:
    assert "The file is genuine and unchanged" in compare(browser, PDF)
    assert "The file is another one" in compare(browser, PDF + b" ")
    assert "The file is another one" in compare(browser, b"")


def test_no_file_and_a_huge_one_are_told_beside_the_field(certificate: Certificate, browser: Client) -> None:
    assert "A certificate is never so large." in compare(browser, b"x" * (LARGEST + 1), 422)
    page = browser.post(PAGE, {})
    assert page.status_code == 422 and "Choose the file of the certificate." in words(page)


def test_a_certificate_that_is_no_longer_kept_is_still_confirmed(certificate: Certificate, browser: Client) -> None:
    Certificate.objects.update(state=Certificate.CLEARED, person=None, stored_as="")
    assert "The file is genuine and unchanged" in compare(browser, PDF)


@pytest.mark.parametrize("state", [Certificate.WAITING, Certificate.UNKNOWN, Certificate.FAILED])
def test_a_number_under_which_nothing_was_made_is_as_unknown_as_any_other(
    certificate: Certificate, browser: Client, state: str
) -> None:
    Certificate.objects.update(state=state, sha256=b"")
    never_given = make_certificate_number(2026, 78)
    pages = [browser.get(PAGE), browser.get(f"/en/certificate/{never_given}/")]

    assert [page.status_code for page in pages] == [404, 404]
    assert words(pages[0]).replace(NUMBER, "") == words(pages[1]).replace(never_given, "")
    assert "There is no such certificate" in words(pages[0])


def test_a_typed_number_leads_to_the_page_and_a_slip_is_told(certificate: Certificate, browser: Client) -> None:
    assert browser.get("/en/certificate/").status_code == 200
    found = browser.get("/en/certificate/", {"number": NUMBER.replace("A", "а ").replace("-", " ")})
    assert (found.status_code, found["Location"]) == (302, PAGE)
    slip = browser.get("/en/certificate/", {"number": "A26-0000077-x"})
    assert slip.status_code == 422 and "or it has a slip" in words(slip)


def test_an_expired_page_asks_for_the_file_once_more(certificate: Certificate) -> None:
    page = Client(enforce_csrf_checks=True).post(PAGE, {"file": SimpleUploadedFile("certificate.pdf", PDF)})
    assert page.status_code == 403
    assert "Please choose the file once more." in words(page) and "genuine and unchanged" not in words(page)
