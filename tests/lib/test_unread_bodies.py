"""Whoever still sends is let finish, so that the answer reaches them."""

import io

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from qorgau.lib.unread_bodies import ReadToTheEnd


def sending(size: int, said: int | None = None) -> tuple[HttpRequest, io.BytesIO]:
    body = io.BytesIO(b"x" * size)
    request = RequestFactory().generic("POST", "/", content_type="text/plain")
    request.META["CONTENT_LENGTH"] = str(size if said is None else said)
    # As `WSGIRequest` wraps what the server gives it.
    request._stream = body  # type: ignore[attr-defined]
    return request, body


def without_reading(request: HttpRequest) -> HttpResponse:
    return HttpResponse("no")


def test_a_body_that_nobody_wanted_is_read_to_its_end() -> None:
    request, body = sending(3_000_000)
    assert ReadToTheEnd(without_reading)(request).content == b"no"
    assert body.tell() == 3_000_000


def test_more_than_anybody_may_send_is_not_waited_for() -> None:
    request, body = sending(10, said=10**12)
    ReadToTheEnd(without_reading)(request)
    assert body.tell() == 0


@pytest.mark.parametrize("said", ["", "abc", "-1", "²"])
def test_a_length_that_is_none_hurts_nobody(said: str) -> None:
    request, body = sending(10)
    request.META["CONTENT_LENGTH"] = said
    assert ReadToTheEnd(without_reading)(request).content == b"no"
    assert body.tell() == 0


def test_who_has_gone_in_the_middle_hurts_nobody() -> None:
    request, _body = sending(10)

    class Gone:
        def read(self, size: int) -> bytes:
            raise OSError

    request._stream = Gone()  # type: ignore[attr-defined]
    assert ReadToTheEnd(without_reading)(request).content == b"no"


def test_a_body_that_was_read_stays_readable() -> None:
    request = RequestFactory().post("/", {"text": "Жалоба"})

    def reading(request: HttpRequest) -> HttpResponse:
        return HttpResponse(request.POST["text"])

    assert ReadToTheEnd(reading)(request).content.decode() == "Жалоба"
    assert request.POST["text"] == "Жалоба"
