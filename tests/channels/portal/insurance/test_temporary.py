"""Asking for a temporary status, and what the page of a status says while it holds and after it has ended."""

import uuid
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from qorgau.channels.portal.insurance.asked_about import carried
from qorgau.directory.loading import load_reference
from qorgau.directory.models import Desk, InsuranceRules
from qorgau.directory.reference import refresh
from qorgau.insured.models import LookUp, TemporaryStatus
from qorgau.insured.person_key import person_key
from qorgau.register.models import Appeal, Attachment
from qorgau.rules.roles import Role
from tests import factories
from tests.channels.portal.conftest import field, form_of
from tests.channels.portal.insurance.conftest import TODAY, text
from tests.insured.files import AIGUL, DANA, STRANGER

PAGE = "/en/am-i-insured/"
FORM = "/en/temporary-status/"
FROM_STATUS = "/en/temporary-status/by-iin/"
LAST = date(2026, 12, 28)


@pytest.fixture
def reference(people: None) -> None:
    """Regions, desks and topics beside the register."""
    load_reference()
    refresh()


def typed(**more: Any) -> dict[str, Any]:
    """What an ordinary application says, a minute after the form was opened."""
    return {
        "delivery": uuid.uuid4().hex,
        "began": "1000000000",
        "category": "C07",
        "since": "01.05.2026",
        "about": "me",
        "iin": DANA,
        "region": "710000000",
        "surname": "Серікова",
        "phone": "8 701 000 00 67",
        "language": "en",
        "step": "check",
        **more,
    }


def document() -> SimpleUploadedFile:
    return SimpleUploadedFile("pension.txt", b"A pension since May.", "text/plain")


def grant(iin: str, **more: Any) -> None:
    by = factories.staff(Role.BRANCH_SPECIALIST, Desk.objects.create(kind="branch", name_ru="Филиал"))
    TemporaryStatus.objects.create(
        **{
            "person": person_key(iin), "category": "C07", "since": TODAY, "until": LAST, "last_day": LAST,
            "appeal_number": "26-0000001-4", "documents": [1], "rules": "long-grace-2026",
            "granted_at": datetime(2026, 11, 28, 6, tzinfo=UTC), "granted_by": by, **more,
        }
    )  # fmt: skip


def test_from_not_insured_to_an_application_at_the_branch(reference: None, browser: Client) -> None:
    status = browser.post(PAGE, {"iin": DANA})
    assert "I belong to a category the state pays for" in text(status)
    way = form_of(status, FROM_STATUS)
    assert DANA not in str(way)
    opened = browser.post(FROM_STATUS, dict(way.filled({})))
    assert LookUp.objects.count() == 1
    form = form_of(opened, FORM)
    assert field(form, "iin") == DANA

    check = browser.post(FORM, {**dict(form.filled(typed())), "files": document()})
    assert check.status_code == 200, text(check)
    said = text(check)
    for shown in (
        "Pension recipients, WWII veterans among them",
        "May 1, 2026",
        "pension.txt",
        "The Fund's branch handles this topic.",
    ):
        assert shown in said
    sent = browser.post(FORM, dict(form_of(check, FORM).filled({"step": "send"})))
    assert sent["Location"] == "/en/receipt/"

    appeal = Appeal.objects.select_related("topic", "holder", "applicant", "region").get()
    assert (appeal.kind, appeal.topic and appeal.topic.code, appeal.holder.kind) == (
        "application", "temporary-status", "branch",
    )  # fmt: skip
    assert appeal.region == appeal.holder.region
    assert appeal.text.splitlines() == [
        "Please grant me a temporary insured status.",
        "Category: Pension recipients, WWII veterans among them.",
        "Since: May 1, 2026.",
    ]
    assert appeal.applicant.iin_hash is not None
    assert [file.name for file in Attachment.objects.filter(appeal=appeal)] == ["pension.txt"]
    assert appeal.flags == []


