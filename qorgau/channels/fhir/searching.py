"""Searching: the parameters of an address or a form, and the `Bundle` of what was found.

https://hl7.org/fhir/R4/search.html. An unknown parameter is refused rather than left out: whoever filters by something
should not get everything.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.conf import settings
from django.http import HttpRequest

from qorgau.partners.refusals import Refusal
from qorgau.rules.sentences import N_, Sentence

PAGE = 50
LARGEST_PAGE = 200
AFTER = "after"
"""The parameter of our own links to the next page."""
_MOST_PARAMETERS = 50
_ABOUT_THE_ANSWER = frozenset(
    {"_format", "_pretty", "_total", "_totalMethod", "_summary", "_elements", "_count", AFTER}
)
"""Parameters that choose nothing. Beside `_count` and `_summary=count` they change nothing here, which FHIR allows."""


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for: each parameter with its values, all of which must fit; and which page is wanted."""

    filters: Mapping[str, Sequence[str]]
    count: int
    after: str


def query_of(request: HttpRequest) -> str:
    """The query of an address, also of one whose letters were not percent-encoded."""
    query: str = request.META.get("QUERY_STRING", "")
    return query.encode("latin-1", "replace").decode("utf-8", "replace")


def parameters_of(query: str) -> list[tuple[str, str]]:
    """The parameters of an address or a form. Raises Refusal when there are absurdly many."""
    try:
        return parse_qsl(query, keep_blank_values=True, max_num_fields=_MOST_PARAMETERS)
    except ValueError:
        raise refused_parameter(Sentence(N_("There are too many parameters.")), "") from None


def form_of(query: str) -> str:
    """The `_format` of an address, the last one if there are several."""
    return dict(parameters_of(query)).get("_format", "")


def search_for(parameters: Iterable[tuple[str, str]], known: Iterable[str]) -> Search:
    """The search that parameters describe. Raises Refusal for one that is not known, and for a wrong `_count`."""
    names = tuple(known)
    filters: dict[str, list[str]] = {}
    about: dict[str, str] = {}
    for name, value in parameters:
        if name in _ABOUT_THE_ANSWER:
            about[name] = value
        elif name in names:
            filters.setdefault(name, []).append(value)
        else:
            sentence = N_("There is no parameter “{name}”. There are: {names}.")
            raise refused_parameter(Sentence(sentence, {"name": name[:60], "names": ", ".join(names)}), name)
    count = 0 if about.get("_summary") == "count" else _count(about.get("_count", ""))
    return Search(filters, count, about.get(AFTER, ""))


def refused_parameter(sentence: Sentence, name: str) -> Refusal:
    """The refusal of one parameter."""
    field = f"http.{name}" if name.replace("_", "").replace(":", "").replace("-", "").isalnum() else ""
    return Refusal(HTTPStatus.BAD_REQUEST, "invalid", sentence, field=field)


def searchset(
    kind: str, found: Sequence[dict[str, Any]], *, total: int, search: Search, next_after: str = ""
) -> dict[str, Any]:
    """The bundle of one page. `next_after` is where the next one begins; empty on the last page."""
    bundle: dict[str, Any] = {
        "resourceType": "Bundle",
        "type": "searchset",
        "total": total,
    }
    if next_after:
        again = [(name, value) for name, values in search.filters.items() for value in values]
        query = urlencode([*again, ("_count", search.count), (AFTER, next_after)])
        bundle["link"] = [{"relation": "next", "url": f"{base_address()}/{kind}?{query}"}]
    if found:
        bundle["entry"] = [
            {"fullUrl": f"{base_address()}/{kind}/{one['id']}", "resource": one, "search": {"mode": "match"}}
            for one in found
        ]
    return bundle


def base_address() -> str:
    """The address of this door, as others reach it."""
    return f"{settings.PUBLIC_ADDRESS}/fhir"


def _count(text: str) -> int:
    """How many to a page; never more than fits, whatever is asked."""
    if not text:
        return PAGE
    if not (text.isascii() and text.isdigit() and len(text) <= 9):
        raise refused_parameter(
            Sentence(N_("{name} is a whole number, at most {most}."), {"name": "_count", "most": LARGEST_PAGE}),
            "_count",
        )
    return min(int(text), LARGEST_PAGE)
