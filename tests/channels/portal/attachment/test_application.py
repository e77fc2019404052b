"""An application to be attached: from the empty form to the desk of the clinic, and never a refusal to take it."""

import logging
import uuid
from datetime import date, datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from qorgau.directory.models import ChoiceCampaign, DeadlinePolicy
from qorgau.directory.reference import refresh
from qorgau.register.models import Appeal, Clock, Link
from qorgau.rules.kinds import Kind
from tests.channels.portal.conftest import field, form_of, words
from tests.factories import ALMATY, World, attachment
from tests.insured.files import AIGUL, DANA, TIMUR

FORM = "/en/write/attachment/"
WEDNESDAY = datetime(2026, 11, 25, 11, 0, tzinfo=ALMATY)


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> datetime:
    """Everything happens on that Wednesday, after the days of free choice."""
    return at(monkeypatch, WEDNESDAY)


def at(monkeypatch: pytest.MonkeyPatch, moment: datetime) -> datetime:
    monkeypatch.setattr(timezone, "now", lambda: moment)
    return moment


@pytest.fixture
def clinic(world: World, now: datetime) -> World:
    """The small world with what attachment rests on."""
    attachment()
    return world


def typed(clinic: World, **more: Any) -> dict[str, Any]:
    """What somebody says who moved, a minute after the form was opened."""
    return {
        "delivery": uuid.uuid4().hex,
        "began": "1000000000",
        "region": clinic.astana.kato,
        "organisation": "поликлиника 4",
        "organisation_id": str(clinic.state_clinic.pk),
        "about": "me",
        "iin": AIGUL,
        "address": "Астана, Абай 5, 12",
        "reason": "moved",
        "surname": "Оспанова",
        "phone": "8 701 000 00 67",
        "language": "ru",
        "step": "send",
        **more,
    }


def sent(browser: Client, said: dict[str, Any]) -> Appeal:
    answer = browser.post(FORM, said)
    assert answer.status_code == 302, words(answer)
    return Appeal.objects.latest("pk")


def test_the_whole_way_of_an_application(clinic: World, browser: Client) -> None:
    page = browser.get(FORM)
    assert "It must answer within 1 working day. What comes after 18:00 counts as of the next working day." in words(
        page
    )
    assert "A clinic could be chosen freely from September 1, 2026 to November 1, 2026;" in words(page)
    said = typed(clinic, text="Живу здесь с октября.", step="check")
    check = browser.post(FORM, dict(form_of(page, FORM).filled(said)))
    for shown in (
        "Городская поликлиника №4", AIGUL, "Астана, Абай 5, 12", "A change of the place of residence",
        "It goes to: СПП поликлиники №4.", "The answer is due on November 26, 2026 at the latest.",
        "Your reason holds on this day", "this is taken on any day of the year", "Have ready: proof of the new address",
    ):  # fmt: skip
        assert shown in words(check), shown
    assert not Appeal.objects.exists()

    answer = browser.post(FORM, dict(form_of(check, FORM).filled({"step": "send"})))
    assert answer["Location"] == "/en/receipt/"
    receipt = words(browser.get("/en/receipt/"))
    appeal = Appeal.objects.select_related("topic", "applicant", "clinic_choice__reason").get()
    assert appeal.number in receipt and "November 26, 2026" in receipt
    for step in ("Term in working days: 1. Counted from the next day, November 26, 2026.", "Basis: The order."):
        assert step in receipt
    assert (appeal.kind, appeal.topic and appeal.topic.code) == (Kind.APPLICATION, "attachment-change")
    assert (appeal.holder, appeal.due_on) == (clinic.clinic_desk, date(2026, 11, 26))
    assert appeal.text == (
        "Please attach me to this clinic: Городская поликлиника №4.\nReason: A change of the place of residence.\n\n"
        "Живу здесь с октября."
    )
    assert (appeal.applicant.postal_address, appeal.applicant.iin_hash is not None) == ("Астана, Абай 5, 12", True)
    choice = appeal.clinic_choice
    assert (choice.reason.code, choice.verdict["standing"], choice.verdict["serves_from"]) == ("moved", "any_day", None)