def test_a_silent_register_hides_no_status_that_was_granted(rows: None, today: date, browser: Client) -> None:
    grant(DANA)
    page = browser.post(PAGE, {"iin": DANA})
    said = text(page)

    assert page.status_code == 503 and "You are insured temporarily, until December 28, 2026" in said
    assert "The register of insured people does not answer now. A temporary status that the Fund granted is in" in said
    assert "That says nothing about your insurance" not in said
    assert "That says nothing about your insurance" in text(browser.post(PAGE, {"iin": AIGUL}))


def test_without_a_document_the_page_says_why_it_is_needed_and_then_takes_the_application(
    reference: None, browser: Client
) -> None:
    asked = browser.post(FORM, typed())
    assert asked.status_code == 422
    assert "The Fund grants the status on a document that proves the category." in text(asked)
    again = dict(form_of(asked, FORM).filled({"step": "check"}))
    check = browser.post(FORM, again)
    assert check.status_code == 200
    assert browser.post(FORM, dict(form_of(check, FORM).filled({"step": "send"}))).status_code == 302

    flags = [flag["text"] for flag in Appeal.objects.get().flags]
    assert flags == ["No document that proves the category was sent with it."]


def test_without_an_iin_it_is_asked_for_once(reference: None, browser: Client) -> None:
    asked = browser.post(FORM, {**typed(iin=""), "files": document()})
    assert asked.status_code == 422 and "the status cannot be granted to anybody" in text(asked)
    assert browser.post(FORM, dict(form_of(asked, FORM).filled({"step": "send"}))).status_code == 302


def test_it_can_be_asked_for_somebody_else(reference: None, browser: Client) -> None:
    said = typed(about="other", relation="mother", patient_surname="Серікова", words="Surgery on 5 December.")
    check = browser.post(FORM, {**said, "files": document()})
    browser.post(FORM, dict(form_of(check, FORM).filled({"step": "send"})))

    appeal = Appeal.objects.select_related("patient", "applicant").get()
    assert appeal.patient is not None and appeal.patient.iin_hash is not None
    assert appeal.applicant.iin_hash is None
    assert appeal.text.startswith("Please grant the person I write for a temporary insured status.")
    assert appeal.text.endswith("Surgery on 5 December.")


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"category": ""}, "Choose the category. If you do not know it, choose the closest one"),
        ({"category": "C99"}, "Choose from the list."),
        ({"category": "C07\x00"}, "Choose from the list."),
        ({"region": "1"}, "Choose the region from the list."),
        ({"iin": "900101300107"}, "There is no such IIN: one of the digits is wrong."),
        ({"words": "я" * 20_000}, "This has 20000 characters; 19000 fit here."),
        ({"since": "9" * 61}, "This has 61 characters; 60 fit here."),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(
    reference: None, browser: Client, wrong: dict[str, str], told: str
) -> None:
    page = browser.post(FORM, {**typed(**wrong), "files": document()})
    assert page.status_code == 422
    assert told in text(page)
    assert "pension.txt" in text(page)
    assert not Appeal.objects.exists()


def test_a_year_alone_and_an_unknown_region_are_kept_as_they_were_said(reference: None, browser: Client) -> None:
    check = browser.post(FORM, {**typed(since="2019", region=""), "files": document()})
    assert check.status_code == 200
    browser.post(FORM, dict(form_of(check, FORM).filled({"step": "send"})))

    appeal = Appeal.objects.select_related("holder").get()
    assert "Since: 2019." in appeal.text
    assert appeal.holder.kind == "contact_centre"


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_the_category_is_kept_by_its_name_in_the_language_of_the_page(
    reference: None, browser: Client, language: str
) -> None:
    path = f"/{language}/temporary-status/"
    check = browser.post(path, {**typed(language=language), "files": document()})
    browser.post(path, dict(form_of(check, path).filled({"step": "send"})))
    name = {"kk": "зейнетақы төлемдерін", "ru": "получатели пенсионных выплат"}[language]
    assert name in Appeal.objects.get().circumstances.lower()


