"""What staff do at their desk, with the named accounts of the demo."""

import json
from collections.abc import Callable
from urllib.parse import urlsplit

from qorgau.rules.states import Verb
from tests.journeys.own_installation import OwnInstallation
from tests.journeys.visitor import Visitor


def sign_in(
    visitor: Callable[..., Visitor],
    qorgau: OwnInstallation,
    username: str,
    language: str,
    *,
    to: str = "/desk/",
    **more: bool,
) -> Visitor:
    """Somebody of the staff who has just signed in and sees the queue, or what they came for, in their language."""
    qorgau.rows("UPDATE people_staff SET language = %s WHERE username = %s", language, username)
    member = visitor(language, **more)
    member.open(f"/staff/login/?next={to}" if to != "/desk/" else "/staff/login/")
    member.fill(login=username, password=password_of(qorgau))
    member.press("Sign in")
    assert member.page.url.endswith(to), member.page.url
    return member


def password_of(qorgau: OwnInstallation) -> str:
    """The one of all accounts of the demo."""
    return str(json.loads((qorgau.var / "demo.json").read_text())["password"])


def take_from_queue(member: Visitor, view: str, number: str) -> None:
    """Find the appeal in a view of the queue, and open it."""
    member.go(member.page.locator(f'.tabs a[href="?tab={view}"]').click)
    member.follow(number)
    assert member.number() == number


def open_card(member: Visitor, number: str) -> None:
    """Find the appeal by its number."""
    member.page.locator("#find-number").fill(number)
    member.go(lambda: member.page.locator("#find-number").press("Enter"))
    assert member.number() == number


def do(member: Visitor, verb: Verb, *, fill: Callable[[], object] = lambda: None) -> None:
    """Do a verb on the card that is open: its form comes onto the card, is filled in and sent.

    Whoever may not see the appeal afterwards is led back to the queue.
    """
    from qorgau.workplace.wording import VERBS  # its words need Django

    words = member.name(lambda: VERBS[verb])
    link = member.page.locator(f".verbs a:text-is({json.dumps(words, ensure_ascii=False)})")
    if not link.is_visible():  # a rare one
        member.page.locator(".verb-more > summary").click()
    link.click()
    form = member.page.locator("#verb-form form")
    form.wait_for()
    member.look()
    fill()
    member.go(form.locator('.actions button[type="submit"]').click)
    is_done = f"done={verb.value}" in member.page.url or urlsplit(member.page.url).path == "/desk/"
    assert is_done, (member.page.url, member.text())
