"""Which FHIR version and which form of JSON a request wants (https://hl7.org/fhir/R5/http.html#version-parameter)."""

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from http import HTTPStatus

from django.http import HttpRequest
from django.utils.http import parse_header_parameters

from qorgau.partners.refusals import Refusal
from qorgau.rules.sentences import N_, Sentence

FHIR_JSON = "application/fhir+json"
PLAIN_JSON = "application/json"
FORM = "application/x-www-form-urlencoded"
_ANY = ("*/*", "application/*")
_FORMATS = {"json": FHIR_JSON, FHIR_JSON: FHIR_JSON, PLAIN_JSON: PLAIN_JSON}
_LONGEST = 1_000


class Version(StrEnum):
    """The releases that are spoken, as media types call them."""

    R4 = "4.0"
    R5 = "5.0"

    @property
    def in_full(self) -> str:
        """The release as a CapabilityStatement calls it."""
        return {"4.0": "4.0.1", "5.0": "5.0.0"}[self.value]


@dataclass(frozen=True, slots=True)
class Wanted:
    """How to answer."""

    version: Version = Version.R4
    media_type: str = FHIR_JSON

    @property
    def content_type(self) -> str:
        return self.media_type if self.media_type == PLAIN_JSON else f"{FHIR_JSON}; fhirVersion={self.version}"


def wanted_by(request: HttpRequest, form: str) -> Wanted:
    """How this request wants to be answered. `form` is its `_format`, which goes before what it accepts.

    The version is that of `_format`, else of Accept, else of Content-Type, else R4. Raises Refusal (406) when nothing
    that it accepts is spoken here.
    """
    sent = _version_in(request.META.get("CONTENT_TYPE", "")[:_LONGEST])
    accepted = form[:_LONGEST] or request.META.get("HTTP_ACCEPT", "")[:_LONGEST]
    found = _best(accepted, sent)
    if found is None:
        raise Refusal(
            HTTPStatus.NOT_ACCEPTABLE,
            "not-supported",
            Sentence(
                N_("Only {media_type} in the versions {versions} is spoken here."),
                {"media_type": FHIR_JSON, "versions": ", ".join(Version)},
            ),
        )
    return found


def check_sent(request: HttpRequest, *media_types: str) -> None:
    """Raise Refusal (415) unless the body is of one of these media types, in a version that is spoken."""
    name, parameters = _parsed(request.META.get("CONTENT_TYPE", "")[:_LONGEST])
    version = parameters.get("fhirversion", Version.R4.value)
    charset = parameters.get("charset", "utf-8").lower()
    if name not in media_types or version not in tuple(Version) or charset not in ("utf-8", "utf8"):
        raise Refusal(
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
            "not-supported",
            Sentence(N_("The Content-Type must be {media_type}."), {"media_type": " / ".join(media_types)}),
        )


@lru_cache(maxsize=256)
def _best(accepted: str, sent: Version) -> Wanted | None:
    """The first of the best of what is accepted; programs send the same few headers over and over."""
    if not accepted.strip():
        return Wanted(sent)
    found: Wanted | None = None
    best = 0.0
    for part in accepted.split(","):
        name, parameters = _parsed(part)
        quality = _quality(parameters.get("q", "1"))
        version = parameters.get("fhirversion", sent.value)
        media_type = FHIR_JSON if name in _ANY else _FORMATS.get(name)
        if media_type and version in tuple(Version) and quality > best:
            found, best = Wanted(Version(version), media_type), quality
    return found


def _version_in(content_type: str) -> Version:
    version = _parsed(content_type)[1].get("fhirversion", "")
    return Version(version) if version in tuple(Version) else Version.R4


@lru_cache(maxsize=256)
def _parsed(media_type: str) -> tuple[str, dict[str, str]]:
    # A "+" in an address is a space: `_format=application/fhir+json` arrives with one.
    try:
        name, parameters = parse_header_parameters(media_type.strip().replace("fhir json", "fhir+json"))
    except (ValueError, LookupError):
        return "", {}
    return name.lower(), parameters


def _quality(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0
