"""Five appeals chosen in the queue and given to a colleague: with the mouse, with the keyboard, without JavaScript."""

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator

from tests.journeys.own_installation import OwnInstallation
from tests.journeys.staff import sign_in
from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.journey

_HAS_FOCUS = "(element) => element === document.activeElement"
_BOXES = '.cell-choice input[name="row"]'
_MOST_STEPS = 300


@pytest.fixture
def username(visitor: Callable[..., Visitor], qorgau: OwnInstallation) -> str:
    """An operator, at whose desk five people have just called."""
    operator = sign_in(visitor, qorgau, "operator", "en")
    for said in ("first", "second", "third", "fourth", "fifth"):
        operator.open("/desk/new/")
        operator.pick("how", "call")
        operator.page.locator('textarea[name="text"]').fill(f"The {said} caller asks who pays for the ambulance.")
        operator.go(operator.page.locator('main .actions button[type="submit"]').first.click)
    return "operator"


def assigned(qorgau: OwnInstallation, numbers: list[str]) -> int:
    """How many journal lines say that these appeals were given to somebody."""
    ((count,),) = qorgau.rows(
        "SELECT count(*) FROM register_journalline l JOIN register_appeal a ON a.id = l.appeal_id "
        "WHERE l.verb = 'assign' AND a.number = ANY(%s)",
        numbers,
    )
    return int(str(count))


def numbers_of(boxes: list[Locator]) -> list[str]:
    return [str(box.get_attribute("value")).partition(".")[0] for box in boxes]


def test_five_are_chosen_and_assigned(visitor: Callable[..., Visitor], qorgau: OwnInstallation, username: str) -> None:
    member = sign_in(visitor, qorgau, username, "en")
    member.open("/desk/?tab=desk")
    boxes = member.page.locator(_BOXES).all()[:5]
    for box in boxes:
        box.check()
    assert member.page.locator("[data-chosen]").first.inner_text() == "Chosen: 5"
    numbers, before = numbers_of(boxes), assigned(qorgau, numbers_of(boxes))
    member.go(member.page.locator(".many-bar").first.get_by_role("button", name="Assign").click)
    member.look()
    assert member.page.locator('input[name="row"]').count() == 5
    member.page.locator('select[name="to"]').select_option(index=1)
    member.go(member.page.locator('.actions button[type="submit"]').click)
    assert "Done with 5 appeals." in member.text()
    member.look()
    assert assigned(qorgau, numbers) == before + 5
    # The page of the result opens again and does nothing again.
    member.go(member.page.reload)
    assert "Done with 5 appeals." in member.text()
    assert assigned(qorgau, numbers) == before + 5


def test_five_are_chosen_and_assigned_with_the_keyboard(
    visitor: Callable[..., Visitor], qorgau: OwnInstallation, username: str
) -> None:
    member = sign_in(visitor, qorgau, username, "en")
    member.open("/desk/?tab=desk")
    keyboard, boxes = member.page.keyboard, member.page.locator(_BOXES).all()[:5]
    numbers, before = numbers_of(boxes), assigned(qorgau, numbers_of(boxes))
    for box in boxes:
        tab_to(member, box)
        keyboard.press("Space")
    # The bar stands below the list too, where the keyboard comes to it next.
    tab_to(member, member.page.locator(".many-bar").last.get_by_role("button", name="Assign"))
    member.go(lambda: keyboard.press("Enter"))
    tab_to(member, member.page.locator('select[name="to"]'))
    keyboard.press("ArrowDown")
    tab_to(member, member.page.locator('.actions button[type="submit"]'))
    member.go(lambda: keyboard.press("Enter"))
    assert "Done with 5 appeals." in member.text()
    assert assigned(qorgau, numbers) == before + 5


def test_all_of_a_page_are_chosen_without_javascript(
    visitor: Callable[..., Visitor], qorgau: OwnInstallation, username: str
) -> None:
    qorgau.rows("UPDATE people_staff SET language = 'en' WHERE username = %s", username)
    member = visitor("en", scripts=False)
    member.open("/staff/login/")
    member.fill(login=username, password=json.loads((qorgau.var / "demo.json").read_text())["password"])
    member.press("Sign in")
    member.open("/desk/?tab=desk")
    rows = member.page.locator(_BOXES).count()
    member.go(member.page.locator("[data-choose-link]").click)
    assert member.page.locator(f"{_BOXES}:checked").count() == rows >= 5
    bar = member.page.locator(".many-bar").first
    bar.locator("summary").click()
    member.go(bar.get_by_role("button", name="Write a note").click)
    assert member.page.locator('input[name="row"]:checked').count() == rows
    member.page.locator('textarea[name="text"]').fill("Asked for by the deputy.")
    member.go(member.page.locator('.actions button[type="submit"]').click)
    assert f"Done with {rows} appeals." in member.text()


def tab_to(member: Visitor, target: Locator) -> None:
    """Press Tab until the target has the focus."""
    for _ in range(_MOST_STEPS):
        member.page.keyboard.press("Tab")
        if target.evaluate(_HAS_FOCUS):
            return
    raise AssertionError(f"{target} is not reached by Tab")