@pytest.mark.parametrize("person", ["", "x", "AAAA", "я" * 300])
def test_whoever_comes_without_an_iin_finds_the_empty_form(reference: None, browser: Client, person: str) -> None:
    assert browser.post(FROM_STATUS, {"person": person})["Location"] == FORM
    assert browser.get(FROM_STATUS)["Location"] == FORM


def test_it_comes_again_when_its_token_was_old(reference: None) -> None:
    strict = Client(enforce_csrf_checks=True, headers={"accept-language": "en"})
    page = strict.post(FORM, typed(words="Surgery."))
    assert page.status_code == 403 and "Surgery." in page.content.decode()
    assert strict.post(FROM_STATUS, {"person": carried(DANA)}).status_code == 403


# --- While it holds, and after it ----------------------------------------------------------------------------------


def test_while_it_holds_its_last_day_is_told_and_what_to_do(people: None, browser: Client) -> None:
    grant(DANA)
    said = text(browser.post(PAGE, {"iin": DANA}))

    assert "You are insured temporarily, until December 28, 2026" in said
    assert "It ends by itself on that day" in said
    # The ground is a category: that is for the person alone.
    assert "WWII veterans" not in said


def test_in_its_last_days_the_next_one_can_be_asked_for(people: None, browser: Client) -> None:
    grant(STRANGER, since=date(2026, 11, 4), until=date(2026, 12, 4), last_day=date(2026, 12, 4))
    assert "Apply once more" not in text(browser.post(PAGE, {"iin": STRANGER}))

    grant(DANA, since=date(2026, 11, 3), until=date(2026, 12, 3), last_day=date(2026, 12, 3))
    page = browser.post(PAGE, {"iin": DANA})
    assert "apply once more now, so that the next status begins when this one ends" in text(page)
    assert field(form_of(browser.post(FROM_STATUS, dict(form_of(page, FROM_STATUS).filled({}))), FORM), "iin") == DANA


def test_the_form_says_for_how_long_it_is_given_by_the_rules_of_the_day(reference: None, browser: Client) -> None:
    assert "the Fund gives the status for 1 month, while" in text(browser.get(FORM))
    for months, said in ((2, "for 2 months, while"), (0, "are shown as not insured. What happens then")):
        InsuranceRules.objects.update(temporary_months=months)
        refresh()
        assert said in text(browser.get(FORM))


def test_after_it_the_page_says_when_it_ended_and_what_to_do(
    people: None, browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    grant(DANA)
    monkeypatch.setattr(timezone, "localdate", lambda *_: LAST + timedelta(days=1))
    page = browser.post(PAGE, {"iin": DANA})
    said = text(page)
    assert "You are not insured" in said
    assert "The temporary status ended on December 28, 2026" in said and "Apply once more" in said
    opened = browser.post(FROM_STATUS, dict(form_of(page, FROM_STATUS).filled({})))
    assert field(form_of(opened, FORM), "iin") == DANA

    # A month later it is nobody's business but the person's.
    monkeypatch.setattr(timezone, "localdate", lambda *_: LAST + timedelta(days=32))
    assert "temporary status ended" not in text(browser.post(PAGE, {"iin": DANA}))


def test_who_is_insured_otherwise_reads_nothing_of_it(people: None, browser: Client) -> None:
    grant(AIGUL, until=TODAY, last_day=TODAY)
    assert "temporary" not in text(browser.post(PAGE, {"iin": AIGUL})).lower()


def test_somebody_unknown_hears_that_it_ended(people: None, browser: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    grant(STRANGER)
    assert "You are insured temporarily, until December 28, 2026" in text(browser.post(PAGE, {"iin": STRANGER}))
    monkeypatch.setattr(timezone, "localdate", lambda *_: LAST + timedelta(days=1))
    said = text(browser.post(PAGE, {"iin": STRANGER}))
    assert "Nothing can be shown for this IIN" in said
    assert "The temporary status ended on December 28, 2026" in said
