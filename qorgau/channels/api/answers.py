"""JSON answers, and refusals as problem details (RFC 9457)."""

import json
import logging
from collections.abc import Callable, Mapping
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import override

from qorgau.lib.speech import say
from qorgau.partners.incoming import language_of
from qorgau.partners.refusals import Refusal, our_fault
from qorgau.rules.sentences import N_, Sentence

log = logging.getLogger(__name__)

NO_MORE_HEADERS: Mapping[str, str] = {}


def answering(method: str) -> Callable[[Callable[[HttpRequest], dict[str, Any]]], Callable[..., HttpResponse]]:
    """Make a view of a function that returns what to say or raises Refusal, for one HTTP method."""

    def of(make: Callable[[HttpRequest], dict[str, Any]]) -> Callable[..., HttpResponse]:
        @wraps(make)
        def view(request: HttpRequest) -> HttpResponse:
            with override(language_of(request)):
                try:
                    if request.method != method:
                        raise _other_method(method)
                    return _json(make(request), HTTPStatus.OK, "application/json")
                except Refusal as refusal:
                    return _refused(refusal)
                except Exception:
                    # Whoever asks is a program: a page about an error would tell it nothing.
                    log.exception("a request to the API could not be answered")
                    return _refused(our_fault())

        return view

    return of


def nothing_here(request: HttpRequest) -> HttpResponse:
    """Every address that there is not."""
    with override(language_of(request)):
        return _refused(Refusal(HTTPStatus.NOT_FOUND, "not-found", Sentence(N_("There is no such address."))))


def _other_method(method: str) -> Refusal:
    sentence = Sentence(N_("This address understands only {method}."), {"method": method})
    return Refusal(HTTPStatus.METHOD_NOT_ALLOWED, "not-supported", sentence, headers={"Allow": method})


def _refused(refusal: Refusal) -> HttpResponse:
    said = {"title": say(refusal.sentence), "status": refusal.status.value, "code": refusal.code}
    if refusal.field:
        said["field"] = refusal.field
    return _json(said, refusal.status, "application/problem+json", refusal.headers)


def _json(
    said: dict[str, Any], status: HTTPStatus, media_type: str, headers: Mapping[str, str] = NO_MORE_HEADERS
) -> HttpResponse:
    body = json.dumps(said, ensure_ascii=False).encode()
    return HttpResponse(body, media_type, status, headers={"Cache-Control": "no-store", **headers})
