"""One question of an appeal."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from qorgau.channels.telegram.dialogue.path import Talk
from qorgau.channels.telegram.dialogue.writing.draft import Draft
from qorgau.lib.telegram.came import FileSent
from qorgau.lib.telegram.says import Button, Rows, Say

SKIP = "skip"


@dataclass(frozen=True, slots=True)
class Question:
    """How a part is asked."""

    text: str
    buttons: Rows = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What was made of an answer.

    ``stay``: the part is not answered yet; ``remark`` says why, or what was understood so far. ``question`` is then
    asked in place of the usual one, and where ``turns_page``, in the message whose button was pressed. ``says`` come
    before anything else. ``wants`` are files to be fetched. ``silent``: what was said of the message before stands for
    this one too.
    """

    draft: Draft
    remark: str = ""
    stay: bool = False
    question: Question | None = None
    turns_page: bool = False
    says: tuple[Say, ...] = ()
    wants: tuple[FileSent, ...] = ()
    silent: bool = False


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Part:
    """One question: how it is asked, what is made of words or files and of its buttons, and how its answer is shown on
    the page to check ("" while there is none).
    """

    name: str
    label: Promise
    ask: Callable[[Draft], Question]
    hear: Callable[[Talk, Draft], Heard | None]
    press: Callable[[Talk, Draft, str], Heard]
    shown: Callable[[Draft], str]


def skip_row(draft: Draft, part: str) -> tuple[Button, ...]:
    """A row with the button that leaves a part open."""
    return (draft.button(_("Skip"), part, SKIP),)


def too_long(said: str, limit: int) -> str:
    """Words for what does not fit."""
    return _("This has %(length)s characters; %(limit)s fit here. Please shorten it. Nothing you typed is lost.") % {
        "length": len(said),
        "limit": limit,
    }


def choose_by_button(draft: Draft) -> Heard:
    """To words where a button was awaited."""
    return Heard(draft=draft, stay=True, remark=_("Please press one of the buttons."))
