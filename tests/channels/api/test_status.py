"""`POST /api/status`: the short answer, and what is said instead of one."""

import json
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from qorgau.insured.journal import who_looked
from qorgau.insured.models import Serving
from tests.partners.ground import (
    AIGUL,
    AIGUL_PAYS,
    DANA,
    PENSIONER,
    STRANGER,
    TIMUR,
    MakeKey,
    grant_to_the_day,
)

pytestmark = pytest.mark.usefixtures("register")


ODD = st.none() | st.booleans() | st.integers() | st.text(max_size=15) | st.lists(st.none()) | st.just(AIGUL)


@pytest.fixture
def key(make_key: MakeKey) -> str:
    """A key whose quota does not end."""
    return make_key("status", per_minute=10_000)


def ask(key: str, body: Any, **headers: str) -> Any:
    told = {"Authorization": f"Bearer {key}", "Accept-Language": "en"} | headers
    return Client().post("/api/status", body, "application/json", headers=told)


def test_the_status_in_a_few_words(make_key: MakeKey) -> None:
    answer = ask(make_key("status"), {"iin": DANA, "month": "2026-11"})

    assert (answer.status_code, answer["Content-Type"], answer["Cache-Control"]) == (
        200,
        "application/json",
        "no-store",
    )
    assert answer.json() == {
        "month": "2026-11",
        "insured": True,
        "status": "conditionally_insured",
        "until": "2026-11-30",
        "as_of": "2026-11-28",
        "register_answered": True,
        "text": "Conditionally insured: there are unpaid months. The last day: November 30, 2026.",
    }


def test_another_month_has_another_status(make_key: MakeKey) -> None:
    answer = ask(make_key("status"), {"iin": DANA, "month": "2026-12"}).json()

    assert (answer["status"], answer["insured"], answer["until"]) == ("not_insured", False, None)


def test_a_status_that_began_within_this_month_counts_when_the_month_is_named(make_key: MakeKey) -> None:
    today = timezone.localdate()
    grant_to_the_day(TIMUR, today, today + timedelta(days=31))
    key = make_key("status")

    for said in ({}, {"month": f"{today:%Y-%m}"}):
        answer = ask(key, {"iin": TIMUR, **said}).json()
        assert (answer["status"], answer["insured"]) == ("temporarily_insured", True)
        assert answer["until"] == (today + timedelta(days=31)).isoformat()


def test_without_a_month_this_one_is_meant(make_key: MakeKey) -> None:
    assert ask(make_key("status"), {"iin": PENSIONER}).json()["status"] == "insured"


def test_sums_and_grounds_are_for_those_who_may_know_them(make_key: MakeKey) -> None:
    asked = {"iin": AIGUL, "month": "2026-11"}
    assert not {"ground", "payments"} & ask(make_key("status"), asked).json().keys()

    answer = ask(make_key("status", "payments"), asked).json()
    assert (answer["ground"], answer["rules"]) == ("past_months", "long-grace-2026")
    assert len(answer["payments"]) == 12
    assert answer["payments"][0] == {"month": "2025-11", "tenge": f"{AIGUL_PAYS}", "paid_by": "self_payer"}


def test_every_look_up_is_journalled_with_the_partner_and_the_purpose(make_key: MakeKey) -> None:
    ask(make_key("status", partner="bank-1", purpose="own_status"), {"iin": AIGUL})
    ask(make_key("status", partner="clinic-4"), {"iin": AIGUL})

    lines = [(line.who, line.purpose, line.answer) for line in who_looked(AIGUL)]
    assert lines == [("partner:clinic-4", "care", "found"), ("partner:bank-1", "own_status", "found")]


def test_the_answer_is_in_the_language_asked_for(make_key: MakeKey) -> None:
    key = make_key("status")
    said = [
        ask(key, {"iin": AIGUL, "month": "2026-11"}, **{"Accept-Language": wanted}).json()["text"]
        for wanted in ("kk-KZ,kk", "ru", "de")
    ]
    assert said == ["Сақтандырылған.", "Застрахован.", "Сақтандырылған."]


@pytest.mark.parametrize(
    ("body", "status", "code", "field"),
    [
        ({}, 400, "required", "iin"),
        ({"iin": 900101300106}, 400, "required", "iin"),
        ({"iin": "900101300107"}, 422, "value", "iin"),
        ({"iin": STRANGER}, 404, "not-found", None),
        ({"iin": AIGUL, "month": "2026-13"}, 400, "value", "month"),
        ({"iin": AIGUL, "month": 11}, 400, "value", "month"),
        ({"iin": AIGUL, "month": "2099-01"}, 422, "value", None),
        ([], 400, "structure", None),
    ],
)
def test_what_is_wrong_is_a_problem_with_its_code(
    make_key: MakeKey, body: Any, status: int, code: str, field: str | None
) -> None:
    answer = ask(make_key("status"), body)

    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    said = answer.json()
    assert (said["status"], said["code"], said.get("field")) == (status, code, field)
    assert said["title"]


def test_keys_scopes_and_methods_are_asked_for_here_too(make_key: MakeKey) -> None:
    assert ask("qorgau_wrong", {"iin": AIGUL}).status_code == 401
    assert ask(make_key("organisations"), {"iin": AIGUL}).status_code == 403
    got = Client().get("/api/status")
    assert (got.status_code, got["Allow"]) == (405, "POST")
    assert Client().get("/api/nothing").json()["code"] == "not-found"


def test_an_answer_takes_one_statement(make_key: MakeKey, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    """Those of the key and of the first permits aside; the statement of the look-up itself is no query of Django's."""
    key = make_key("status")
    ask(key, {"iin": AIGUL})

    with django_assert_num_queries(0):
        ask(key, {"iin": AIGUL})


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(body=st.binary(max_size=40) | st.dictionaries(st.sampled_from(["iin", "month"]), ODD).map(json.dumps))
def test_no_odd_body_ever_breaks_us(key: str, body: Any) -> None:
    answer = ask(key, body)

    assert answer.status_code in (200, 400, 422)
    assert answer["Content-Type"] in ("application/json", "application/problem+json")


def test_while_the_register_is_silent_a_status_that_was_granted_is_told_and_marked(make_key: MakeKey) -> None:
    Serving.objects.all().delete()
    grant_to_the_day(TIMUR, date(2026, 11, 20), date(2026, 12, 20))
    plain, knowing = make_key("status"), make_key("status", "payments", partner="bank-1")

    assert ask(plain, {"iin": TIMUR, "month": "2026-12"}).json() == {
        "month": "2026-12",
        "insured": True,
        "status": "temporarily_insured",
        "until": "2026-12-20",
        "as_of": None,
        "register_answered": False,
        "text": "Temporarily insured by decision of the Fund. The last day: December 20, 2026. The register of insured "
        "people does not answer now, so nothing else can be said.",
    }
    told = ask(knowing, {"iin": TIMUR, "month": "2026-12"}).json()
    assert (told["ground"], told["rules"], told["payments"]) == ("temporary", "long-grace-2026", None)
    assert [line.answer for line in who_looked(TIMUR)] == ["found", "found"]


def test_nothing_is_told_of_days_on_which_it_does_not_hold_while_the_register_is_silent(make_key: MakeKey) -> None:
    Serving.objects.all().delete()
    grant_to_the_day(TIMUR, date(2026, 9, 20), date(2026, 10, 20))

    answer = ask(make_key("status"), {"iin": TIMUR, "month": "2026-09"})
    assert (answer.status_code, answer.json()["code"], answer["Retry-After"]) == (503, "transient", "30")
    assert who_looked(TIMUR)[0].answer == "not_answering"
