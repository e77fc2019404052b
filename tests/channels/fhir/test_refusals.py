"""Whatever is wrong, a program gets an `OperationOutcome` that says what."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qorgau.channels.fhir import door as door_module
from qorgau.insured.models import LookUp, Serving
from qorgau.partners import keys
from qorgau.partners.models import PartnerKey
from tests.channels.fhir.conftest import R4, Program, eligibility_request
from tests.partners.ground import AIGUL, STRANGER

pytestmark = pytest.mark.usefixtures("register")
REQUEST = "CoverageEligibilityRequest"


def issue_of(answer: Any, status: int) -> dict[str, Any]:
    assert answer.status_code == status, answer.content
    assert answer["Content-Type"].startswith("application/fhir+json")
    said = answer.json()
    assert said["resourceType"] == "OperationOutcome"
    (issue,) = said["issue"]
    assert issue["details"]["text"]
    return issue


def test_without_a_key_nothing_is_answered_but_what_is_spoken_here(client):
    answer = client.get("/fhir/Organization")

    assert issue_of(answer, 401)["code"] == "login"
    assert answer["WWW-Authenticate"] == 'Bearer realm="qorgau"'
    assert client.get("/fhir/metadata").status_code == 200


@pytest.mark.parametrize("header", ["Bearer qorgau_wrong", "Bearer", "Basic YTpi", "qorgau_wrong", "Bearer \u00e9"])
def test_a_wrong_key_is_no_key(client, header):
    assert issue_of(client.get("/fhir/Organization", headers={"Authorization": header}), 401)["code"] == "login"


def test_a_revoked_key_opens_nothing_from_the_next_look_on(program):
    asking = program("organisations")
    assert asking.get("Organization").status_code == 200

    keys.revoke(PartnerKey.objects.get(), by=None, at=PartnerKey.objects.get().created_at)
    keys.forget()
    assert issue_of(asking.get("Organization"), 401)["code"] == "login"


def test_a_key_opens_only_what_its_scopes_say(program):
    assert issue_of(program("organisations").ask(AIGUL), 403)["code"] == "forbidden"
    assert issue_of(program("status").get("Organization"), 403)["details"]["text"] == (
        "This key does not have the scope “organisations”."
    )


def test_a_used_up_quota_says_when_to_come_back(program):
    asking = program("organisations", per_minute=2)
    assert [asking.get("Organization").status_code for _ in range(2)] == [200, 200]

    answer = asking.get("Organization")
    assert issue_of(answer, 429)["code"] == "throttled"
    assert 1 <= int(answer["Retry-After"]) <= 60


@pytest.mark.parametrize(
    "body", [" ", "{", "[]", '"text"', "null", "NaN", '{"a": Infinity}', "[" * 60_000, b"\xff\xfe{}"]
)
def test_what_is_no_json_object_is_said_to_be_none(program, body):
    assert issue_of(program("status").post(REQUEST, body), 400)["code"] == "structure"


def test_a_body_of_a_megabyte_is_not_read(program):
    assert issue_of(program("status").post(REQUEST, b" " * 1_000_000), 413)["code"] == "too-long"


@pytest.mark.parametrize(
    "content_type",
    [
        "text/xml",
        "application/fhir+xml",
        "",
        "application/fhir+json; fhirVersion=3.0",
        "application/json; charset=koi8-r",
    ],
)
def test_other_media_types_are_not_read(program, content_type):
    assert issue_of(program("status").ask(AIGUL, content_type), 415)["code"] == "not-supported"


@pytest.mark.parametrize(
    ("where", "accept"),
    [
        ("metadata", "application/fhir+xml"),
        ("metadata", "text/html"),
        ("metadata", "application/fhir+json; fhirVersion=3.0"),
        ("metadata", "application/fhir+json; q=0"),
        ("metadata?_format=xml", "application/fhir+json"),
    ],
)
def test_other_media_types_are_not_written(program, where, accept):
    assert issue_of(program("status").get(where, Accept=accept), 406)["code"] == "not-supported"


@pytest.mark.parametrize(
    ("where", "code"),
    [
        ("", "not-supported"),
        ("Patient", "not-supported"),
        ("Patient/1", "not-supported"),
        ("CoverageEligibilityRequest/1", "not-supported"),
        ("Organization/999999", "not-found"),
        ("Organization/x", "not-found"),
        ("Organization/1/_history", "not-found"),
        ("Coverage/abc", "not-found"),
        ("Coverage/é", "not-found"),
    ],
)
def test_what_is_not_there_is_said_not_to_be_there(program, where, code):
    assert issue_of(program("status", "organisations").get(where), 404)["code"] == code


@pytest.mark.parametrize(
    ("method", "where", "allowed"),
    [
        ("get", REQUEST, "POST"),
        ("put", REQUEST, "POST"),
        ("post", "metadata", "GET"),
        ("delete", "Organization/1", "GET"),
        ("post", "Organization", "GET"),
        ("get", "Organization/_search", "POST"),
    ],
)
def test_other_methods_name_the_one_that_is_understood(program, method, where, allowed):
    asking = program("status", "organisations")
    answer = getattr(asking.client, method)(f"/fhir/{where}", headers=asking.headers)

    assert issue_of(answer, 405)["code"] == "not-supported"
    assert answer["Allow"] == allowed


@pytest.mark.parametrize(
    "patient",
    [
        None,
        {},
        "AIGUL",
        {"reference": "Patient/1"},
        {"reference": "#nobody"},
        {"identifier": {"value": AIGUL}},
        {"identifier": {"system": "urn:kz:bin", "value": AIGUL}},
        {"identifier": {"system": "urn:kz:iin", "value": int(AIGUL)}},
    ],
)
def test_without_the_patients_identifier_it_is_said_which_is_needed(program, patient):
    issue = issue_of(program("status").ask(AIGUL, patient=patient), 400)

    assert (issue["code"], issue["expression"]) == ("required", ["CoverageEligibilityRequest.patient.identifier"])
    assert "urn:kz:iin" in issue["details"]["text"]


@pytest.mark.parametrize("iin", ["900101300107", "000000000000", "90010130010", "9001013001066", "abc", "", "\ud800"])
def test_an_impossible_iin_is_explained_and_looked_up_nowhere(program, iin):
    issue = issue_of(program("status").ask(iin), 422)

    assert (issue["code"], issue["expression"]) == ("value", ["CoverageEligibilityRequest.patient.identifier.value"])
    assert LookUp.objects.count() == 0


def test_an_unknown_person_is_not_said_to_be_uninsured(program):
    issue = issue_of(program("status").ask(STRANGER), 404)

    assert (issue["code"], issue["details"]["text"]) == (
        "not-found",
        "The register has no data for this number. This does not mean that the person is not insured.",
    )


def test_a_register_that_does_not_answer_says_so_and_when_to_ask_again(program):
    Serving.objects.all().delete()

    answer = program("status").ask(AIGUL)
    assert issue_of(answer, 503)["code"] == "transient"
    assert answer["Retry-After"] == "30"


@pytest.mark.parametrize(
    ("changed", "status", "code"),
    [
        ({"resourceType": "Coverage"}, 400, "invalid"),
        ({"resourceType": None}, 400, "invalid"),
        ({"status": "cancelled"}, 400, "business-rule"),
        ({"purpose": ["auth-requirements"]}, 422, "not-supported"),
        ({"purpose": []}, 422, "not-supported"),
        ({"purpose": [["validation"]]}, 422, "not-supported"),
        ({"servicedDate": "28.11.2026"}, 400, "value"),
        ({"servicedDate": "2026"}, 400, "value"),
        ({"servicedDate": "2026-02-30"}, 400, "value"),
        ({"servicedDate": 2026}, 400, "value"),
        ({"servicedDate": "2019-12-31"}, 422, "value"),
        ({"servicedDate": "9999-12-31"}, 422, "value"),
        ({"servicedDate": None, "servicedPeriod": {}}, 400, "value"),
        ({"servicedDate": None, "servicedPeriod": {"start": "2026-10-01", "end": "2026-11-30"}}, 422, "business-rule"),
    ],
)
def test_what_cannot_be_answered_is_named(program, changed, status, code):
    assert issue_of(program("status").ask(AIGUL, **changed), status)["code"] == code


def test_refusals_speak_the_language_of_the_program(program):
    asking = program("status")
    asking.headers |= {"Accept-Language": "de, ru;q=0.8, en;q=0.5"}

    assert issue_of(asking.ask("abc"), 422)["details"]["text"] == "ИИН состоит из 12 цифр, других знаков в нём нет."


def test_our_own_fault_is_an_outcome_too_and_tells_nothing(program, monkeypatch, caplog):
    def broken(*_: Any, **__: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(door_module, "eligibility_response", broken)
    issue = issue_of(program("status").ask(AIGUL), 500)

    assert (issue["code"], issue["severity"]) == ("exception", "fatal")
    assert "ZeroDivisionError" in caplog.text
    assert AIGUL not in caplog.text


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20) | st.just(AIGUL),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=8,
)
WORDS = st.sampled_from(
    ["resourceType", "status", "purpose", "patient", "identifier", "contained", "servicedDate", "servicedPeriod", "id",
     "start", "end", "system", "value", "reference"]
)  # fmt: skip


SOME = settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture
def patient_program(program: Any) -> Program:
    """One program for all examples of a property, with a quota that does not end."""
    return program("status", "organisations", per_minute=10_000)


@SOME
@given(changed=st.dictionaries(WORDS, VALUES | st.dictionaries(WORDS, VALUES, max_size=3), max_size=5))
def test_no_odd_request_ever_breaks_us(patient_program, changed):
    answer = patient_program.post(REQUEST, eligibility_request(AIGUL) | changed)

    assert answer.status_code in (200, 400, 422)
    assert json.loads(answer.content)["resourceType"] in ("CoverageEligibilityResponse", "OperationOutcome")


@SOME
@given(
    body=st.binary(min_size=1, max_size=60),
    accept=st.text(st.characters(max_codepoint=255, exclude_characters="\r\n"), max_size=30),
)
def test_no_odd_bytes_ever_break_us(patient_program, body, accept):
    answer = patient_program.post(REQUEST, body, R4, Accept=accept)

    assert answer.status_code in (400, 406)
    assert answer.json()["resourceType"] == "OperationOutcome"


@SOME
@given(path=st.text(st.characters(min_codepoint=33, exclude_characters="#", exclude_categories=["Cs"]), max_size=20))
def test_no_odd_address_ever_breaks_us(patient_program, path):
    for kind in ("", "Organization", "Organization?", "Coverage/"):
        answer = patient_program.get(f"{kind}{path}")
        assert answer.status_code in (200, 400, 404, 405, 406), answer.content
        assert answer.json()["resourceType"] in ("Bundle", "OperationOutcome", "CapabilityStatement")
