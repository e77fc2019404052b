"""Bringing an appeal from another door into the chat: by its number and its code, as on the site, and letting it go.

Wrong guesses are counted together with those on the site. The message with the code is taken out of the chat.
"""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, override

from qorgau.channels.telegram.dialogue.buttons import BACK, BACK_DATA, back_and_menu, to_menu
from qorgau.channels.telegram.dialogue.path import Path, Talk, Turn
from qorgau.channels.telegram.dialogue.state import Place
from qorgau.channels.telegram.dialogue.taking_out import number_taken_out
from qorgau.lib.speech import say
from qorgau.lib.telegram.came import Text
from qorgau.lib.telegram.says import Button, Delete, Message, Say
from qorgau.notices.chat_wording import ON_THE_SITE, OPENS
from qorgau.notices.chats import queue
from qorgau.notices.chats.linking import appeals_of, link_by_code
from qorgau.notices.chats.reaching import language_of, other_chats, unlink
from qorgau.people.guessing import Paused, address_of_chat, begin, succeeded
from qorgau.register.access import opened_by
from qorgau.register.models import Appeal
from qorgau.rules.access_codes import normalise_code
from qorgau.rules.numbers import parse_number
from qorgau.rules.problems import Problem

NAME = "link"
_NUMBER, _CODE = "number", "code"
_DROP, _DROPPED = "drop", "dropped"


def ask_number(talk: Talk) -> Turn:
    """Ask for the number; a deep link may have brought it along."""
    if talk.argument:
        try:
            return _ask_code(parse_number(talk.argument))
        except Problem:
            pass  # an address that somebody mistyped: then the number is asked for
    text = _("Write the number of the appeal. It stands on your receipt and looks like 26-0001234-9.")
    return Turn(says=(Message(text=text, buttons=(back_and_menu(),)),), place=Place(NAME, _NUMBER))


def hear(talk: Talk) -> Turn | None:
    """The number, then the code."""
    came = talk.came
    if not isinstance(came, Text):
        return None
    if talk.place.step != _CODE:
        try:
            return _ask_code(parse_number(came.text))
        except Problem as problem:
            return _again(talk, say(problem.sentence), number_taken_out(came))
    gone: tuple[Say, ...] = (Delete(came.message),) if came.message else ()
    try:
        code = normalise_code(came.text)
    except Problem as problem:
        return _again(talk, say(problem.sentence), gone)
    return _open(talk, talk.place.facts["number"], code, gone)


def press(talk: Talk, data: str) -> Turn:
    """Unlinking: asked once more, then done."""
    what, _colon, pk = data.partition(":")
    appeal = appeals_of(talk.chat).filter(pk=int(pk)).first() if pk.isdecimal() and len(pk) < _LONGEST_ID else None
    if appeal is None:
        return Turn(says=(Message(text=_("This appeal is not linked to this chat.")),), menu=True)
    if what == _DROPPED:
        unlink(appeal.applicant_id, talk.chat)
        text = _(
            "The appeal %(number)s is no longer linked to this chat. With its number and code it can be opened on the "
            "site, and linked again."
        ) % {"number": appeal.number}
        return Turn(says=(Message(text=text),), menu=True)
    text = _(
        "Unlink the appeal %(number)s from this chat? Then nothing about it is told here any more. Keep its number and "
        "its code: only with them it can be opened again."
    ) % {"number": appeal.number}
    buttons = ((Button(_("Unlink it"), f"{NAME}:{_DROPPED}:{appeal.pk}"),), _to_appeal(appeal), to_menu())
    return Turn(says=(Message(text=text, buttons=buttons),))


def back(talk: Talk) -> Turn:
    """From the code to the number."""
    return ask_number(talk) if talk.place.step == _CODE else Turn(menu=True)


def _ask_code(number: str) -> Turn:
    text = _(
        "Now write the access code of the appeal %(number)s: ten letters and digits from your receipt. I take the "
        "message with the code out of this chat at once."
    ) % {"number": number}
    return Turn(says=(Message(text=text, buttons=(back_and_menu(),)),), place=Place(NAME, _CODE, {"number": number}))


def _open(talk: Talk, number: str, code: str, gone: tuple[Say, ...]) -> Turn:
    """Link the appeal if number and code fit; the same answer to every wrong guess."""
    try:
        attempt = begin(
            "appeal",
            name=number,
            address=address_of_chat(talk.chat),
            at=talk.now,
            at_home=lambda: appeals_of(talk.chat).filter(number=number).exists(),
        )
    except Paused as paused:
        minutes = max(1, -(-int((paused.until - talk.now).total_seconds()) // 60))
        wait = ngettext(
            "There were too many wrong tries. Please try again in %(num)s minute. If you have lost your code, call "
            "1414.",
            "There were too many wrong tries. Please try again in %(num)s minutes. If you have lost your code, call "
            "1414.",
            minutes,
        ) % {"num": minutes}
        return _again(talk, wait, gone)
    appeal = opened_by(number, code)
    if appeal is None or not link_by_code(appeal, talk.chat, talk.now):
        wrong = _("No appeal has this number and this code. Please check both against your receipt.")
        return _again(talk, wrong, gone)
    succeeded(attempt)
    _tell_other_chats(appeal, talk)
    text = _(
        "The appeal %(number)s is linked to this chat. Questions of the Fund, changed terms and the answer are told "
        "here from now on."
    ) % {"number": appeal.number}
    buttons = (
        _to_appeal(appeal),
        (Button(_("Open on the site"), f"{ON_THE_SITE}:{appeal.pk}"),),
        (Button(_("Unlink it"), f"{NAME}:{_DROP}:{appeal.pk}"),),
        to_menu(),
    )
    return Turn(says=(*gone, Message(text=text, buttons=buttons)))


def _tell_other_chats(appeal: Appeal, talk: Talk) -> None:
    """Whoever followed it so far hears that somebody else does now."""
    for chat in other_chats(appeal.applicant_id, talk.chat):
        with override(language_of(chat) or talk.language):
            text = _(
                "The appeal %(number)s was linked to another chat with its number and code. News about it comes there "
                "too from now on. If it was not you or somebody you trust, call 1414: you get a new code."
            ) % {"number": appeal.number}
            queue.put(chat, [Message(text=text, buttons=(_to_appeal(appeal),))], talk.now)


def _to_appeal(appeal: Appeal) -> tuple[Button, ...]:
    return (Button(_("Open the appeal"), f"{OPENS}:{appeal.pk}"),)


def _again(talk: Talk, words: str, gone: tuple[Say, ...]) -> Turn:
    buttons = ((Button(f"‹ {BACK}", BACK_DATA),), to_menu())
    return Turn(says=(*gone, Message(text=words, buttons=buttons)), place=talk.place)


_LONGEST_ID = 19

PATH = Path(
    name=NAME,
    begin=ask_number,
    hear=hear,
    press=press,
    back=back,
    title=gettext_lazy("Link an earlier appeal"),
    order=35,
    command="link",
    describes=gettext_lazy("Link an earlier appeal by its number and code"),
    link="track",
)
