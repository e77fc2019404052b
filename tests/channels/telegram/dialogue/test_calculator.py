"""What insurance costs: who somebody is, what they earn, the sum with its steps."""

import pytest

from tests.channels.portal.insurance.conftest import today  # noqa: F401 - the day of the rates
from tests.channels.telegram.phone import Phone
from tests.insured.conftest import rows  # noqa: F401 - the rates that come with Qorgau

pytestmark = pytest.mark.usefixtures("rows", "today")


@pytest.fixture
def phone() -> Phone:
    return Phone()


def words(phone: Phone) -> str:
    return phone.text.replace("\N{NO-BREAK SPACE}", " ")


def test_a_wage_is_asked_for_and_the_employer_pays_beside(phone: Phone) -> None:
    phone.writes("/calculator").presses("I work for a wage").writes("350 000")

    assert phone.messages[0].title == "For November 2026"
    assert "7 000 ₸ – Withheld from your wage" in words(phone)
    assert "10 500 ₸ – Paid by your employer" in words(phone)
    assert "Together: 17 500 ₸" in words(phone)


def test_who_pays_for_themselves_is_not_asked_for_an_income(phone: Phone) -> None:
    phone.writes("/calculator").presses("I have no income and pay for myself")

    assert "4 250 ₸ – You pay for yourself" in words(phone)
    assert phone.buttons == ["Count once more", "Another month, several incomes: on the site", "Main menu"]


def test_the_shares_of_the_state_are_told(phone: Phone) -> None:
    phone.writes("/calculator").presses("The state pays for me: I belong to a preferential category")

    assert "What the state pays for each person of a preferential category\n• since" in words(phone)
    assert "since January 1, 2037: 4,7 % of the average wage" in words(phone)


@pytest.mark.parametrize("typed", ["a lot", "12.345", "-5", "1" * 40])
def test_what_is_no_sum_is_asked_for_again(phone: Phone, typed: str) -> None:
    phone.writes("/calculator").presses("I work for a wage").writes(typed)

    assert phone.text == "Write the sum in digits, for example 350 000."
    assert "7 000 ₸" in words(phone.writes("350000"))


def test_back_leads_to_who_somebody_is_and_then_to_the_menu(phone: Phone) -> None:
    phone.writes("/calculator").presses("I work for a wage").presses("‹ Back")

    assert "Who are you?" in phone.text
    assert phone.writes("Back").messages[-1].title == "Main menu"


def test_old_words_before_a_choice_keep_the_question_open(phone: Phone) -> None:
    phone.writes("/calculator").writes("I am a nurse")

    assert "I did not understand that" in phone.text
    assert "Write your income" in phone.presses_data("calculator:employee").text
