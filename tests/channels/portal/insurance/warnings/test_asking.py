"""From the page of a status to warnings that run: a contact, a consent, a code; and nothing kept before."""

import logging
from datetime import date
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from qorgau.channels.portal.insurance.asked_about import carried
from qorgau.channels.portal.insurance.proof import COOKIE, remember_proof
from qorgau.insured.models import LookUp
from qorgau.insured.person_key import person_key
from qorgau.insured.warnings.addresses import address_of, label_of
from qorgau.insured.warnings.links import token_of
from qorgau.insured.warnings.models import Subscription
from qorgau.notices.models import Notice
from qorgau.notices.wording import message_for
from qorgau.people import asked_consents
from qorgau.people.consent_texts import load_consent_texts
from qorgau.people.models import ConsentText, OneTimeCode
from qorgau.people.one_time_codes import digits_of
from tests.channels.portal.conftest import field, form_of
from tests.channels.portal.insurance.conftest import people, text, today  # noqa: F401 - whom the pages are about
from tests.insured.conftest import load, rows  # noqa: F401
from tests.insured.files import AIGUL, DANA, STRANGER

PAGE, WARN = "/en/am-i-insured/", "/en/am-i-insured/warn-me/"
PHONE = "+77010000067"


@pytest.fixture(autouse=True)
def agreed(people: None) -> None:  # noqa: F811 - the fixture of that name
    load_consent_texts()
    asked_consents._kept = None


def ask(browser: Client, iin: str = AIGUL, **said: str) -> HttpResponse:
    """Come from the page of the status and fill in the form."""
    offer = form_of(browser.post(PAGE, {"iin": iin}), WARN)
    form = form_of(browser.post(WARN, dict(offer.filled({}))), WARN)
    return browser.post(WARN, dict(form.filled({"contact": "8 701 000 00 67", "consent": "on"} | said)))


def confirm(browser: Client, page: HttpResponse, code: str = "") -> HttpResponse:
    return browser.post(
        WARN, dict(form_of(page, WARN).filled({"code": code or digits_of(OneTimeCode.objects.latest("pk"))}))
    )


def test_a_contact_that_was_confirmed_is_told_from_then_on(browser: Client) -> None:
    page = ask(browser, language="ru", label="Мама", tells_back="on")
    assert page.status_code == 200 and "on its way to +7 701 ••• •• 67" in text(page)
    assert Subscription.objects.count() == 0
    answer = confirm(browser, page)

    one = Subscription.objects.get()
    assert answer["Location"] == f"/en/am-i-insured/warnings/{token_of(one)}/?begun=1"
    assert (one.person, one.channel, address_of(one), label_of(one)) == (person_key(AIGUL), "sms", PHONE, "Мама")
    assert (one.language, one.tells_back, one.proven, one.consent_version) == ("ru", True, False, "2026-1")
    assert "The warnings have begun" in text(browser.get(answer["Location"]))


def test_the_code_leaves_at_once_in_the_language_of_the_messages(browser: Client) -> None:
    ask(browser, language="kk")

    notice, made = Notice.objects.get(), OneTimeCode.objects.get()
    assert (notice.topic, notice.transport, notice.address, notice.language) == ("warning_code", "sms", PHONE, "kk")
    assert notice.awaited_until is not None and notice.due_at == notice.created_at
    message = message_for(notice)
    assert digits_of(made) in message.body and message.secrets == (digits_of(made),)


