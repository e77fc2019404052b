"""The calculator on the portal: sums with their steps, and clear words for what cannot be counted."""

import re
from html import unescape

import pytest
from django.test import Client

from qorgau.directory.insurance import missing_rows
from qorgau.directory.reference import refresh

PAGE = "/en/what-insurance-costs/"


@pytest.fixture
def loaded(db: None) -> None:
    for row in missing_rows():
        row.save()
    refresh()


def words(client: Client, status: int = 200, **asked: str) -> str:
    response = client.get(PAGE, {"month": "10", "year": "2026", **asked} if asked else {})
    assert response.status_code == status
    shown = response.content.decode().replace("\N{NO-BREAK SPACE}", " ")
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", shown)))


def test_an_empty_form_shows_no_result(client: Client, loaded: None) -> None:
    assert "How it was found" not in words(client)


def test_an_employee_sees_both_payments_and_their_sum(client: Client, loaded: None) -> None:
    said = words(client, payer="employee", income="350 000")

    assert "7 000 ₸ – Withheld from your wage" in said
    assert "10 500 ₸ – Paid by your employer" in said
    assert "2 % of 350 000 ₸ = 7 000 ₸." in said
    assert "Together: 17 500 ₸" in said
    assert "Basis: Law on compulsory social medical insurance, Art. 28." in said


def test_two_jobs_share_one_limit(client: Client, loaded: None) -> None:
    said = words(client, payer="employee", income="1 500 000", other_income="900000,00")

    assert "Counted before: 1 500 000 ₸." in said
    assert "2 % of 200 000 ₸ = 4 000 ₸." in said


def test_a_contract_beside_a_job_owes_no_deductions_of_an_employer(client: Client, loaded: None) -> None:
    said = words(client, payer="employee", income="200 000", contract_income="100 000")

    assert "4 000 ₸ – Withheld from your wage" in said
    assert "2 000 ₸ – Withheld from your income under the contract" in said
    assert said.count("– Paid by your employer") == 1 and "6 000 ₸ – Paid by your employer" in said
    assert "Together: 12 000 ₸" in said


def test_a_job_beside_a_contract_has_its_employer(client: Client, loaded: None) -> None:
    said = words(client, payer="contract", income="100 000", other_income="200 000")

    assert "6 000 ₸ – Paid by your employer" in said
    assert "Together: 12 000 ₸" in said


def test_the_unified_payment_is_a_share_of_the_wage(client: Client, loaded: None) -> None:
    said = words(client, payer="unified_payment", year="2025", income="100 000")

    assert "23 800 ₸ – The unified payment for you" in said
    assert "23,8 % of 100 000 ₸ = 23 800 ₸." in said


def test_the_single_payment_of_a_city_is_one_monthly_index(client: Client, loaded: None) -> None:
    assert "3 450 ₸ – You pay for yourself" in words(client, payer="single_payment_city", year="2023")
    assert "1 725 ₸ – You pay for yourself" in words(client, payer="single_payment_elsewhere", year="2023")


def test_what_the_state_pays_is_told_with_the_shares_to_come(client: Client, loaded: None) -> None:
    said = words(client, payer="state", year="2025")

    assert "7 285,90 ₸ – The state pays for you" in said
    assert "since January 1, 2025: 2 % of the average wage" in said
    assert "since January 1, 2027: 2,2 % of the average wage" in said
    assert "since January 1, 2037: 4,7 % of the average wage" in said
    assert "since January 1, 2024" not in said


def test_a_sum_of_the_state_that_is_not_known_yet_is_no_mistake_of_whoever_asks(client: Client, loaded: None) -> None:
    said = words(client, payer="state", year="2026")

    assert "The official amount for October 2026 is not known yet." in said
    assert "since January 1, 2025: 2 % of the average wage" in said


@pytest.mark.parametrize(("payer", "tenge"), [("entrepreneur", "5 950"), ("self_payer", "4 250")])
def test_who_pays_for_oneself_needs_no_income(client: Client, loaded: None, payer: str, tenge: str) -> None:
    assert f"{tenge} ₸ – You pay for yourself" in words(client, payer=payer)


def test_an_amount_that_nobody_has_checked_is_told(client: Client, loaded: None) -> None:
    checked = words(client, payer="self_payer")
    unchecked = words(client, payer="self_payer", year="2020")

    assert "not been checked" not in checked and "not been checked" in unchecked


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"payer": "employee"}, "Write how much it was."),
        ({"payer": "employee", "income": "a lot"}, "Write the sum in digits, for example 350 000."),
        ({"payer": "employee", "income": "-5"}, "Write the sum in digits, for example 350 000."),
        ({"payer": "employee", "income": "1e9"}, "Write the sum in digits, for example 350 000."),
        ({"payer": "minister"}, "Choose one of the list."),
        ({"payer": ""}, "Choose who you are."),
        ({"payer": "self_payer", "month": "13"}, "Choose one of the list."),
        ({"payer": "self_payer", "year": "1999"}, "Choose one of the list."),
        ({"payer": "self_payer", "year": "2018"}, "In October 2018 there was no such payment."),
        ({"payer": "platform_worker", "year": "2025", "income": "5"}, "In October 2025 there was no such payment."),
    ],
)
def test_what_cannot_be_counted_is_said_beside_the_field(
    client: Client, loaded: None, asked: dict[str, str], told: str
) -> None:
    said = words(client, 422, **asked)

    assert told in said
    assert "How it was found" not in said
