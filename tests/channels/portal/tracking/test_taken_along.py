"""The link from a chat: looked at by whatever fetches it, used once by whoever presses its button."""

import pytest
from django.test import Client
from django.utils import timezone

from qorgau.handling.for_applicant.taken_along import word_for
from qorgau.register.models import Appeal, SpentWord
from tests import factories
from tests.channels.portal.conftest import form_of, words

TITLE = {"kk": "Өтінішіңізді осында ашыңыз", "ru": "Откройте своё обращение здесь", "en": "Open your appeal here"}
OLD = {
    "kk": "Бұл сілтеме енді жарамайды",
    "ru": "Эта ссылка больше не действует",
    "en": "This link no longer works",
}


@pytest.fixture
def appeal(world: object) -> Appeal:
    return factories.appeal()


def address(appeal: Appeal, language: str = "en") -> str:
    return f"/{language}/track/{word_for(appeal, at=timezone.now())}/"


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_its_page_has_one_button_that_opens_the_appeal_once(appeal: Appeal, language: str) -> None:
    link = address(appeal, language)
    browser = Client()
    page = browser.get(link)
    assert page.status_code == 200
    assert TITLE[language] in words(page)
    assert appeal.number not in words(page)

    answer = browser.post(link, dict(form_of(page, link).filled({})))
    assert (answer.status_code, answer["Location"]) == (302, f"/{language}/appeal/{appeal.number}/")
    assert appeal.number in words(browser.get(answer["Location"]))

    for again in (Client().get(link), Client().post(link)):
        assert again.status_code == 410
        assert OLD[language] in words(again)
        assert form_of(again, f"/{language}/track/")


def test_whatever_fetches_the_address_before_opens_nothing_and_spends_nothing(appeal: Appeal) -> None:
    link = address(appeal)
    for preview in (Client(), Client(), Client(headers={"user-agent": "TelegramBot (like TwitterBot)"})):
        assert preview.get(link).status_code == 200
        assert preview.head(link).status_code == 200
        assert "opened" not in preview.cookies
    assert not SpentWord.objects.exists()
    assert Client().post(link).status_code == 302


def test_who_has_it_open_here_is_led_on_and_spends_nothing(appeal: Appeal) -> None:
    browser = Client()
    first, second = address(appeal), address(appeal)
    browser.post(first)
    for link in (first, second):
        for answer in (browser.get(link), browser.post(link)):
            assert (answer.status_code, answer["Location"]) == (302, f"/en/appeal/{appeal.number}/")
    assert SpentWord.objects.count() == 1
    assert Client().get(first).status_code == 410


def test_a_token_that_ran_out_opens_nothing_and_the_page_comes_once_more(appeal: Appeal) -> None:
    link, strict = address(appeal), Client(enforce_csrf_checks=True)
    answer = strict.post(link)
    assert answer.status_code == 403 and "Please send it again" in words(answer)
    assert strict.post(link, dict(form_of(answer, link).filled({}))).status_code == 302
    late = Client(enforce_csrf_checks=True).post(link)
    assert late.status_code == 410


@pytest.mark.parametrize("word", ["x", "AAAA", "%D2", "-" * 200])
@pytest.mark.parametrize("method", ["get", "post"])
def test_what_we_did_not_make_leads_to_where_number_and_code_are_asked_for(
    world: object, word: str, method: str
) -> None:
    answer = getattr(Client(), method)(f"/en/track/{word}/")
    assert answer.status_code == 410
    assert "A link from the chat works once, within ten minutes" in words(answer)
