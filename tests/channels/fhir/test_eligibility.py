"""Asking for the status of insurance by FHIR: what each person's answer says."""

from datetime import date
from typing import Any

import pytest
from django.utils import timezone

from tests.partners.ground import AIGUL, DANA, NOVEMBER, TIMUR, grant_temporary, grant_to_the_day

pytestmark = pytest.mark.usefixtures("register")


def insurance_of(answer: Any) -> dict[str, Any]:
    (insurance,) = answer.json()["insurance"]
    return insurance


def status_in(insurance: dict[str, Any]) -> str:
    (status,) = [one["valueCode"] for one in insurance["extension"] if one["url"] == "urn:qorgau:insured-status"]
    return status


def test_an_insured_person_has_insurance_in_force(program):
    answer = program("status").ask(AIGUL)

    assert (answer.status_code, answer["Content-Type"]) == (200, "application/fhir+json; fhirVersion=4.0")
    said = answer.json()
    assert said["resourceType"] == "CoverageEligibilityResponse"
    assert (said["status"], said["outcome"], said["purpose"]) == ("active", "complete", ["validation"])
    assert said["patient"]["identifier"] == {"system": "urn:kz:iin", "value": AIGUL}
    assert (said["servicedDate"], said["disposition"]) == ("2026-11-28", "Insured.")
    insurance = insurance_of(answer)
    assert (insurance["inforce"], status_in(insurance), "benefitPeriod" in insurance) == (True, "insured", False)


def test_a_conditionally_insured_person_is_covered_until_a_day(program):
    answer = program("status").ask(DANA)

    insurance = insurance_of(answer)
    assert (insurance["inforce"], status_in(insurance)) == (True, "conditionally_insured")
    assert insurance["benefitPeriod"] == {"end": "2026-11-30"}
    assert answer.json()["disposition"] == (
        "Conditionally insured: there are unpaid months. The last day: November 30, 2026."
    )


def test_a_temporary_status_is_in_force_until_the_end_of_its_month(program):
    grant_temporary(TIMUR, NOVEMBER)

    insurance = insurance_of(program("status").ask(TIMUR))
    assert (insurance["inforce"], status_in(insurance)) == (True, "temporarily_insured")
    assert insurance["benefitPeriod"] == {"end": "2026-11-30"}


def test_what_a_branch_granted_is_in_force_to_the_day(program):
    grant_to_the_day(TIMUR, date(2026, 11, 20), date(2026, 12, 20))

    asking = program("status", "payments")
    insurance = insurance_of(asking.ask(TIMUR))
    assert (insurance["inforce"], status_in(insurance)) == (True, "temporarily_insured")
    assert insurance["benefitPeriod"] == {"end": "2026-12-20"}
    assert [one["valueCode"] for one in insurance["extension"] if one["url"] == "urn:qorgau:ground"] == ["temporary"]
    for day, in_force in (("2026-11-19", False), ("2026-12-20", True), ("2026-12-21", False)):
        assert insurance_of(asking.ask(TIMUR, servicedDate=day))["inforce"] == in_force


def test_of_the_days_of_a_month_today_is_meant_where_it_is_among_them(program, monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda *_: date(2026, 11, 28))
    grant_to_the_day(TIMUR, date(2026, 11, 20), date(2026, 12, 20))
    asking = program("status")
    for said, in_force in (
        ({"servicedDate": "2026-11"}, True),
        ({"servicedDate": None, "servicedPeriod": {"start": "2026-11-01", "end": "2026-11-30"}}, True),
        ({"servicedDate": None, "servicedPeriod": {"start": "2026-11-01", "end": "2026-11-27"}}, False),
        ({"servicedDate": "2026-12"}, True),
        ({"servicedDate": "2026-10"}, False),
    ):
        assert insurance_of(asking.ask(TIMUR, **said))["inforce"] == in_force, said


def test_somebody_known_and_not_insured_gets_an_answer_and_no_error(program):
    answer = program("status").ask(TIMUR)

    assert answer.status_code == 200
    assert (insurance_of(answer)["inforce"], answer.json()["disposition"]) == (False, "Not insured.")