def test_an_address_of_e_mail_is_confirmed_by_a_letter(browser: Client) -> None:
    confirm(browser, ask(browser, contact=" Aigul@Example.KZ "))

    assert address_of(Subscription.objects.get()) == "aigul@example.kz"
    letter = message_for(Notice.objects.get())
    assert "The code that confirms it is" in letter.body and "from your receipt" not in letter.body


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"contact": ""}, "Write a telephone number or an e-mail address."),
        ({"contact": "1414"}, "SMS go only to mobile numbers of Kazakhstan"),
        ({"contact": "+7 727 250 00 00"}, "SMS go only to mobile numbers of Kazakhstan"),
        ({"contact": "+7 916 000 00 00"}, "SMS go only to mobile numbers of Kazakhstan"),
        ({"contact": "aigul@"}, "This is not an e-mail address."),
        ({"contact": "a" * 300}, "This has 300 characters; 254 fit here."),
        ({"consent": ""}, "Tick this if you agree"),
        ({"language": "xx"}, "Choose one of the list."),
        ({"label": AIGUL}, "Only letters here, please"),
        ({"label": "https://x.kz"}, "Only letters here, please"),
        ({"label": "ш" * 21}, "This has 21 characters; 20 fit here."),
    ],
)
def test_what_cannot_be_is_said_beside_the_field_and_nothing_is_sent(
    browser: Client, said: dict[str, str], told: str
) -> None:
    page = ask(browser, **said)

    assert page.status_code == 422 and told in text(page)
    assert (Notice.objects.count(), OneTimeCode.objects.count(), Subscription.objects.count()) == (0, 0, 0)


@pytest.mark.parametrize("label", ["Анам", "mother-in-law", "Аида апай", "Д. Ж.", "O’Neil"])
def test_a_label_is_what_people_call_each_other(browser: Client, label: str) -> None:
    confirm(browser, ask(browser, label=label))

    assert label_of(Subscription.objects.get()) == label


@pytest.mark.parametrize(("typed", "told"), [("", "Write the six digits"), ("12", "This is not the code")])
def test_a_wrong_code_begins_nothing(browser: Client, typed: str, told: str) -> None:
    page = ask(browser)
    answer = browser.post(WARN, dict(form_of(page, WARN).filled({"code": typed})))

    assert answer.status_code == 422 and told in text(answer) and Subscription.objects.count() == 0


def test_a_code_confirms_only_the_address_and_the_person_it_was_sent_for(browser: Client) -> None:
    mine = form_of(ask(browser), WARN)
    digits = digits_of(OneTimeCode.objects.get())
    other = form_of(ask(browser, contact="dana@example.kz"), WARN)

    assert browser.post(WARN, dict(mine.filled({"code": digits, "wish": field(other, "wish")}))).status_code == 422
    assert browser.post(WARN, dict(mine.filled({"code": digits, "person": carried(DANA)}))).status_code == 200
    assert Subscription.objects.count() == 0


@pytest.mark.parametrize("wish", ["x", "AAAA", "я", ""])
def test_a_wish_that_was_made_up_or_is_old_is_asked_for_again_with_why(browser: Client, wish: str) -> None:
    page = browser.post(WARN, {"person": carried(AIGUL), "wish": wish, "code": "123456"})

    assert "had been open for a long time" in text(page)
    assert page.status_code == 200 and field(form_of(page, WARN), "contact") == ""


def test_nobody_can_tell_whether_the_person_is_known(browser: Client) -> None:
    def walk(iin: str) -> list[str]:
        form = browser.post(WARN, {"person": carried(iin)})
        sent = browser.post(
            WARN, {"person": carried(iin), "contact": f"a{iin[-2:]}@example.kz", "language": "en", "consent": "on"}
        )
        done = browser.get(confirm(browser, sent)["Location"])
        return [text(page).replace(iin[-4:], "") for page in (form, sent, done)]

    assert walk(AIGUL) == walk(STRANGER)
    assert LookUp.objects.count() == 0


def test_whoever_comes_with_an_old_page_or_with_none_is_led_to_ask_and_told_why(browser: Client) -> None:
    assert browser.get(WARN)["Location"] == f"{PAGE}?again"
    led = browser.post(WARN, {"person": "x", "contact": "8 701 000 00 67", "language": "en"})["Location"]

    assert led == f"{PAGE}?again" and "does not keep your IIN for long" in text(browser.get(led))


