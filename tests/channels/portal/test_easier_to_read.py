"""The page where readers choose how pages look."""

import pytest

from qorgau.lib.reading_aids import CHOICES

PAGE = "/ru/easier-to-read/"


def test_every_setting_can_be_chosen_and_the_present_one_is_marked(client):
    client.cookies["aids"] = "black.150.wide.serif.off"
    page = client.get(PAGE).content.decode()
    for name, values in CHOICES.items():
        for value in values:
            assert f'name="{name}" id="{name}-{value}" value="{value}"' in page
    assert page.count(" checked>") == len(CHOICES)
    assert 'class="contrast-black size-150 spacing-wide typeface-serif pictures-off"' in page


def test_what_is_chosen_is_kept_and_one_is_back_where_one_was(client):
    response = client.post(PAGE, {"contrast": "blue", "size": "200", "back": "/ru/track/?a=1", "return": "1"})
    assert response["Location"] == "/ru/track/?a=1"
    assert client.cookies["aids"].value == "blue.200.normal.sans.on"
    assert 'class="contrast-blue size-200"' in client.get(PAGE).content.decode()


def test_one_may_look_first_and_keep_the_way_back(client):
    response = client.post(PAGE, {"size": "150", "back": "/ru/track/", "look": "1"})
    assert response["Location"] == "/ru/easier-to-read/?back=%2Fru%2Ftrack%2F"


def test_the_ordinary_look_is_one_button_away(client):
    client.cookies["aids"] = "black.150.wide.serif.off"
    response = client.post(PAGE, {"contrast": "black", "reset": "1"})
    assert response.cookies["aids"].value == ""
    assert response.cookies["aids"]["max-age"] == 0


@pytest.mark.parametrize(
    "back", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "\\\\evil.example", ""]
)
def test_the_way_back_never_leads_to_another_site(client, back):
    assert client.post(PAGE, {"back": back, "return": "1"})["Location"] == "/ru/"
    page = client.get(PAGE, {"back": back}).content.decode()
    assert '<input type="hidden" name="back" value="/ru/">' in page
    assert 'class="aids-link" href="/ru/easier-to-read/?back=/ru/"' in page


def test_nonsense_is_the_ordinary_look(client):
    client.post(PAGE, {"contrast": "<script>", "size": "9000", "return": "1"})
    assert client.cookies["aids"].value == ""


def test_a_cookie_of_nonsense_breaks_no_page(client):
    client.cookies["aids"] = '"><script>.1.2.3.4'
    response = client.get(PAGE)
    assert response.status_code == 200
    assert "<script>.1" not in response.content.decode()


def test_the_page_asks_no_database(client, django_assert_num_queries, db):
    with django_assert_num_queries(0):
        client.get(PAGE)


def test_only_reading_and_choosing_are_possible(client):
    assert client.delete(PAGE).status_code == 405
