"""The small world, a browser that reads English, and what people do with it."""

from collections import OrderedDict
from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client

from qorgau.channels.portal.tracking import kept_page
from qorgau.channels.portal.writing import flood
from qorgau.register.access import access_code
from qorgau.register.models import Appeal
from tests import factories
from tests.citizen import Form, forms
from tests.factories import World

COMPLAINT = "/en/write/complaint/"
Open = Callable[[Appeal], Client]


@pytest.fixture
def world(db: None) -> World:
    return factories.world()


@pytest.fixture
def browser() -> Client:
    return Client(headers={"accept-language": "en"})


@pytest.fixture(autouse=True)
def nothing_kept_from_other_tests(monkeypatch: pytest.MonkeyPatch) -> None:
    kept_page._pages.clear()
    # Nor does the minute end, in which what was sent is counted.
    monkeypatch.setattr(flood, "_sent", OrderedDict())
    monkeypatch.setattr(flood, "_this_minute", lambda: 0)


@pytest.fixture
def opened() -> Open:
    """A browser that has opened an appeal with its number and code."""

    def open_it(appeal: Appeal) -> Client:
        client = Client(headers={"accept-language": "en"})
        code = access_code(appeal.number, appeal.code_version)
        response = client.post("/en/track/", {"number": appeal.number, "code": code})
        assert response.status_code == 302
        return client

    return open_it


def form_of(response: HttpResponse, action: str) -> Form:
    """The form of a page that is sent to this address."""
    return next(form for form in forms(response.content.decode()) if form.action == action and form.method == "post")


def field(form: Form, name: str) -> str:
    """What a field of a form would send."""
    return next(value for known, value in form.fields if known == name)


def words(response: HttpResponse) -> str:
    """The page as one line, however its source is broken."""
    return " ".join(response.content.decode().split())
