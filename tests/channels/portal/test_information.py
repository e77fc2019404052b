import pytest
from django.test import Client

from tests.channels.portal.conftest import words
from tests.factories import World

PAGES = ["am-i-insured", "how-it-works", "personal-data", "accessibility", "contacts"]


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
@pytest.mark.parametrize("page", PAGES)
def test_each_page_can_be_read_in_each_language(world: World, page: str, language: str) -> None:
    assert Client().get(f"/{language}/{page}/").status_code == 200


def test_how_it_works_says_how_long_each_desk_takes(world: World, browser: Client) -> None:
    page = words(browser.get("/en/how-it-works/"))

    assert "5 calendar days" in page  # the clinic's support service
    assert "15 working days" in page  # the Fund
    assert "1 working day" in page and "1 working days" not in page  # the contact centre


def test_branches_stand_on_the_page_of_contacts(world: World, browser: Client) -> None:
    page = words(browser.get("/en/contacts/"))

    assert "Филиал по городу Астана" in page and "Филиал по городу Алматы" in page


def test_robots_stay_away_from_single_appeals(browser: Client) -> None:
    lines = browser.get("/robots.txt").content.decode().splitlines()

    assert {"Disallow: /kk/appeal/", "Disallow: /ru/appeal/", "Disallow: /en/appeal/", "Disallow: /desk/"} <= set(lines)


def test_the_map_of_the_site_names_readable_pages_in_each_language(browser: Client) -> None:
    sitemap = browser.get("/sitemap.xml").content.decode()

    assert sitemap.count("<loc>") == 27
    assert "/kk/write/</loc>" in sitemap and "/appeal/" not in sitemap


def test_browsers_find_an_icon_where_they_look_for_one(browser: Client) -> None:
    response = browser.get("/favicon.ico")

    assert response.status_code == 302 and response["Location"].endswith(".svg")
