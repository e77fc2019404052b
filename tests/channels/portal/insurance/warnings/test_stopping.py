"""My warnings, by the link in any message: looking changes nothing, a button stops them, nobody else gets in."""

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from qorgau.channels.portal.insurance.proof import COOKIE, remember_proof
from qorgau.insured.journal import Purpose
from qorgau.insured.lookup import look_up
from qorgau.insured.person_key import person_key
from qorgau.insured.warnings.links import token_of
from qorgau.insured.warnings.models import Subscription
from qorgau.insured.warnings.subscribing import Wish, subscribe
from tests.channels.portal.conftest import form_of
from tests.channels.portal.insurance.conftest import people, text, today  # noqa: F401 - whom the pages are about
from tests.factories import NOON
from tests.insured.conftest import load, rows  # noqa: F401
from tests.insured.files import AIGUL, DANA

pytestmark = pytest.mark.django_db
MINE = "/en/am-i-insured/mine/"


def subscribed(iin: str = AIGUL, address: str = "+77010000067", **more: Any) -> Subscription:
    said = {"channel": "email" if "@" in address else "sms", "language": "ru", "consent_version": "2026-1"} | more
    return subscribe(Wish(person=person_key(iin), address=address, **said), at=NOON)


def page_of(one: Subscription) -> str:
    return f"/en/am-i-insured/warnings/{token_of(one)}/"


def running() -> list[int]:
    return list(Subscription.objects.filter(ended_at=None).order_by("pk").values_list("pk", flat=True))


@pytest.fixture
def strict() -> Client:
    """A browser without cookies, held to tokens."""
    return Client(enforce_csrf_checks=True, headers={"accept-language": "en"})


def test_the_link_in_a_message_leads_to_the_page_in_the_language_of_the_messages(browser: Client) -> None:
    one = subscribed()

    assert browser.get(f"/w/{token_of(one)}")["Location"] == f"/ru/am-i-insured/warnings/{token_of(one)}/"


def test_looking_stops_nothing(browser: Client) -> None:
    one = subscribed()
    for address in (f"/w/{token_of(one)}", page_of(one), f"{page_of(one)}?stop=all", f"{page_of(one)}?stopped=1"):
        browser.get(address)
        browser.head(address)

    assert running() == [one.pk]


def test_a_button_stops_one_without_any_session(strict: Client) -> None:
    one, other = subscribed(label="Мама"), subscribed(DANA)
    page = strict.get(page_of(one))
    assert "+7 701 ••• •• 67" in text(page) and "Мама" in text(page)
    answer = strict.post(page_of(one), dict(form_of(page, page_of(one)).filled({})))

    assert running() == [other.pk]
    assert "Stopped" in text(strict.get(answer["Location"]))
    assert Subscription.objects.get(pk=one.pk).ended_why == "stopped"


def test_another_button_stops_all_that_goes_there(strict: Client) -> None:
    one = subscribed()
    subscribed(DANA)
    elsewhere = subscribed(DANA, "a@example.kz")
    strict.post(page_of(one), {"stop": "all"})

    assert running() == [elsewhere.pk]
    assert "No warnings go there any more." in text(strict.get(page_of(one)))


def test_what_goes_elsewhere_is_not_stopped(strict: Client) -> None:
    one, elsewhere = subscribed(), subscribed(DANA, "a@example.kz")
    for said in (str(elsewhere.pk), "", "x", "0"):
        strict.post(page_of(one), {"stop": said})

    assert running() == [one.pk, elsewhere.pk]


def test_the_button_of_a_mail_program_stops_what_its_letter_was_about(strict: Client) -> None:
    one, other = subscribed(address="a@example.kz"), subscribed(DANA, "a@example.kz")
    answer = strict.post(f"/w/{token_of(one)}", {"List-Unsubscribe": "One-Click"})

    assert answer.status_code == 204 and running() == [other.pk]


@pytest.mark.parametrize("way", ["/w/{}", "/en/am-i-insured/warnings/{}/"])
def test_a_link_that_was_made_up_opens_and_stops_nothing(strict: Client, way: str) -> None:
    one = subscribed()
    address = way.format(f"{one.pk}-AAAAAAAAAAAA")
    page = strict.get(address, follow=True)
    strict.post(address, {"stop": "all"})

    assert page.status_code == 404 and "There are no warnings here" in text(page)
    assert running() == [one.pk]


def test_the_page_tells_neither_whom_it_is_about_nor_the_whole_address(browser: Client) -> None:
    page = browser.get(page_of(subscribed())).content.decode()

    assert AIGUL not in page and AIGUL[-4:] not in page and "7010000067" not in page


# --- The person whom it is about --------------------------------------------------------------------------------------


@pytest.fixture
def proven(people: None, browser: Client) -> Client:  # noqa: F811 - the fixture of that name
    answer = HttpResponse()
    remember_proof(answer, AIGUL)
    browser.cookies[COOKIE] = answer.cookies[COOKIE].value
    return browser


def test_the_person_sees_how_many_hear_and_stops_them_all(proven: Client) -> None:
    subscribed()
    subscribed(address="a@example.kz")
    others = subscribed(DANA)
    page = proven.get(MINE)
    assert "Warnings about your insurance go to 2 addresses." in text(page)
    nobody = "/en/am-i-insured/warn-nobody/"
    proven.post(nobody, dict(form_of(page, nobody).filled({})))

    assert running() == [others.pk]
    assert "Warnings about your insurance go" not in text(proven.get(MINE))


def test_strangers_neither_see_nor_stop_them(people: None, browser: Client) -> None:  # noqa: F811
    one = subscribed()

    assert "go to 1 address" not in text(browser.post("/en/am-i-insured/", {"iin": AIGUL}))
    assert browser.post("/en/am-i-insured/warn-nobody/")["Location"] == "/en/am-i-insured/?prove"
    assert browser.get("/en/am-i-insured/warn-nobody/").status_code == 405
    assert running() == [one.pk]


def test_looks_of_every_day_do_not_hide_who_else_asked(proven: Client) -> None:
    look_up(AIGUL, purpose=Purpose.CARE, who="partner:clinic-4")
    for _ in range(3):
        look_up(AIGUL, purpose=Purpose.WARNING, who="system:warnings")

    said = text(proven.get("/en/am-i-insured/who-asked/"))
    assert "before giving care" in said and "Qorgau looked by itself 3 times" in said
    assert said.count("to warn you before the insurance ends") == 0
