"""Two specialists at one appeal, each in a browser of their own: they see each other, and nobody loses a word."""

from collections.abc import Callable

import pytest

from qorgau.rules.states import Verb
from tests.journeys.complaints import complain_about_the_clinic
from tests.journeys.own_installation import OwnInstallation
from tests.journeys.staff import do, open_card, sign_in
from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.journey

FIRST, SECOND = "Жалоба подтвердилась: ответ Асхата.", "Жалоба подтвердилась: ответ Даны."
_ASKS_NOW = """() => new Promise((done) => {
    document.body.addEventListener("htmx:afterRequest", () => done(), { once: true });
    htmx.ajax("GET", document.querySelector("#here").getAttribute("hx-get"), { source: "#here", target: "#here" });
})"""


@pytest.fixture
def colleague(qorgau: OwnInstallation) -> str:
    """A second specialist of the branch, with the password that all accounts of the demo have."""
    qorgau.rows(
        "INSERT INTO people_staff SELECT (jsonb_populate_record(s, jsonb_build_object("
        "'id', nextval(pg_get_serial_sequence('people_staff', 'id')), 'username', 'dana', 'last_name', 'Ахметова',"
        "'first_name', 'Дана', 'patronymic', ''))).* FROM people_staff s WHERE username = 'branch-specialist' "
        "ON CONFLICT DO NOTHING"
    )
    return "dana"


def test_two_answer_at_once_and_the_slower_one_keeps_the_text(
    visitor: Callable[..., Visitor], qorgau: OwnInstallation, colleague: str
) -> None:
    number = complain_about_the_clinic(qorgau, "Врач не принял, двое возьмутся отвечать.")
    askhat = sign_in(visitor, qorgau, "branch-specialist", "en", axe=False)
    dana = sign_in(visitor, qorgau, colleague, "en", axe=False)
    open_card(askhat, number)
    do(askhat, Verb.ACCEPT)

    # Each learns of the other: who comes later at once, who is there already when the card asks next.
    open_card(dana, number)
    assert "Мұратов А.С. has this card open" in here(dana)
    asks(askhat)
    assert "Ахметова Д. has this card open" in here(askhat)

    begin_answer(askhat, FIRST)
    begin_answer(dana, SECOND)
    assert "Мұратов А.С. has begun: Write the answer" in dana.page.locator("#verb-form").inner_text()
    asks(askhat)
    assert "Ахметова Д. has begun: Write the answer" in here(askhat)
    assert dana.page.locator("#id_text").input_value() == SECOND, "asking takes nothing that is being written"

    send(askhat)
    asks(dana)
    assert "The draft was saved (Мұратов А.С.," in here(dana)
    assert dana.page.locator("#id_text").input_value() == SECOND

    dana.axe = True
    send(dana, status=409)
    page = dana.page.locator("#verb-form")
    assert page.locator("#id_text").input_value() == SECOND
    assert FIRST in page.locator("#meanwhile").inner_text()
    assert "The draft was saved" in page.locator("#meanwhile").inner_text()
    assert "It would take the place of the draft that your colleague saved." in page.inner_text()
    assert draft_of(qorgau, number) == FIRST

    send(dana)
    assert draft_of(qorgau, number) == SECOND
    asks(askhat)
    assert "The draft was saved (Ахметова Д.," in here(askhat)


def test_what_is_not_possible_any_more_is_said_and_the_text_can_be_copied(
    visitor: Callable[..., Visitor], qorgau: OwnInstallation, colleague: str
) -> None:
    number = complain_about_the_clinic(qorgau, "Врач не принял, а дело не здешнее.")
    askhat = sign_in(visitor, qorgau, "branch-specialist", "en", axe=False)
    dana = sign_in(visitor, qorgau, colleague, "en", axe=False)
    open_card(askhat, number)
    do(askhat, Verb.ACCEPT)
    open_card(dana, number)
    begin_answer(dana, SECOND)
    do(askhat, Verb.ASK_APPLICANT, fill=lambda: askhat.fill(question="On which day was it?"))
    do(askhat, Verb.CARRY_ON)
    do(askhat, Verb.DRAFT, fill=lambda: write_answer(askhat, FIRST))
    do(askhat, Verb.SUBMIT_FOR_APPROVAL)

    dana.axe = True
    send(dana, status=409)
    page = dana.page.locator("#verb-form")
    assert page.locator("#id_text").input_value() == SECOND
    assert "It cannot be sent any more" in page.inner_text()
    assert page.get_by_role("button", name="Send anyway").count() == 0
    told = page.locator("#meanwhile").inner_text()
    assert "In work" in told and "On approval" in told, "before and after"
    assert "On which day was it?" in told

    # What asks for nothing says so too, and does nothing.
    dana.axe = False
    open_card(dana, number)
    dana.page.locator("#verb-form, .verbs").first.wait_for()
    before = qorgau.rows("SELECT version FROM register_appeal WHERE number = %s", number)
    assert dana.page.get_by_role("link", name="Submit for approval", exact=True).count() == 0
    dana.page.goto(f"/desk/appeal/{number}/submission/")
    assert "This is not possible now." in dana.text()
    assert qorgau.rows("SELECT version FROM register_appeal WHERE number = %s", number) == before


def here(member: Visitor) -> str:
    """Who else is here and what is new, as the head of the card says it."""
    return member.page.locator("#here").inner_text()


def asks(member: Visitor) -> None:
    """What the open card asks by itself every minute, now."""
    member.page.evaluate(_ASKS_NOW)


def begin_answer(member: Visitor, text: str) -> None:
    member.page.locator(".verbs").get_by_role("link", name="Write the answer", exact=True).click()
    member.page.locator("#verb-form #id_text").wait_for()
    write_answer(member, text)


def write_answer(member: Visitor, text: str) -> None:
    member.select(decision="founded")
    member.fill(text=text)


def send(member: Visitor, *, status: int = 200) -> None:
    member.go(member.page.locator('#verb-form .actions button[type="submit"]').click, status=status)


def draft_of(qorgau: OwnInstallation, number: str) -> str:
    ((text,),) = qorgau.rows(
        "SELECT w.text FROM register_answer w JOIN register_appeal a ON a.id = w.appeal_id WHERE a.number = %s", number
    )
    return str(text)