@pytest.mark.parametrize(
    ("moment", "due_on"),
    [
        (datetime(2026, 11, 25, 17, 59, tzinfo=ALMATY), date(2026, 11, 26)),
        (datetime(2026, 11, 25, 18, 0, tzinfo=ALMATY), date(2026, 11, 27)),
        (datetime(2026, 11, 27, 12, 0, tzinfo=ALMATY), date(2026, 11, 30)),
        (datetime(2026, 11, 27, 18, 5, tzinfo=ALMATY), date(2026, 12, 1)),
        (datetime(2026, 11, 28, 12, 0, tzinfo=ALMATY), date(2026, 12, 1)),
        # Independence Day is Wednesday the 16th
        (datetime(2026, 12, 15, 12, 0, tzinfo=ALMATY), date(2026, 12, 17)),
        (datetime(2026, 12, 16, 12, 0, tzinfo=ALMATY), date(2026, 12, 18)),
    ],
)
def test_the_clinic_has_one_working_day_from_what_came_before_six(
    clinic: World, browser: Client, monkeypatch: pytest.MonkeyPatch, moment: datetime, due_on: date
) -> None:
    at(monkeypatch, moment)
    appeal = sent(browser, typed(clinic))

    clocks = dict(Clock.objects.filter(appeal=appeal).values_list("purpose", "due_on"))
    assert appeal.due_on == clocks["attachment"] == due_on
    assert set(clocks) == {"attachment", "consideration"} and clocks["consideration"] > due_on


def test_outside_the_days_of_free_choice_it_is_said_before_and_taken_all_the_same(
    clinic: World, browser: Client
) -> None:
    check = words(browser.post(FORM, typed(clinic, reason="free-choice", step="check")))
    assert "Your reason may not be enough on this day" in check
    assert "is not among the reasons that are taken on any day of the year." in check
    assert "The application can be sent all the same" in check and "These days are not confirmed yet" in check

    appeal = sent(browser, typed(clinic, reason="free-choice"))
    assert appeal.clinic_choice.verdict["standing"] == "outside" and appeal.holder == clinic.clinic_desk


def test_in_the_days_of_free_choice_it_says_since_when_the_clinic_serves(
    clinic: World, browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    at(monkeypatch, datetime(2026, 10, 7, 12, 0, tzinfo=ALMATY))
    check = words(browser.post(FORM, typed(clinic, reason="free-choice", last_choice="12.10.2025", step="check")))
    assert "The new clinic serves from January 1, 2027, if it has a contract with the Fund." in check
    again = words(browser.post(FORM, typed(clinic, reason="free-choice", last_choice="02.09.2026", step="check")))
    assert "this year it was chosen on September 2, 2026" in again

    verdict = sent(browser, typed(clinic, reason="free-choice", last_choice="12.10.2025")).clinic_choice.verdict
    assert (verdict["standing"], verdict["serves_from"]) == ("in_campaign", "2027-01-01")
    assert ChoiceCampaign.objects.get(pk=verdict["campaign"]).valid_from == date(2026, 9, 1)


def test_a_clinic_without_a_desk_here_goes_to_the_branch_of_its_region(clinic: World, browser: Client) -> None:
    appeal = sent(browser, typed(clinic, organisation="Новая амбулатория", organisation_id=""))

    assert (appeal.holder, appeal.organisation_as_said) == (clinic.branch, "Новая амбулатория")
    assert appeal.due_on == date(2026, 11, 26)


def test_for_a_child_the_number_and_the_address_are_those_of_the_child(clinic: World, browser: Client) -> None:
    child = {"about": "other", "relation": "мать", "patient_surname": "Оспанов", "patient_given_name": "Али"}
    appeal = sent(browser, typed(clinic, **child, iin=TIMUR))
    assert appeal.patient is not None
    assert (appeal.patient.full_name, appeal.patient.postal_address) == ("Оспанов Али", "Астана, Абай 5, 12")
    assert appeal.patient.iin_hash is not None and appeal.applicant.iin_hash is None
    assert appeal.text.startswith("Please attach Оспанов Али, for whom I write, to this clinic: Городская")

    other = sent(browser, typed(clinic, **child | {"patient_given_name": "Дана"}, iin=DANA))
    assert not Link.objects.filter(appeal=other).exists()


def test_the_same_application_once_more_is_recognised(clinic: World, browser: Client) -> None:
    first, second = (sent(browser, typed(clinic)) for _ in range(2))

    assert Link.objects.get(appeal=second).earlier == first


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"organisation": "", "organisation_id": ""}, "Write to which clinic."),
        ({"reason": ""}, "Choose the reason that is closest."),
        ({"reason": "because"}, "Choose the reason from the list."),
        ({"region": "1"}, "Choose the region from the list."),
        ({"about": "everybody"}, "Choose one of the list."),
        ({"text": "ә" * 5_001}, "This has 5001 characters; 5000 fit here."),
        ({"address": "ә" * 301}, "This has 301 characters; 300 fit here."),
        ({"organisation": "поликлиника", "organisation_id": ""}, "Choose the organisation in the list below"),
    ],
)
def test_what_is_missing_is_asked_for_beside_its_field_and_nothing_is_lost(
    clinic: World, browser: Client, changed: dict[str, str], told: str
) -> None:
    page = browser.post(FORM, typed(clinic, **changed))

    assert page.status_code == 422 and told in words(page)
    assert field(form_of(page, FORM), "iin") == AIGUL
    assert not Appeal.objects.exists()


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"iin": ""}, "Without the IIN the clinic cannot attach anybody."),
        ({"iin": "900101300107"}, "There is no such IIN: one of the digits is wrong."),
        ({"last_choice": "вчера"}, "We could not read this as a date."),
        ({"last_choice": "01.01.2999"}, "This day is still to come."),
        ({"phone": "нет"}, "This does not look like a telephone number."),
    ],
)
def test_what_looks_wrong_is_asked_once_and_then_taken(
    clinic: World, browser: Client, changed: dict[str, str], told: str
) -> None:
    page = browser.post(FORM, typed(clinic, **changed))
    assert page.status_code == 422 and told in words(page)

    check = browser.post(FORM, dict(form_of(page, FORM).filled({"step": "check"})))
    assert check.status_code == 200
    assert browser.post(FORM, dict(form_of(check, FORM).filled({"step": "send"}))).status_code == 302
    assert Appeal.objects.get().clinic_choice.verdict["standing"] == "any_day"


