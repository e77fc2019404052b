"""Long lists in a chat: names in full in the message, numbers on the buttons, a page at a time."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from qorgau.channels.telegram.dialogue.writing.draft import Draft
from qorgau.lib.telegram.says import Button, Rows

A_PAGE = 8
_IN_A_ROW = 4
TURN = "page"
"""How the value of a button that turns the page begins."""


@dataclass(frozen=True, slots=True)
class Item:
    """Something to choose: the value its button brings, its name, and what tells it from others."""

    value: str
    name: str
    detail: str = ""


def numbered(items: Sequence[Item], page: int) -> str:
    """The names of a page, each with its number."""
    first = page * A_PAGE
    return "\n\n".join(
        f"{number}. {item.name}" + (f"\n{item.detail}" if item.detail else "")
        for number, item in enumerate(items[first : first + A_PAGE], first + 1)
    )


def number_rows(draft: Draft, part: str, items: Sequence[Item], page: int, turn: Callable[[int], str]) -> Rows:
    """The buttons of a page: its numbers, and those that turn it; `turn` makes the value of a page's button."""
    first = page * A_PAGE
    numbers = [
        draft.button(str(number), part, item.value)
        for number, item in enumerate(items[first : first + A_PAGE], first + 1)
    ]
    rows: list[tuple[Button, ...]] = [tuple(numbers[at : at + _IN_A_ROW]) for at in range(0, len(numbers), _IN_A_ROW)]
    turning = []
    if page:
        turning.append(draft.button(_("‹ Earlier ones"), part, turn(page - 1)))
    if first + A_PAGE < len(items):
        turning.append(draft.button(_("More ›"), part, turn(page + 1)))
    return (*rows, tuple(turning)) if turning else tuple(rows)


def by_number(said: str, items: Sequence[Item]) -> Item | None:
    """The item whose number somebody wrote instead of pressing it."""
    number = said.strip().rstrip(".)")
    return items[int(number) - 1] if number.isdecimal() and 0 < int(number) <= len(items) else None


def page_of(value: str, items: Sequence[Item]) -> int:
    """The page that a button asked for; the first one if it is no longer there."""
    return int(value) if value.isdecimal() and int(value) * A_PAGE < max(len(items), 1) else 0
