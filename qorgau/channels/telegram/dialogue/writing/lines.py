"""Parts that are answered with words: a name, a telephone, a date. What looks wrong but may be right is asked once."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from qorgau.channels.telegram.dialogue.path import Talk
from qorgau.channels.telegram.dialogue.writing.draft import Draft
from qorgau.channels.telegram.dialogue.writing.part import SKIP, Heard, Part, Question, skip_row, too_long
from qorgau.intake.doubts import doubts
from qorgau.lib.clean_text import clean, clean_line
from qorgau.lib.telegram.came import ContactShared, Text
from qorgau.lib.telegram.says import Delete
from qorgau.lib.typed_dates import read_date


def line(
    name: str,
    label: Promise,
    question: Promise,
    *,
    limit: int,
    shown: Callable[[str], str] = str,
    lines: bool = False,
    leaves_the_chat: bool = False,
) -> Part:
    """A part whose answer are the words of one message.

    ``lines``: it keeps its line breaks. ``leaves_the_chat``: the message is taken out of the chat once it was read.
    """

    def ask(draft: Draft) -> Question:
        return Question(str(question), (skip_row(draft, name),))

    def show(draft: Draft) -> str:
        said = draft.said.get(name, "")
        return shown(said) if said else ""

    hear = partial(_hear, name, limit, lines, leaves_the_chat)
    return Part(name=name, label=label, ask=ask, hear=hear, press=partial(_press, name), shown=show)


def _hear(name: str, limit: int, lines: bool, leaves_the_chat: bool, talk: Talk, draft: Draft) -> Heard | None:
    said = _said(name, talk, lines)
    if said is None:
        return Heard(draft=draft, stay=True, remark=_("Please write it in words, or press “Skip”."))
    gone = (Delete(talk.came.message),) if leaves_the_chat and talk.came.message else ()
    if not said:
        return Heard(draft=draft, stay=True, remark=_("Please write it in words, or press “Skip”."), says=gone)
    if len(said) > limit:
        return Heard(draft=draft, stay=True, remark=too_long(said, limit), says=gone)
    doubt = next(doubts(_as_typed(name, said)), None)
    # Whoever sends the same once more means it; another answer is looked at anew.
    if doubt and f"{name}={said}" not in draft.asked:
        draft = replace(draft, asked=draft.asked | {f"{name}={said}"})
        asked_again = Question(str(doubt.question), (skip_row(draft, name),))
        return Heard(draft=draft, stay=True, question=asked_again, says=gone)
    return Heard(draft=draft.saying(**{name: said}), says=gone)


def _said(name: str, talk: Talk, lines: bool) -> str | None:
    match talk.came:
        case Text(text=text):
            return clean(text) if lines else clean_line(text)
        case ContactShared(phone=phone) if name == "phone":
            return phone if phone.startswith("+") else f"+{phone}"
    return None


def _as_typed(name: str, said: str) -> dict[str, Any]:
    return {name: read_date(said) or said if name == "event_date" else said}


def _press(name: str, talk: Talk, draft: Draft, value: str) -> Heard:
    if value == SKIP:
        return Heard(draft=draft.saying(**{name: ""}))
    return Heard(draft=draft, stay=True)
