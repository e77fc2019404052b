"""The token of a page's forms: one for all of them, and none where nobody asks."""

import re

from django.http import HttpRequest
from django.template import engines
from django.test import RequestFactory

TWO_FORMS = "<form>{{ csrf_input }}</form><form>{{ csrf_input }}</form>"


def _page(template: str, request: HttpRequest) -> str:
    return engines["jinja2"].from_string(template).render({}, request)


def test_all_forms_of_a_page_have_the_same_token(rf: RequestFactory) -> None:
    first, second = re.findall(r'name="csrfmiddlewaretoken" value="(\w{64})"', _page(TWO_FORMS, rf.get("/")))
    assert first == second


def test_the_next_page_has_it_disguised_otherwise(rf: RequestFactory) -> None:
    request = rf.get("/")
    assert _page(TWO_FORMS, request) != _page(TWO_FORMS, request)


def test_a_page_without_forms_gives_no_token(rf: RequestFactory) -> None:
    request = rf.get("/")
    _page("<p>{{ 1 }}</p>", request)
    assert "CSRF_COOKIE" not in request.META