def test_codes_are_not_sent_without_end_to_anybody(browser: Client, settings: Any) -> None:
    settings.CODES_PER_IIN = 2
    assert [ask(browser).status_code for _ in range(3)] == [200, 200, 429]

    waiting = ask(browser)
    assert field(form_of(waiting, WARN), "contact") == "8 701 000 00 67" and int(waiting["Retry-After"]) >= 1
    assert ask(browser, DANA).status_code == 429, "the same address, another person"
    assert OneTimeCode.objects.count() == 2


def test_asking_to_be_warned_counts_as_asking(browser: Client, settings: Any) -> None:
    settings.LOOKUPS_PER_ADDRESS = 1
    said = {"person": carried(AIGUL), "contact": "a@example.kz", "language": "en", "consent": "on"}

    assert [browser.post(WARN, said).status_code for _ in range(2)] == [200, 429]
    assert browser.post(PAGE, {"iin": DANA}).status_code == 429


def test_another_code_ends_the_one_before(browser: Client) -> None:
    form = form_of(ask(browser), WARN)
    first = digits_of(OneTimeCode.objects.get())
    again = browser.post(WARN, dict(form.filled({"again": "1"})))

    assert confirm(browser, again, first).status_code == 422
    assert OneTimeCode.objects.count() == 2 and OneTimeCode.objects.earliest("pk").tries == 5


def test_too_many_are_refused_with_what_to_do(browser: Client, settings: Any) -> None:
    settings.WARNINGS_PER_CONTACT = 0
    page = confirm(browser, ask(browser))

    assert page.status_code == 422 and "hears of as many people as it may (0)" in text(page)


def test_nothing_is_offered_without_words_to_agree_to_or_with_anothers_register(
    browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "Tell me before I lose it" in text(browser.post(PAGE, {"iin": AIGUL}))
    monkeypatch.setattr("qorgau.channels.portal.insurance.warnings.asking.offered", lambda: False)
    assert "Tell me before I lose it" not in text(browser.post(PAGE, {"iin": AIGUL}))
    led = browser.post(WARN, {"person": carried(AIGUL)})["Location"]
    assert led == f"{PAGE}?no-warnings" and "are not offered now" in text(browser.get(led))

    monkeypatch.setattr("qorgau.channels.portal.insurance.warnings.asking.offered", lambda: True)
    monkeypatch.setattr(asked_consents, "_kept", (float("inf"), date(2026, 11, 28), {}))
    assert ConsentText.objects.exists() and "Tell me before" not in text(browser.post(PAGE, {"iin": AIGUL}))


def test_who_is_not_insured_is_offered_to_hear_of_it(browser: Client) -> None:
    page = browser.post(PAGE, {"iin": DANA})
    assert "Tell me when I am insured again" in text(page)

    asked = browser.post(WARN, dict(form_of(page, WARN).filled({})))
    form = form_of(asked, WARN)
    assert ("tells_back", "on") in form.fields
    assert "as soon as there is insurance" in text(asked)
    assert "as soon as there is insurance" in text(browser.post(WARN, dict(form.filled({"contact": ""}))))


def test_the_number_is_in_no_log_no_address_and_no_page(browser: Client, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        page = ask(browser)
        answer = confirm(browser, page)
        mine = browser.get(answer["Location"])

    assert AIGUL not in caplog.text + answer["Location"] + page.content.decode() + mine.content.decode()
    assert PHONE not in caplog.text + page.content.decode() + mine.content.decode()
    assert "no-store" in page["Cache-Control"] and "no-store" in mine["Cache-Control"]


def test_whoever_proved_to_be_the_person_hears_what_the_page_tells_them_alone(browser: Client) -> None:
    answer = HttpResponse()
    remember_proof(answer, AIGUL)
    browser.cookies[COOKIE] = answer.cookies[COOKIE].value
    confirm(browser, ask(browser))
    confirm(browser, ask(browser, DANA, contact="d@example.kz"))

    assert [one.proven for one in Subscription.objects.order_by("pk")] == [True, False]
