"""Asking for the status of insurance by FHIR: what each person's answer says."""

from typing import Any

import pytest

from tests.partners.ground import AIGUL, DANA, NOVEMBER, TIMUR, grant_temporary

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


def test_somebody_known_and_not_insured_gets_an_answer_and_no_error(program):
    answer = program("status").ask(TIMUR)

    assert answer.status_code == 200
    assert (insurance_of(answer)["inforce"], answer.json()["disposition"]) == (False, "Not insured.")
