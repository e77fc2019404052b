"""With proof everything, without it little; and how somebody proves to be the person."""

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from qorgau.channels.portal.insurance.asked_about import carried
from qorgau.insured.journal import Purpose
from qorgau.insured.lookup import look_up
from qorgau.intake.new_appeal import Person
from qorgau.notices.models import Notice
from qorgau.notices.wording import message_for
from qorgau.people.models import OneTimeCode
from qorgau.people.one_time_codes import digits_of
from qorgau.rules.kinds import Channel
from tests import factories
from tests.channels.portal.conftest import form_of
from tests.channels.portal.insurance.conftest import text
from tests.factories import World
from tests.insured.files import AIGUL, DANA, STRANGER, TIMUR

PAGE, PROVE, MINE = "/en/am-i-insured/", "/en/am-i-insured/prove/", "/en/am-i-insured/mine/"
WHO, FORGET = "/en/am-i-insured/who-asked/", "/en/am-i-insured/forget/"


@pytest.fixture
def phone_of_aigul(world: World, people: None) -> str:
    """A telephone that the desk of a clinic wrote down."""
    factories.appeal(
        channel=Channel.CLINIC_DESK, applicant=Person(surname="А", iin=AIGUL, phone="+7 701 000 00 67"), language="ru"
    )
    return "+77010000067"


def send_me_a_code(browser: Client, iin: str) -> HttpResponse:
    form = form_of(browser.post(PAGE, {"iin": iin}), PROVE)
    return browser.post(PROVE, dict(form.filled({})))


def prove(browser: Client, iin: str = AIGUL) -> HttpResponse:
    page = send_me_a_code(browser, iin)
    digits = digits_of(OneTimeCode.objects.latest("pk"))
    return browser.post(PROVE, dict(form_of(page, PROVE).filled({"code": digits})))


def test_the_code_goes_to_the_telephone_known_in_the_language_of_the_page(phone_of_aigul: str, browser: Client) -> None:
    browser.post("/kk/am-i-insured/prove/", {"person": carried(AIGUL)})

    notice = Notice.objects.get(topic="one_time_code")
    message = message_for(notice)
    digits = digits_of(OneTimeCode.objects.get())
    assert (notice.address, notice.transport, notice.language) == (phone_of_aigul, "sms", "kk")
    assert digits in message.body and message.secrets == (digits,)
    assert digits not in str(notice.facts)


def test_whoever_types_the_code_sees_everything(phone_of_aigul: str, browser: Client) -> None:
    answer = prove(browser)
    assert answer.status_code == 302 and answer["Location"] == MINE

    said = text(browser.get(MINE))
    assert "You are insured" in said and "10 200 ₸" in said and "your employer" in said
    assert "You are attached to: demo-71-gp1." in said and "Since January 1, 2025." in said
    assert "the last day of your cover is" in said


def test_a_student_sees_the_category(world: World, people: None, browser: Client) -> None:
    prove(browser, TIMUR)

    said = text(browser.get(MINE))
    assert "You belong to a category of people who need not pay themselves." in said
    assert "full-time students" in said and "until June 30, 2028" in said
    assert "You are attached to no clinic." in said


def test_nobody_can_tell_whether_a_telephone_or_the_person_is_known(phone_of_aigul: str, browser: Client) -> None:
    pages = [browser.post(PROVE, {"person": carried(iin)}) for iin in (AIGUL, DANA, STRANGER)]

    assert len({text(page).replace("0106", "…").replace("1515", "…").replace("1119", "…") for page in pages}) == 1
    assert Notice.objects.filter(topic="one_time_code").count() == 1
    assert phone_of_aigul[-2:] not in text(pages[0]).replace("1414", "")


@pytest.mark.parametrize(
    ("typed", "told"), [("", "Write the six digits from the SMS."), ("12", "This is not the code")]
)
def test_a_wrong_code_is_said_beside_the_field(phone_of_aigul: str, browser: Client, typed: str, told: str) -> None:
    page = send_me_a_code(browser, AIGUL)
    answer = browser.post(PROVE, dict(form_of(page, PROVE).filled({"code": typed})))

    assert answer.status_code == 422 and told in text(answer)
    assert "proven" not in browser.cookies
    assert browser.get(MINE).status_code == 302


def test_a_code_proves_only_the_person_it_was_sent_about(phone_of_aigul: str, browser: Client) -> None:
    form = form_of(send_me_a_code(browser, AIGUL), PROVE)
    digits = digits_of(OneTimeCode.objects.get())

    assert browser.post(PROVE, dict(form.filled({"code": digits, "person": carried(DANA)}))).status_code == 422


@pytest.mark.parametrize("cookie", ["", "x", "AAAA", "proven"])
def test_a_cookie_that_was_made_up_proves_nothing(people: None, browser: Client, cookie: str) -> None:
    browser.cookies["proven"] = cookie

    assert browser.get(MINE)["Location"] == f"{PAGE}?prove" == browser.get(WHO)["Location"]


def test_whom_a_page_is_about_proves_nothing(people: None, browser: Client) -> None:
    browser.cookies["proven"] = carried(AIGUL)

    assert browser.get(MINE).status_code == 302


def test_the_proof_lasts_half_an_hour_and_is_forgotten_on_wish(
    phone_of_aigul: str, browser: Client, settings: Any
) -> None:
    prove(browser)
    cookie = browser.cookies["proven"]
    assert AIGUL not in cookie.value and cookie["httponly"] and cookie["max-age"] == 1800

    assert "••••••••0106" in text(browser.get(PAGE))
    browser.post(FORGET)
    assert browser.get(MINE).status_code == 302
    prove(browser)
    settings.PROOF_MINUTES = -1
    assert browser.get(MINE).status_code == 302


def test_the_page_of_ones_own_is_kept_by_nobody(phone_of_aigul: str, browser: Client) -> None:
    prove(browser)

    for page in (browser.get(MINE), browser.get(WHO)):
        assert "no-store" in page["Cache-Control"] and AIGUL not in page.content.decode()


def test_the_person_sees_who_asked_when_where_and_what_for(phone_of_aigul: str, browser: Client) -> None:
    look_up(AIGUL, purpose=Purpose.CARE, who="partner:clinic-4")
    look_up(AIGUL, purpose=Purpose.APPEAL, who="staff:17")
    look_up(DANA, purpose=Purpose.WARNING, who="system:warnings")
    prove(browser)

    said = text(browser.get(WHO))
    assert "staff of the Fund or of a clinic to work on your appeal" in said
    assert "another organisation’s system before giving care" in said
    assert "this site to see the status" in said
    assert "clinic-4" not in said and "staff:17" not in said and "to warn you" not in said


def test_in_a_demo_the_page_says_what_no_sms_brings(phone_of_aigul: str, browser: Client, settings: Any) -> None:
    settings.DEMO = True
    page = text(send_me_a_code(browser, AIGUL))

    assert digits_of(OneTimeCode.objects.get()) in page
    settings.DEMO = False
    assert digits_of(OneTimeCode.objects.latest("pk")) not in text(send_me_a_code(browser, AIGUL))
