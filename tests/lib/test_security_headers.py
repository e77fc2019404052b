import pytest
from django.http import HttpResponse

from qorgau.lib.security_headers import CONTENT_SECURITY_POLICY, HEADERS, SecurityHeaders


def directives() -> dict[str, str]:
    return dict(part.split(" ", 1) for part in CONTENT_SECURITY_POLICY.split("; "))


def test_every_answer_carries_the_headers(rf):
    response = SecurityHeaders(lambda request: HttpResponse("page"))(rf.get("/"))
    assert {name: response.headers[name] for name in HEADERS} == HEADERS


def test_a_view_that_sets_a_header_itself_keeps_its_own(rf):
    own = HttpResponse("file", headers={"Content-Security-Policy": "sandbox"})
    response = SecurityHeaders(lambda request: own)(rf.get("/"))
    assert response.headers["Content-Security-Policy"] == "sandbox"


@pytest.mark.parametrize("directive", ["default-src", "script-src", "style-src", "connect-src", "form-action"])
def test_only_what_we_serve_ourselves_runs_and_nothing_written_into_a_page(directive):
    assert directives()[directive] == "'self'"


@pytest.mark.parametrize("directive", ["object-src", "base-uri", "frame-ancestors", "frame-src"])
def test_nothing_is_embedded(directive):
    assert directives()[directive] == "'none'"


def test_the_middleware_is_in_use_and_stands_outside_of_what_answers_early(settings):
    assert settings.MIDDLEWARE.index("qorgau.lib.security_headers.SecurityHeaders") < settings.MIDDLEWARE.index(
        "whitenoise.middleware.WhiteNoiseMiddleware"
    )
