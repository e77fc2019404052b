"""Whoever has proved to be the person has a certificate made; nobody else sees it."""

import io
from datetime import date
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.http import HttpResponse
from django.test import Client
from pypdf import PdfReader

from qorgau.channels.portal.insurance.proof import remember_proof
from qorgau.insured.certificate.making import give_up, make
from qorgau.insured.models import Certificate
from qorgau.insured.person_key import person_key
from tests.channels.portal.conftest import words
from tests.channels.portal.insurance.conftest import people, today  # noqa: F401 - the register that the pages ask
from tests.insured.conftest import load, rows  # noqa: F401
from tests.insured.files import AIGUL, DANA

ORDER = "/en/certificate/mine/"
ASKED = {"first": "2026-06", "last": "2026-07", "language": "ru"}

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
    waiting = browser.get(progress)
    assert waiting["Refresh"] == "3" and "is being made" in words(waiting)
    assert browser.get(f"{progress}file.pdf")["Location"] == progress

    make(certificate.pk)
    ready = browser.get(progress)
    assert "Refresh" not in ready and f"{progress}file.pdf" in words(ready)
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
        assert browser.get(address)["Location"] == "/en/am-i-insured/"
    assert browser.post(ORDER, ASKED)["Location"] == "/en/am-i-insured/"
    for address in (progress, f"{progress}file.pdf"):
        assert proven(DANA).get(address).status_code == 404
    assert Certificate.objects.count() == 1


@pytest.mark.parametrize("wrong", [{"first": "2026-08"}, {"first": "2024-01"}, {"last": "x"}, {"language": "de"}])
def test_a_wrong_choice_is_told_and_nothing_is_made(wrong: dict[str, str]) -> None:
    page = proven(AIGUL).post(ORDER, ASKED | wrong)
    assert page.status_code == 422 and "Error:" in words(page)
    assert not Certificate.objects.exists()


def test_what_could_not_be_made_and_what_is_gone_is_told(today: date) -> None:  # noqa: F811
    browser = proven(AIGUL)
    failed = browser.post(ORDER, ASKED)["Location"]
    give_up(Certificate.objects.get().pk)
    assert "could not be made now" in words(browser.get(failed))