@pytest.mark.parametrize(
    "made", [{"organisation_id": "9" * 30}, {"organisation_id": "x"}, {"file": "../x"}, {"began": "x"}]
)
def test_what_no_form_of_ours_sends_makes_no_error(clinic: World, browser: Client, made: dict[str, str]) -> None:
    assert browser.post(FORM, typed(clinic, organisation="Такой нет", **made)).status_code in (302, 422)


def test_files_stay_through_an_error_and_arrive(clinic: World, browser: Client, settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    paper = SimpleUploadedFile("аренда.txt", "Договор аренды".encode())
    page = browser.post(FORM, {**typed(clinic, reason=""), "files": paper})
    assert page.status_code == 422 and "аренда.txt" in words(page)
    assert browser.post(FORM, dict(form_of(page, FORM).filled({"reason": "moved", "step": "send"}))).status_code == 302

    assert [file.name for file in Appeal.objects.get().attachments.all()] == ["аренда.txt"]


def test_the_number_is_in_no_address_and_no_log(
    clinic: World, browser: Client, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        answer: HttpResponse = browser.post(FORM, typed(clinic))

    assert AIGUL not in answer["Location"] and AIGUL not in caplog.text


def test_without_rows_of_the_directory_the_form_says_less_and_makes_no_error(world: World, browser: Client) -> None:
    page = browser.get(FORM)

    assert page.status_code == 200
    assert "The days in which a clinic can be chosen freely are not known yet." in words(page)


def test_without_a_term_of_its_own_the_form_names_none(clinic: World, browser: Client) -> None:
    DeadlinePolicy.objects.filter(purpose="attachment").delete()
    refresh()
    page = browser.get(FORM)

    assert page.status_code == 200 and "It must answer within" not in words(page)


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_front_page_and_the_page_of_writing_lead_to_it(world: World, browser: Client, language: str) -> None:
    for page in (f"/{language}/", f"/{language}/write/"):
        assert f'href="/{language}/write/attachment/"' in words(browser.get(page))


def test_the_form_comes_again_when_its_token_was_old(clinic: World) -> None:
    strict = Client(enforce_csrf_checks=True, headers={"accept-language": "en"})
    page = strict.post(FORM, typed(clinic))

    assert page.status_code == 403 and field(form_of(page, FORM), "iin") == AIGUL
    assert not Appeal.objects.exists()
