"""Five appeals chosen in the queue and given to a colleague."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator

from tests.journeys.own_installation import OwnInstallation
from tests.journeys.staff import sign_in
from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.journey

_BOXES = '.cell-choice input[name="row"]'


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
