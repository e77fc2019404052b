"""Pages about errors: in the person's language, with a way on, and standing when nothing else does."""

import pytest
from django.urls import reverse
from django.utils import translation

from qorgau.channels.portal import errors
from qorgau.rules.roles import Role
from tests import factories

PAGES = {
    400: errors.bad_request,
    403: errors.forbidden,
    404: errors.not_found,
    429: errors.too_many,
    500: errors.broken,
}


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
@pytest.mark.parametrize("status", PAGES)
def test_every_page_says_what_happened_and_leads_on(rf, status, language):
    with translation.override(language):
        response = PAGES[status](rf.get(f"/{language}/x/"))
    page = response.content.decode()
    assert response.status_code == status
    assert f'<html lang="{language}"' in page
    assert f'href="/{language}/"' in page
    assert 'href="tel:1414"' in page


def test_an_unknown_address_gets_our_page(client):
    response = client.get("/en/nowhere/")
    assert response.status_code == 404
    assert "There is no such page" in response.content.decode()


@pytest.mark.parametrize(
    ("language", "words"), [("kk", "Мұнда ештеңе жіберілген жоқ"), ("ru", "Сюда ничего не отправлено")]
)
def test_an_address_that_takes_a_form_says_so_to_whoever_opens_it(client, language, words):
    client.cookies["django_language"] = language
    response = client.get(reverse("staff_language"))
    assert (response.status_code, response["Allow"]) == (405, "POST")
    assert words in response.content.decode()


@pytest.mark.django_db
def test_staff_who_open_such_an_address_stay_at_their_desk(world, client):
    person = factories.staff(Role.CLINIC_SPECIALIST, world.clinic_desk)
    client.force_login(person)
    response = client.get(reverse("desk:following", args=["26-0000001-1"]))
    page = response.content.decode()
    assert response.status_code == 405
    assert "Nothing was sent here" in page
    assert f'href="{reverse("desk:queue")}"' in page
    assert "no-store" in response["Cache-Control"]


def test_words_of_an_exception_never_reach_the_page(rf):
    response = errors.forbidden(rf.get("/en/"), PermissionError("secret of desk 5"))
    assert "secret" not in response.content.decode()


@pytest.mark.parametrize(
    ("wait", "minutes"), [(1, "1 minute "), (60, "1 minute "), (61, "2 minutes "), (600, "10 minutes ")]
)
def test_too_many_tries_says_how_long_to_wait(rf, wait, minutes):
    with translation.override("en"):
        response = errors.too_many(rf.get("/en/"), wait)
    assert f"Wait {minutes}" in response.content.decode()
    assert response["Retry-After"] == str(wait)


def test_too_many_tries_without_a_known_wait_promises_nothing(rf):
    with translation.override("en"):
        response = errors.too_many(rf.get("/en/"))
    assert "Wait a little" in response.content.decode()
    assert "Retry-After" not in response


def test_our_fault_asks_no_database(rf):
    """No `db` fixture: a query would fail this test."""
    request = rf.get("/en/")
    assert errors.broken(request).status_code == 500
    assert not hasattr(request, "session")


def test_our_fault_is_told_even_when_no_page_can_be_made(rf, monkeypatch):
    def fails(*_args: object, **_more: object) -> str:
        raise RuntimeError("no templates today")

    monkeypatch.setattr(errors, "render_to_string", fails)
    response = errors.broken(rf.get("/ru/"))
    page = response.content.decode()
    assert response.status_code == 500
    assert ("Бізде ақау болды" in page, "У нас сбой" in page, "Something broke" in page) == (True, True, True)


def test_a_view_that_breaks_gets_our_page(client, monkeypatch):
    from qorgau.channels.portal import reading_aids

    def fails(_request: object) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr(reading_aids, "reading_aids", fails)
    client.raise_request_exception = False
    response = client.get("/en/easier-to-read/")
    assert response.status_code == 500
    assert "Something broke on our side" in response.content.decode()
