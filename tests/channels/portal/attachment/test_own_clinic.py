"""Where one is attached, with proof alone; from there to a change, and to “I did not agree to this”."""

from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client

from qorgau.channels.portal.insurance.proof import remember_proof
from qorgau.directory.models import Organisation
from qorgau.handling.answer import answer
from qorgau.handling.draft import draft
from qorgau.insured.models import LookUp
from qorgau.intake.new_appeal import ClinicChoice
from qorgau.register.models import Appeal
from qorgau.rules.kinds import Kind
from tests.channels.portal.conftest import Open, field, form_of
from tests.channels.portal.insurance.conftest import EMPLOYED, LOST, STUDENT, text
from tests.channels.portal.insurance.conftest import today as today  # the pages are read on that day
from tests.channels.portal.tracking.life_of import accepted, ago
from tests.factories import World, attachment
from tests.insured.conftest import Loader, load, rows  # noqa: F401 - the register that the pages ask
from tests.insured.files import AIGUL, DANA, TIMUR

PAGE, MINE, FORM = "/en/am-i-insured/", "/en/am-i-insured/mine/", "/en/write/attachment/"
CHANGE, NOT_AGREED = "/en/am-i-insured/mine/clinic/", "/en/am-i-insured/mine/not-agreed/"
COMPLAINT = "/en/write/complaint/"


def proven(iin: str) -> Client:
    browser, response = Client(headers={"accept-language": "en"}), HttpResponse()
    remember_proof(response, iin)
    browser.cookies = response.cookies
    return browser


@pytest.fixture
def people(world: World, load: Loader, today: object) -> Organisation:  # noqa: F811 - the fixtures of those names
    """Somebody attached to the clinic of the small world, and two who are attached nowhere."""
    Organisation.objects.filter(pk=world.state_clinic.pk).update(source_key="demo-71-gp1")
    load([EMPLOYED, LOST, STUDENT])
    attachment()
    return world.state_clinic


def test_with_proof_the_clinic_stands_beside_what_can_be_done(people: Organisation) -> None:
    said = text(proven(AIGUL).get(MINE))
    assert "You are attached to: Городская поликлиника №4. Since January 1, 2025." in said
    assert "Change the clinic" in said and "I did not agree to this attachment" in said

    nowhere = text(proven(TIMUR).get(MINE))
    assert "You are attached to no clinic." in nowhere and "Attach to a clinic" in nowhere
    assert "I did not agree" not in nowhere


def test_without_proof_no_clinic_is_told_but_how_to_find_out(people: Organisation, browser: Client) -> None:
    said = text(browser.post(PAGE, {"iin": AIGUL}))

    assert "Городская поликлиника" not in said and "January 1, 2025" not in said
    assert "Find out where you are attached: prove that it is you" in said
    assert "Attach to a clinic, or change it" in said


def test_to_change_the_clinic_the_number_is_filled_in(people: Organisation) -> None:
    browser = proven(AIGUL)
    form = form_of(browser.get(MINE), CHANGE)
    page = browser.post(CHANGE, dict(form.filled({})))

    assert page.status_code == 200 and "no-store" in page["Cache-Control"]
    assert field(form_of(page, FORM), "iin") == AIGUL
    assert field(form_of(page, FORM), "about") == "me"


def test_one_press_opens_the_complaint_about_the_attachment_filled_in(people: Organisation) -> None:
    browser = proven(AIGUL)
    form = form_of(browser.get(MINE), NOT_AGREED)
    page = browser.post(NOT_AGREED, dict(form.filled({})))
    complaint = form_of(page, COMPLAINT)
    assert field(complaint, "topic") == "attached-without-consent" and field(complaint, "iin") == AIGUL
    assert field(complaint, "organisation_id") == str(people.pk)
    assert field(complaint, "event_date") == "01.01.2025"
    assert field(complaint, "text").strip() == (
        "On November 28, 2026 I saw that since January 1, 2025 I have been attached to this clinic: "
        "Городская поликлиника №4. Nobody had told me, and I did not agree to it."
    )

    check = browser.post(COMPLAINT, dict(complaint.filled({"step": "check"})))
    assert check.status_code == 200 and "Городская поликлиника №4" in text(check)
    assert browser.post(COMPLAINT, dict(form_of(check, COMPLAINT).filled({"step": "send"}))).status_code == 302
    appeal = Appeal.objects.select_related("topic", "holder").get()
    assert appeal.topic is not None
    assert (appeal.kind, appeal.topic.defect_codes, appeal.organisation) == (Kind.COMPLAINT, ["5.2"], people)
    # A complaint about the attachment does not go to whoever attached.
    assert appeal.holder.kind == "branch" and appeal.applicant.iin_hash is not None


@pytest.mark.parametrize("method", [Client.get, Client.post])
def test_without_proof_nobody_learns_the_clinic_from_a_form(
    people: Organisation, browser: Client, method: Callable[..., HttpResponse]
) -> None:
    told = method(browser, NOT_AGREED)
    changed = method(browser, CHANGE)

    assert (told.status_code, told["Location"]) == (302, f"{PAGE}?prove")
    assert (changed.status_code, changed["Location"]) == (302, FORM)
    assert not LookUp.objects.exists()


def test_who_is_attached_nowhere_or_only_looks_is_led_back(people: Organisation) -> None:
    assert proven(DANA).post(NOT_AGREED)["Location"] == MINE
    assert proven(AIGUL).get(NOT_AGREED)["Location"] == MINE


def test_a_clinic_that_the_directory_does_not_have_is_named_by_its_key(people: Organisation) -> None:
    Organisation.objects.filter(pk=people.pk).update(source_key="other")
    complaint = form_of(proven(AIGUL).post(NOT_AGREED), COMPLAINT)

    assert field(complaint, "organisation") == "demo-71-gp1"
    assert "demo-71-gp1" in field(complaint, "text")


@pytest.mark.parametrize(("decision", "told"), [("founded", True), ("unfounded", False)])
def test_after_a_good_answer_the_page_says_when_the_register_shows_it(
    people: Organisation, world: World, opened: Open, decision: str, told: bool
) -> None:
    appeal, person = accepted(
        world, kind=Kind.APPLICATION, topic="attachment-change", choice=ClinicChoice(reason="moved")
    )
    draft(appeal, staff=person, decision=decision, text="Шешім.", legal_basis="Бұйрық", how_to_appeal="Қорға.",
          language="kk", at=ago(minutes=30))  # fmt: skip
    answer(appeal, staff=person, at=ago(minutes=20))
    page = text(opened(appeal).get(f"/en/appeal/{appeal.number}/"))

    assert ("when the register has been loaded the next time" in page) == told
