"""A day's work at the desk with the keyboard alone: from signing in to the table of what was done."""

import re
from collections.abc import Callable

import pytest

from qorgau.rules.states import Verb
from tests.journeys.complaints import complain_about_the_clinic
from tests.journeys.hands import Hands
from tests.journeys.own_installation import OwnInstallation
from tests.journeys.staff import password_of
from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.journey

WORD = "домбыра"
"""In these appeals and in no other."""

ROW = ".table-rows tbody tr"


@pytest.fixture
def three(qorgau: OwnInstallation) -> list[str]:
    """The numbers of appeals that came to the branch today."""
    return [complain_about_the_clinic(qorgau, f"В очереди играла {WORD}, врач не принял. {n}") for n in range(3)]


def test_a_day_of_a_specialist_and_an_approver(
    visitor: Callable[..., Visitor], qorgau: OwnInstallation, three: list[str]
) -> None:
    specialist = Desk(visitor, qorgau, "branch-specialist")
    specialist.finds_the_three_and_keeps_the_view(three)
    first = specialist.goes_through_the_view(three)
    specialist.gives_two_to_a_colleague(qorgau)
    specialist.makes_a_ready_text()
    specialist.writes_an_answer(first)
    approver = Desk(visitor, qorgau, "approver")
    approver.reads_the_note_and_approves(first)
    specialist.sends_it(first)
    specialist.takes_a_table(three)
    specialist.looks_at_the_keys_and_turns_them_off_and_on()


