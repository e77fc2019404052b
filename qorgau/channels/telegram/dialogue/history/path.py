"""«История обращений»: the way into it, and to what each button does."""

from dataclasses import replace

from django.utils.translation import gettext_lazy

from qorgau.channels.telegram.dialogue.history import composing, rating, shown, withdrawing
from qorgau.channels.telegram.dialogue.history.listed import PAGE, listed
from qorgau.channels.telegram.dialogue.history.own import NAME
from qorgau.channels.telegram.dialogue.path import Path, Talk, Turn
from qorgau.channels.telegram.dialogue.state import Place
from qorgau.channels.telegram.dialogue.writing import words
from qorgau.channels.telegram.dialogue.writing.draft import Draft
from qorgau.lib.row_ids import row_id


def begin(talk: Talk) -> Turn:
    """The list; whoever was writing to a desk goes on with it."""
    draft = Draft.at(talk.kept, NAME)
    if draft is not None and (draft.pieces or draft.files):
        return composing.going_on(draft)
    return listed(talk)


def hear(talk: Talk) -> Turn | None:
    """What comes while something is being written."""
    match talk.place.step:
        case rating.STEP:
            return rating.hear(talk)
        case withdrawing.STEP:
            return withdrawing.hear(talk)
    return composing.hear(talk)


def press(talk: Talk, rest: str) -> Turn:
    """``<appeal>``, ``<appeal>:<verb>:<value>``, ``page:<number>``, or a button of a message that is being written."""
    first, _colon, rest = rest.partition(":")
    verb, _colon, value = rest.partition(":")
    if first == PAGE:
        return replace(listed(talk, row_id(verb) or 0, edits=talk.came.message), keeps=True)
    if verb == words.NAME:
        return composing.press(talk, first, value)
    match verb:
        case "write":
            return composing.begin_message(talk, first)
        case "next":
            return composing.begin_next_stage(talk, first)
        case "rate":
            return rating.chosen(talk, first, value) if value else rating.begin(talk, first)
        case "rated":
            return rating.done(talk, first, value)
        case "withdraw":
            return withdrawing.begin(talk, first)
        case "withdrawn":
            return withdrawing.done(talk, first)
    return _looked_at(talk, first, verb, value)


def _looked_at(talk: Talk, appeal: str, verb: str, value: str) -> Turn:
    """Looking takes nothing away of what is being written."""
    match verb:
        case "answer":
            turn = shown.answer(talk, appeal)
        case "paper":
            turn = shown.paper(talk, appeal)
        case "life":
            turn = shown.lived(talk, appeal)
        case "said":
            turn = shown.said(talk, appeal)
        case "file":
            turn = shown.file(talk, appeal, value)
        case _:
            turn = shown.shown(talk, appeal)
    return replace(turn, keeps=True)


def back(talk: Talk) -> Turn:
    """From what is being written to its appeal; from there to the list."""
    if appeal := talk.place.facts.get("appeal"):
        return shown.shown(talk, appeal)
    return composing.back(talk)


def _is_worth_keeping(place: Place) -> bool:
    draft = Draft.at(place, NAME)
    return draft is not None and bool(draft.pieces or draft.files)


PATH = Path(
    name=NAME,
    begin=begin,
    hear=hear,
    press=press,
    back=back,
    file_came=composing.file_came,
    title=gettext_lazy("History of appeals"),
    order=30,
    known_as=("история", "история обращений", "мои обращения", "өтініштерім", "my appeals", "history"),
    command="history",
    describes=gettext_lazy("Your appeals and the answers to them"),
    keeps=_is_worth_keeping,
    edits=True,
)
