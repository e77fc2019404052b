import pytest
from django.test import Client

from tests.channels.portal.conftest import words

LANGUAGES = [("kk", "Не қажет?"), ("ru", "Что вам нужно?"), ("en", "What do you need?")]


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_front_page_offers_everything_in_each_language(language: str) -> None:
    page = Client().get(f"/{language}/")

    assert page.status_code == 200
    for path in ("am-i-insured", "write/complaint", "write/question", "write/proposal", "write/thanks", "track"):
        assert f'href="/{language}/{path}/"' in page.content.decode()


def test_the_front_page_asks_no_database_and_sets_no_cookie(browser: Client) -> None:
    # Without the mark of pytest-django a query would fail.
    first, second = browser.get("/en/"), browser.get("/en/")

    assert first.content == second.content
    assert not first.cookies and not second.cookies


def test_each_look_has_a_front_page_of_its_own(browser: Client) -> None:
    ordinary = browser.get("/en/")
    browser.cookies["aids"] = "black.150.normal.sans.on"
    dark = browser.get("/en/")

    assert "contrast-black" in dark.content.decode()
    assert "contrast-black" not in ordinary.content.decode()
    assert "Cookie" in dark["Vary"]


def test_nothing_of_one_visitor_is_kept_for_the_next(browser: Client) -> None:
    browser.get("/en/?secret=of-the-first")

    assert "of-the-first" not in words(browser.get("/en/"))


@pytest.mark.parametrize(
    ("accepted", "language"), [("", "kk"), ("ru-RU,ru;q=0.9", "ru"), ("en-GB", "en"), ("de-DE", "kk"), ("kk-KZ", "kk")]
)
def test_the_bare_address_leads_to_ones_own_language(accepted: str, language: str) -> None:
    page = Client(headers={"accept-language": accepted}).get("/")

    assert page.status_code == 302
    assert page["Location"] == f"/{language}/"


def test_reading_in_another_language_is_remembered() -> None:
    browser = Client(headers={"accept-language": "ru"})
    browser.get("/kk/")

    assert browser.get("/")["Location"] == "/kk/"


def test_choosing_what_to_write(browser: Client) -> None:
    page = words(browser.get("/en/write/"))

    assert "A complaint" in page and "A question" in page and "A proposal" in page and "Thanks" in page
    assert "103" in page