class Desk:
    """Somebody of the staff who just signed in, and the parts of their day."""

    def __init__(self, visitor: Callable[..., Visitor], qorgau: OwnInstallation, username: str) -> None:
        qorgau.rows("UPDATE people_staff SET language = 'en', single_keys = true WHERE username = %s", username)
        self.member = visitor("en", axe=False)
        self.page = self.member.page
        self.hands = Hands(self.member)
        self.member.open("/staff/login/")
        self.hands.write("#id_login", username)
        self.hands.write("#id_password", password_of(qorgau), most=1)
        self.hands.go("Enter")
        assert self.page.url.endswith("/desk/")

    def finds_the_three_and_keeps_the_view(self, numbers: list[str]) -> None:
        self.hands.command("my desk")
        assert "tab=desk" in self.page.url
        self.hands.tab_to(".filters > summary")
        self.hands.press("Enter")
        self.hands.write("#filter-text", WORD)
        self.hands.go("Enter")
        assert set(self.rows()) == set(numbers)
        self.hands.tab_to(".saved-views-links a")
        self.hands.go("Enter")
        self.hands.write("#id_name", "Today")
        self.hands.go("Control+Enter")
        # Counts follow the list.
        self.page.locator(
            'nav[aria-label="Saved views"] a[aria-current]', has_text=re.compile(r"^\s*Today\s+3")
        ).wait_for()

    def goes_through_the_view(self, numbers: list[str]) -> str:
        """Opens each of them, goes back, and says which stands first."""
        order = self.rows()
        self.hands.go("j", "Enter")
        seen = [self.member.number()]
        for _ in numbers[1:]:
            self.hands.go("n")
            seen.append(self.member.number())
        assert seen == order
        self.hands.go("p")
        assert self.member.number() == order[-2]
        self.hands.go("u")
        assert self.rows() == order
        assert self.page.evaluate("document.activeElement.innerText") == order[-2], "where one comes from"
        return order[0]

    def gives_two_to_a_colleague(self, qorgau: OwnInstallation) -> None:
        before = len(self.lines_of(qorgau, Verb.ASSIGN))
        given = self.rows()[1:]
        self.hands.press("s", "x", "j", "x")
        assert self.page.locator("[data-chosen]").first.inner_text() == "Chosen: 2", "S waited for a choice"
        self.hands.go("s")
        self.hands.tab_to('select[name="to"]')
        self.hands.press("ArrowDown")
        self.hands.go("Control+Enter")
        assert "Done with 2 appeals." in self.member.text()
        assert self.lines_of(qorgau, Verb.ASSIGN)[before:] == given

    def makes_a_ready_text(self) -> None:
        self.hands.command("ready texts")
        self.hands.tab_to('main a[href^="/desk/texts/text/"]')
        self.hands.go("Enter")
        self.hands.write("#id_name", "Schedule not kept")
        self.hands.write("#id_text_ru", "Здравствуйте, {name}! График не соблюдался.")
        self.hands.go("Control+Enter")
        assert "Schedule not kept" in self.member.text()

    def writes_an_answer(self, number: str) -> None:
        self.hands.press("/")
        self.hands.type(number.replace("-", " "))
        self.hands.go("Enter")
        assert self.member.number() == number
        self.does(Verb.ACCEPT, "a")
        self.begins(Verb.ASK_APPLICANT, "q")
        self.hands.write("#id_question", "On which day was it?")
        self.sends(Verb.ASK_APPLICANT)
        self.does(Verb.CARRY_ON, "o")
        self.begins(Verb.REQUEST_INFORMATION, "i")
        self.hands.write("#id_question", "What does the schedule say?")
        self.sends(Verb.REQUEST_INFORMATION)
        self.does(Verb.CARRY_ON, "o")
        self.begins(Verb.DRAFT, "r")
        self.hands.choose("#id_decision", "founded")
        self.hands.tab_to("#verb-form details > summary")
        self.hands.press("Enter")
        self.hands.write("#id_template_words", "schedule")
        self.hands.press("Enter")
        self.hands.wait_for_focus("#id_template")
        self.hands.press("ArrowDown")
        self.hands.tab_to('#verb-form button[name="insert"]')
        self.hands.press("Enter")
        # The cursor stands behind what was added.
        self.hands.wait_for_focus("#id_text[data-cursor]")
        self.hands.type(" The doctor was told.")
        self.sends(Verb.DRAFT)
        assert " The doctor was told." in self.page.locator("#answer-text").inner_text()
        self.begins(Verb.NOTE, "m")
        self.hands.write("#id_text", "@approver please look at it today.")
        self.sends(Verb.NOTE)
        assert "It names:" in self.member.text()
        self.does(Verb.SUBMIT_FOR_APPROVAL, "f")

    def reads_the_note_and_approves(self, number: str) -> None:
        self.hands.tab_to('.desk-nav a[href="/desk/for-you/"]')
        self.hands.go("Enter")
        assert "please look at it today." in self.page.locator("#mentions").inner_text()
        self.hands.command(number)
        assert self.member.number() == number
        self.does(Verb.APPROVE, "v")

    def sends_it(self, number: str) -> None:
        self.hands.command(number)
        self.hands.press("Control+k")
        self.hands.type("send the answer")
        self.hands.press("Enter")
        self.hands.wait_for_focus("#verb-title")
        self.sends(Verb.ANSWER)
        assert "The answer was sent." in self.member.text()

    def takes_a_table(self, numbers: list[str]) -> None:
        self.hands.command("all i may")
        self.hands.tab_to(".filters > summary")
        self.hands.press("Enter")
        self.hands.write("#filter-text", WORD)
        self.hands.go("Enter")
        self.hands.tab_to('a[href^="/desk/export/"]')
        self.hands.go("Enter")
        self.hands.tab_to('input[name="format"]')
        self.hands.press("ArrowDown")
        self.hands.choose("#id_purpose", "report")
        with self.page.expect_download() as coming:
            self.hands.press("Control+Enter")
        table = coming.value.path().read_text(encoding="utf-8-sig")
        assert all(number in table for number in numbers)
        assert len(table.splitlines()) > len(numbers)

    def looks_at_the_keys_and_turns_them_off_and_on(self) -> None:
        self.hands.command("overdue")
        self.hands.press("?")
        self.hands.wait_for_focus("dialog[open].key-sheet [data-close]")
        self.hands.close_dialog()
        self.turn_single_keys()
        assert self.page.locator("html").get_attribute("data-keys") == "off"
        there = self.page.url
        self.hands.press("?", "/", "g", "q")
        assert (self.page.locator("dialog[open]").count(), self.page.url) == (0, there)
        # Those with Ctrl stay.
        self.hands.command("queue")
        self.turn_single_keys()
        assert self.page.locator("html").get_attribute("data-keys") is None
        self.hands.go("g", "q")

    # --- Small things they do again and again -------------------------------------------------------------------------

    def rows(self) -> list[str]:
        """Numbers in the list, from top to bottom."""
        return [str(number) for number in self.page.locator(f"{ROW} .cell-number .number").all_inner_texts()]

    def begins(self, verb: Verb, key: str) -> None:
        """Opens the form of a verb, which then has the focus."""
        self.hands.press(key)
        self.hands.wait_for_focus("#verb-title")
        assert self.page.locator('#verb-form input[name="doing"]').get_attribute("value") == verb.value

    def sends(self, verb: Verb) -> None:
        self.hands.go("Control+Enter")
        assert f"done={verb.value}" in self.page.url, self.member.text()

    def does(self, verb: Verb, key: str) -> None:
        """A verb that asks for nothing more."""
        self.begins(verb, key)
        self.sends(verb)

    def turn_single_keys(self) -> None:
        self.hands.command("settings")
        self.hands.tab_to("#id_single_keys")
        self.hands.press("Space")
        self.hands.go("Control+Enter")

    def lines_of(self, qorgau: OwnInstallation, verb: Verb) -> list[str]:
        """Numbers of the appeals to which this was done, in the order in which it was."""
        rows = qorgau.rows(
            "SELECT a.number FROM register_journalline l JOIN register_appeal a ON a.id = l.appeal_id "
            "WHERE l.verb = %s ORDER BY l.id",
            verb.value,
        )
        return [str(number) for (number,) in rows]
