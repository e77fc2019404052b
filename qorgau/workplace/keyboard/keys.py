"""The keys of the desk. A key is a place on the keyboard, named by its Latin letter: every layout has the same ones."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from qorgau.lib.keyboard_layouts import cyrillic_letter
from qorgau.rules.states import Verb
from qorgau.workplace.wording import VERBS


@dataclass(frozen=True, slots=True)
class Key:
    """What one key does. `presses` are struck together (Ctrl+K) or, when `in_turn`, one after the other (G, then Q)."""

    presses: tuple[str, ...]
    does: str | Promise
    in_turn: bool = False

    @property
    def caps(self) -> list[str]:
        """As they stand on keycaps: a letter with the Cyrillic one beside it."""
        return [f"{press} ({cyrillic_letter(press)})" if _is_letter(press) else press for press in self.presses]


def _is_letter(press: str) -> bool:
    return len(press) == 1 and press.isalpha()


OF_VERBS: dict[Verb, str] = {
    Verb.ACCEPT: "A",
    Verb.ASSIGN: "S",
    Verb.DRAFT: "R",
    Verb.SUBMIT_FOR_APPROVAL: "F",
    Verb.APPROVE: "V",
    Verb.SEND_BACK: "X",
    Verb.ANSWER: "D",
    Verb.ASK_APPLICANT: "Q",
    Verb.REQUEST_INFORMATION: "I",
    Verb.REPLY_INFORMATION: "Y",
    Verb.CARRY_ON: "O",
    Verb.PASS_ON: "H",
    Verb.RETURN_BACK: "T",
    Verb.EXTEND: "E",
    Verb.NOTE: "M",
    Verb.TICK: "C",
}
"""The letter that opens the form of a verb. Redirecting and withdrawing end an appeal and are rare: they have none."""

EVERYWHERE = (
    Key(("Ctrl", "K"), _("Commands: go anywhere, find an appeal, do something with it")),
    Key(("?",), _("This list of keys")),
    Key(("/",), _("Search for a number")),
    Key(("G", "Q"), _("Go to the queue"), in_turn=True),
    Key(("G", "N"), _("Register a new appeal"), in_turn=True),
    Key(("G", "S"), _("Go to the settings"), in_turn=True),
    Key(("Ctrl", "Enter"), _("Send the form")),
    Key(("Esc",), _("Close what has opened")),
)
IN_THE_QUEUE = (
    Key(("J",), _("The row below; ↓ does the same once a row is chosen")),
    Key(("K",), _("The row above; ↑ does the same")),
    Key(("Enter",), _("Open the appeal")),
    Key(("X",), _("Choose the row for several at once, or take the choice back; then the letter of what to do")),
    Key(("L",), _("Show what is new in the list")),
)
ON_THE_CARD = (
    Key(("N",), _("The next appeal of the view")),
    Key(("P",), _("The previous appeal of the view")),
    Key(("U",), _("Back to the view")),
)
DOING = tuple(Key((letter,), VERBS[verb]) for verb, letter in OF_VERBS.items())

SHEET: tuple[tuple[Promise, tuple[Key, ...]], ...] = (
    (_("Everywhere"), EVERYWHERE),
    (_("In the queue"), IN_THE_QUEUE),
    (_("On the card of an appeal"), ON_THE_CARD),
    (_("What can be done, as far as it is possible now"), DOING),
)
"""All keys in the groups of the sheet."""
