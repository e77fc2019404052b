"""Everything under `/fhir`: what is asked, by whom, and the answer or an `OperationOutcome`, whatever happens.

GET  metadata                        no key needed
POST CoverageEligibilityRequest      also …/$submit
GET  Coverage/ID, Coverage?_id=ID    POST Coverage/_search
GET  Organization/ID, Organization?… POST Organization/_search
"""

import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, NoReturn

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import override

from qorgau.channels.fhir import coverage_search, eligibility_request, organisation
from qorgau.channels.fhir.capability import capability_statement
from qorgau.channels.fhir.eligibility_response import eligibility_response
from qorgau.channels.fhir.media import FHIR_JSON, FORM, PLAIN_JSON, Version, Wanted, check_sent, wanted_by
from qorgau.channels.fhir.outcomes import outcome
from qorgau.channels.fhir.searching import form_of, parameters_of, query_of, search_for
from qorgau.partners.incoming import demand, json_object, language_of, partner_of, raw_body
from qorgau.partners.keys import Partner
from qorgau.partners.refusals import Refusal, our_fault
from qorgau.partners.scopes import Scope
from qorgau.partners.status import status_for
from qorgau.rules.sentences import N_, Sentence

log = logging.getLogger(__name__)

NO_MORE_HEADERS: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Call:
    """A request of a partner: to one type of resources, for the rest of the address, answered in one version."""

    request: HttpRequest
    partner: Partner
    version: Version
    rest: str


def door(request: HttpRequest, rest: str | None = None) -> HttpResponse:
    """Answer one request."""
    wanted = Wanted()
    with override(language_of(request)):
        try:
            wanted = wanted_by(request, form_of(query_of(request)))
            return _written(_answer(request, (rest or "").rstrip("/"), wanted.version), HTTPStatus.OK, wanted)
        except Refusal as refusal:
            return _refused(refusal, wanted)
        except Exception:
            # Whoever asks is a program: a page about an error would tell it nothing.
            log.exception("a FHIR request could not be answered")
            return _refused(our_fault(), wanted)


def _answer(request: HttpRequest, path: str, version: Version) -> dict[str, Any]:
    if path == "metadata":
        _only(request, "GET")
        return capability_statement(version)
    partner = partner_of(request)
    kind, _, rest = path.partition("/")
    if kind not in _RESOURCES:
        sentence = N_("There are no resources of the type “{type}” here. There are: {types}.")
        _nothing(Sentence(sentence, {"type": kind[:60], "types": ", ".join(_RESOURCES)}), "not-supported")
    return _RESOURCES[kind](Call(request, partner, version, rest))


def _eligibility(call: Call) -> dict[str, Any]:
    if call.rest not in ("", "$submit"):
        _nothing(Sentence(N_("Requests and answers are not kept here.")), "not-supported")
    _only(call.request, "POST")
    demand(call.partner, Scope.STATUS)
    check_sent(call.request, FHIR_JSON, PLAIN_JSON)
    asked = eligibility_request.read_request(json_object(call.request))
    told = status_for(
        call.partner, asked.iin, on=asked.on, field=f"{eligibility_request.TYPE}.patient.identifier.value"
    )
    return eligibility_response(asked, told, call.partner, today=timezone.localdate())


def _coverage(call: Call) -> dict[str, Any]:
    demand(call.partner, Scope.STATUS)
    if call.rest in ("", "_search"):
        search = search_for(_parameters(call), coverage_search.PARAMETERS)
        return coverage_search.search(search, call.partner, call.version, in_address=call.rest == "")
    _only(call.request, "GET")
    found = coverage_search.read(call.rest, call.partner, call.version)
    return found if found is not None else _nothing(Sentence(N_("There is no such resource.")), "not-found")


def _organisations(call: Call) -> dict[str, Any]:
    demand(call.partner, Scope.ORGANISATIONS)
    if call.rest in ("", "_search"):
        return organisation.search(search_for(_parameters(call), organisation.PARAMETERS), call.version)
    _only(call.request, "GET")
    row = organisation.read(call.rest)
    if row is None:
        _nothing(Sentence(N_("There is no such resource.")), "not-found")
    return organisation.organization(row, call.version)


_RESOURCES: dict[str, Callable[[Call], dict[str, Any]]] = {
    eligibility_request.TYPE: _eligibility,
    coverage_search.TYPE: _coverage,
    organisation.TYPE: _organisations,
}


def _parameters(call: Call) -> list[tuple[str, str]]:
    """The parameters of a search: those of the address, and those of the form when one was sent."""
    parameters = parameters_of(query_of(call.request))
    if call.rest == "":
        _only(call.request, "GET")
        return parameters
    _only(call.request, "POST")
    check_sent(call.request, FORM)
    return [*parameters, *parameters_of(raw_body(call.request).decode("utf-8", "replace"))]


def _only(request: HttpRequest, method: str) -> None:
    if request.method != method:
        sentence = Sentence(N_("This address understands only {method}."), {"method": method})
        raise Refusal(HTTPStatus.METHOD_NOT_ALLOWED, "not-supported", sentence, headers={"Allow": method})


def _nothing(sentence: Sentence, code: str) -> NoReturn:
    raise Refusal(HTTPStatus.NOT_FOUND, code, sentence)


def _refused(refusal: Refusal, wanted: Wanted) -> HttpResponse:
    return _written(outcome(refusal), refusal.status, wanted, refusal.headers)


def _written(
    resource: dict[str, Any], status: HTTPStatus, wanted: Wanted, headers: Mapping[str, str] = NO_MORE_HEADERS
) -> HttpResponse:
    body = json.dumps(resource, ensure_ascii=False).encode()
    return HttpResponse(body, wanted.content_type, status, headers={"Cache-Control": "no-store", **headers})
