"""What every request of a partner goes through: the key, the quota, the body."""

import json
from http import HTTPStatus
from typing import Any, NoReturn

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest
from django.http.request import UnreadablePostError
from django.utils import timezone
from django.utils.translation.trans_real import parse_accept_lang_header

from qorgau.lib.speech import LANGUAGES
from qorgau.partners.keys import Partner, partner_with
from qorgau.partners.quotas import seconds_to_wait
from qorgau.partners.refusals import Refusal
from qorgau.partners.scopes import Scope
from qorgau.rules.sentences import N_, Sentence

LARGEST_BODY = 65_536
_SIGN_IN = {"WWW-Authenticate": 'Bearer realm="qorgau"'}


def partner_of(request: HttpRequest) -> Partner:
    """Who sent the request, having taken one request from their quota. Raises Refusal."""
    scheme, _, key = request.META.get("HTTP_AUTHORIZATION", "").strip().partition(" ")
    if scheme.lower() != "bearer" or not key:
        _sign_in(Sentence(N_("A key is needed, in the header “Authorization: Bearer …”.")))
    partner = partner_with(key.strip(), on=timezone.localdate())
    if partner is None:
        _sign_in(Sentence(N_("There is no such key, or it is no longer valid.")))
    if wait := seconds_to_wait(partner.key_id):
        raise Refusal(
            HTTPStatus.TOO_MANY_REQUESTS,
            "throttled",
            Sentence(N_("The quota of this key is used up. Please ask again in {seconds} s."), {"seconds": wait}),
            wait=wait,
        )
    return partner


def demand(partner: Partner, scope: Scope) -> None:
    """Raise Refusal unless the key has the scope."""
    if not partner.may(scope):
        raise Refusal(
            HTTPStatus.FORBIDDEN,
            "forbidden",
            Sentence(N_("This key does not have the scope “{scope}”."), {"scope": scope.value}),
        )


def raw_body(request: HttpRequest) -> bytes:
    """What was sent. Raises Refusal when it is too large or did not arrive."""
    try:
        if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST_BODY:
            _too_large()
        body = request.body
    except (SuspiciousOperation, UnreadablePostError, ValueError, OSError):
        raise Refusal(
            HTTPStatus.BAD_REQUEST, "structure", Sentence(N_("The body of the request could not be read."))
        ) from None
    if len(body) > LARGEST_BODY:
        _too_large()
    return body


def json_object(request: HttpRequest) -> dict[str, Any]:
    """The JSON object that was sent. Raises Refusal for anything else."""
    try:
        said = json.loads(raw_body(request), parse_constant=_no_such_number)
    except (ValueError, RecursionError):
        raise Refusal(HTTPStatus.BAD_REQUEST, "structure", Sentence(N_("The body is not JSON."))) from None
    if not isinstance(said, dict):
        raise Refusal(HTTPStatus.BAD_REQUEST, "structure", Sentence(N_("The body is not a JSON object.")))
    return said


def language_of(request: HttpRequest) -> str:
    """The language to answer in, by Accept-Language; the installation's own when none of ours is wanted."""
    for wanted, quality in parse_accept_lang_header(request.META.get("HTTP_ACCEPT_LANGUAGE", "")[:500].lower()):
        if quality and wanted[:2] in LANGUAGES:
            return wanted[:2]
    return settings.LANGUAGE_CODE


def _sign_in(sentence: Sentence) -> NoReturn:
    raise Refusal(HTTPStatus.UNAUTHORIZED, "login", sentence, headers=_SIGN_IN)


def _too_large() -> NoReturn:
    raise Refusal(
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        "too-long",
        Sentence(N_("The request is larger than {size} bytes."), {"size": LARGEST_BODY}),
    )


def _no_such_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")
