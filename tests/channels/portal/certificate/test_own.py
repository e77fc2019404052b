"""Whoever has proved to be the person has a certificate made; nobody else sees it."""

import io
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader

from qorgau.channels.portal.insurance.proof import remember_proof
from qorgau.insured.certificate.making import make
from qorgau.insured.models import Certificate
from qorgau.insured.person_key import person_key
from tests.channels.portal.conftest import form_of, words
from tests.channels.portal.insurance.conftest import people, today  # noqa: F401 - the register that the pages ask
from tests.insured.conftest import load, rows  # noqa: F401
from tests.insured.files import AIGUL, DANA

ORDER = "/en/certificate/mine/"
ASKED = {"first": "2026-06", "last": "2026-07", "language": "ru"}
PART = {"HX-Request": "true", "HX-Target": "certificate"}

pytestmark = pytest.mark.usefixtures("people")


@pytest.fixture(autouse=True)
def files_apart(settings: LazySettings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"


def proven(iin: str) -> Client:
    browser, response = Client(headers={"accept-language": "en"}), HttpResponse()
    remember_proof(response, iin)
    browser.cookies = response.cookies
    return browser


def test_the_proven_person_asks_waits_and_saves_the_file() -> None:
    browser = proven(AIGUL)
    assert 'value="2025-11" selected' in words(browser.get(ORDER))

    progress = browser.post(ORDER, ASKED)["Location"]
    certificate = Certificate.objects.get()
    assert progress == f"{ORDER}{certificate.number}/" and certificate.person == person_key(AIGUL)
    waiting = words(browser.get(progress))
    assert "is being made" in waiting and 'hx-trigger="every 2s"' in waiting
    assert '<noscript><meta http-equiv="refresh" content="5"></noscript>' in waiting
    assert browser.get(progress, headers=PART).status_code == 204
    assert f'href="{progress}"' in words(browser.get(ORDER))
    assert browser.get(f"{progress}file.pdf")["Location"] == progress

    make(certificate.pk)
    news = browser.get(progress, headers=PART)
    assert news.status_code == 286 and news.content.decode().lstrip().startswith('<div class="notice')
    ready = words(browser.get(progress))
    assert f"{progress}file.pdf" in ready and "hx-trigger" not in ready and "refresh" not in ready
    pdf = browser.get(f"{progress}file.pdf")
    assert pdf["Content-Type"] == "application/pdf" and "no-store" in pdf["Cache-Control"]
    said = PdfReader(io.BytesIO(pdf.content)).pages[0].extract_text()
    assert "20 400" in said.replace("\N{NO-BREAK SPACE}", " ") and AIGUL in said
    checked = browser.post(f"/en/certificate/{certificate.number}/", {"file": io.BytesIO(pdf.content)})
    assert "The file is genuine and unchanged" in words(checked)


def test_without_proof_one_is_led_to_where_it_is_proved_and_another_person_finds_nothing(browser: Client) -> None:
    progress = proven(AIGUL).post(ORDER, ASKED)["Location"]
    make(Certificate.objects.get().pk)

    for address in (ORDER, progress, f"{progress}file.pdf"):
        assert browser.get(address)["Location"] == "/en/am-i-insured/?prove"
    assert browser.post(ORDER, ASKED)["Location"] == "/en/am-i-insured/?prove"
    assert browser.get(progress, headers=PART)["HX-Redirect"] == "/en/am-i-insured/?prove"
    assert "have not proved who you are" in words(browser.get("/en/am-i-insured/?prove"))
    for address in (progress, f"{progress}file.pdf"):
        page = proven(DANA).get(address)
        assert page.status_code == 404 and "There is no file here" in words(page)
    assert progress not in words(proven(DANA).get(ORDER))
    assert Certificate.objects.count() == 1


@pytest.mark.parametrize("wrong", [{"first": "2026-08"}, {"first": "2024-01"}, {"last": "x"}, {"language": "de"}])
def test_a_wrong_choice_is_told_and_nothing_is_made(wrong: dict[str, str]) -> None:
    page = proven(AIGUL).post(ORDER, ASKED | wrong)
    assert page.status_code == 422 and "Error:" in words(page)
    assert not Certificate.objects.exists()


def test_what_could_not_be_made_and_what_is_gone_is_told(today: date) -> None:  # noqa: F811
    browser = proven(AIGUL)
    failed = browser.post(ORDER, ASKED)["Location"]
    Certificate.objects.get().end(Certificate.FAILED)
    assert "could not be made now" in words(browser.get(failed))


def test_when_its_hours_are_over_the_page_says_what_to_do(settings: LazySettings) -> None:
    settings.CERTIFICATES_KEPT_HOURS = 2
    browser = proven(AIGUL)
    progress = browser.post(ORDER, ASKED)["Location"]
    certificate = Certificate.objects.get()
    make(certificate.pk)
    Certificate.forget_old(timezone.now() + timedelta(hours=3))

    for address in (progress, f"{progress}file.pdf"):
        page = browser.get(address)
        assert page.status_code == 404
        assert "A certificate can be saved for 2 hours after it was made" in words(page)
        assert f'href="{ORDER}"' in words(page) and f'href="/en/certificate/{certificate.number}/"' in words(page)
    assert certificate.number not in words(browser.get(ORDER))


def test_a_file_that_the_disk_has_lost_is_no_error(tmp_path: Path) -> None:
    browser = proven(AIGUL)
    progress = browser.post(ORDER, ASKED)["Location"]
    make(Certificate.objects.get().pk)
    for path in (tmp_path / "files" / "certificates").iterdir():
        path.unlink()

    assert browser.get(f"{progress}file.pdf")["Location"] == progress
    assert "There is no file here" in words(browser.get(progress))


def test_an_order_whose_page_was_open_too_long_keeps_what_was_chosen() -> None:
    browser = proven(AIGUL)
    strict = Client(enforce_csrf_checks=True, headers={"accept-language": "en"})
    strict.cookies = browser.cookies
    page = strict.post(ORDER, ASKED)

    assert page.status_code == 403 and "Nothing was ordered yet" in words(page)
    assert 'value="2026-06" selected' in words(page) and 'value="2026-07" selected' in words(page)
    assert not Certificate.objects.exists()
    assert strict.post(ORDER, dict(form_of(page, ORDER).filled({}))).status_code == 302
