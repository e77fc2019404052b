"""A person's membership: found by a form, read by an id that tells nothing."""

import re
from typing import Any

import pytest

from qorgau.insured.journal import who_looked
from tests.partners.ground import AIGUL, PENSIONER, STRANGER, TIMUR

pytestmark = pytest.mark.usefixtures("register")
FORM = "application/x-www-form-urlencoded"


def search(program: Any, iin: str, parameter: str = "beneficiary:identifier") -> Any:
    return program.post("Coverage/_search", f"{parameter}=urn:kz:iin|{iin}", FORM)


def test_the_membership_of_an_insured_person_is_active_and_of_another_cancelled(program):
    asking = program("status")

    statuses = {iin: search(asking, iin).json()["entry"][0]["resource"]["status"] for iin in (PENSIONER, TIMUR)}
    assert statuses == {PENSIONER: "active", TIMUR: "cancelled"}


def test_nobody_is_found_of_whom_the_register_knows_nothing(program):
    found = search(program("status"), STRANGER)

    assert (found.status_code, found.json()) == (200, {"resourceType": "Bundle", "type": "searchset", "total": 0})


def test_an_id_is_the_same_for_one_partner_another_for_others_and_tells_nothing(program):
    clinic, bank = program("status", partner="clinic"), program("status", partner="bank")
    ids = [search(asking, AIGUL).json()["entry"][0]["resource"]["id"] for asking in (clinic, clinic, bank)]

    assert ids[0] == ids[1] != ids[2]
    assert re.fullmatch(r"[a-z2-7]{34}", ids[0])
    assert clinic.get(f"Coverage/{ids[0]}").json()["beneficiary"]["identifier"]["value"] == AIGUL
    assert bank.get(f"Coverage/{ids[0]}").status_code == 404
    assert clinic.get(f"Coverage?_id={ids[0]}").json()["total"] == 1
    assert clinic.get(f"Coverage?_id={ids[2]}").json()["total"] == 0


def test_reading_by_id_is_a_look_up_too(program):
    asking = program("status", partner="clinic")
    known = search(asking, AIGUL).json()["entry"][0]["resource"]["id"]
    asking.get(f"Coverage/{known}")

    assert [(line.who, line.purpose) for line in who_looked(AIGUL)] == [("partner:clinic", "care")] * 2


def test_an_iin_in_an_address_is_refused_and_looked_up_nowhere(program):
    answer = program("status").get(f"Coverage?beneficiary:identifier=urn:kz:iin|{AIGUL}")

    assert answer.status_code == 400
    assert "POST Coverage/_search" in answer.json()["issue"][0]["details"]["text"]
    assert who_looked(AIGUL) == []


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ("", 400),
        ("_count=5", 400),
        ("patient:identifier=900101300106", 400),
        ("patient:identifier=urn:kz:bin|900101300106", 400),
        (f"patient:identifier=urn:kz:iin|{AIGUL}&beneficiary:identifier=urn:kz:iin|{TIMUR}", 400),
        ("beneficiary=Patient/1", 400),
        ("patient:identifier=urn:kz:iin|900101300107", 422),
        ("&".join("_id=x" for _ in range(200)), 400),
    ],
)
def test_what_cannot_be_searched_is_said(program, form, status):
    answer = program("status").post("Coverage/_search", form or " ", FORM)

    assert (answer.status_code, answer.json()["resourceType"]) == (status, "OperationOutcome")
