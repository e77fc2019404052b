import pytest
from django.utils import translation

from .conftest import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def leave_the_language_as_it_was():
    with translation.override("kk"):
        yield


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_staff_pages_speak_the_persons_language_whatever_the_browser_says(client, hire, language):
    hire(username="aigerim", language=language)
    sign_in(client, "aigerim")
    client.cookies.pop("django_language", None)
    for said_by_browser in ("kk", "ru", "en"):
        page = client.get("/staff/password/", headers={"accept-language": said_by_browser})
        assert page.headers["Content-Language"] == language


def test_the_next_sign_in_page_speaks_it_too(client, hire):
    hire(username="aigerim", language="en")
    sign_in(client, "aigerim")
    client.post("/staff/logout/")
    page = client.get("/staff/login/", headers={"accept-language": "ru"})
    assert page.headers["Content-Language"] == "en"


def test_before_signing_in_the_browser_decides(client):
    assert client.get("/staff/login/", headers={"accept-language": "ru"}).headers["Content-Language"] == "ru"
    assert client.get("/staff/login/", headers={"accept-language": "de"}).headers["Content-Language"] == "kk"


def test_the_language_can_be_changed_and_one_stays_where_one_was(client, aigerim):
    sign_in(client, "aigerim")
    response = client.post("/staff/language/", {"language": "en", "next": "/desk/26/"})
    assert response["Location"] == "/desk/26/"
    aigerim.refresh_from_db()
    assert aigerim.language == "en"
    assert client.get("/staff/password/").headers["Content-Language"] == "en"


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example/", ""])
def test_a_foreign_way_back_leads_to_ones_own_first_page(client, aigerim, back):
    sign_in(client, "aigerim")
    assert client.post("/staff/language/", {"language": "en", "next": back})["Location"] == "/desk/"


def test_a_language_nobody_speaks_changes_nothing(client, aigerim):
    sign_in(client, "aigerim")
    client.post("/staff/language/", {"language": "de"})
    aigerim.refresh_from_db()
    assert aigerim.language == "ru"


def test_the_sign_in_page_can_be_turned_to_another_language_before_anybody_signed_in(client):
    response = client.post("/staff/language/", {"language": "en", "next": "/staff/login/?next=/desk/"})
    assert response["Location"] == "/staff/login/?next=/desk/"
    page = client.get("/staff/login/", headers={"accept-language": "ru"})
    assert page.headers["Content-Language"] == "en"


def test_a_public_page_asks_nothing_about_the_session(client, aigerim, rf):
    from qorgau.people.own_language import OwnLanguage

    class NobodyLooks:
        @property
        def is_authenticated(self):
            raise AssertionError("a public page looked at the session")

    request = rf.get("/ru/")
    request.COOKIES["sessionid"] = "x"
    request.user = NobodyLooks()
    assert OwnLanguage(lambda request: "page")(request) == "page"
