"""Is the matter solved, how was the person treated, and in their own words."""

from django.utils.translation import gettext as _

from qorgau.channels.telegram.dialogue.buttons import to_menu
from qorgau.channels.telegram.dialogue.history.own import NAME, button, own_appeal, own_story, to_the_appeal
from qorgau.channels.telegram.dialogue.history.shown import shown
from qorgau.channels.telegram.dialogue.path import Talk, Turn
from qorgau.channels.telegram.dialogue.state import Place
from qorgau.handling.for_applicant.wording import OUTCOMES
from qorgau.handling.rate import rate
from qorgau.lib.clean_text import clean
from qorgau.lib.speech import say
from qorgau.lib.telegram.came import Text
from qorgau.lib.telegram.says import Message

STEP = "rating"
_NO_STARS = "0"
_LONGEST = 5_000


def begin(talk: Talk, pk: str) -> Turn:
    """Is it solved?"""
    if refused := _refused(talk, pk):
        return refused
    rows = tuple((button(str(words), int(pk), "rate", outcome),) for outcome, words in OUTCOMES.items())
    hint = _("Rating takes nothing away from you: you can go one step higher afterwards too.")
    message = Message(title=_("Is the matter solved?"), text=hint, buttons=(*rows, to_the_appeal(int(pk)), to_menu()))
    return Turn(says=(message,))


def chosen(talk: Talk, pk: str, value: str) -> Turn:
    """After the outcome the stars are asked for, and after them the words."""
    outcome, _dot, stars = value.partition(".")
    if outcome not in OUTCOMES:
        return begin(talk, pk)
    if refused := _refused(talk, pk):
        return refused
    if not stars:
        row = tuple(button(f"{number} ★", int(pk), "rate", f"{outcome}.{number}") for number in range(1, 6))
        none = (button(_("Without stars"), int(pk), "rate", f"{outcome}.{_NO_STARS}"),)
        text = _("How were you treated? Five stars: very well; one: very badly.")
        return Turn(says=(Message(text=text, buttons=(row, none, to_the_appeal(int(pk)), to_menu())),))
    text = _("If you like, write in your own words what you think of the answer. Or press the button.")
    rows = ((button(_("Send the rating"), int(pk), "rated", value),), to_the_appeal(int(pk)), to_menu())
    place = Place(NAME, STEP, {"appeal": pk, "value": value})
    return Turn(says=(Message(text=text, buttons=rows),), place=place)


def hear(talk: Talk) -> Turn | None:
    """The words; they are sent with the rating."""
    if not isinstance(talk.came, Text) or talk.came.edited:
        return None
    words = clean(talk.came.text)[:_LONGEST]
    return done(talk, talk.place.facts["appeal"], talk.place.facts["value"], words)


def done(talk: Talk, pk: str, value: str, words: str = "") -> Turn:
    """Write the rating down. A rating that was given before is not given again."""
    appeal = own_appeal(talk, pk)
    outcome, _dot, stars = value.partition(".")
    if refused := _refused(talk, pk):
        return refused
    given = int(stars) if stars.isdecimal() and stars != _NO_STARS else None
    rate(appeal, outcome=outcome, stars=given, words=words, at=talk.now)
    return shown(talk, pk, _("Thank you. Your rating was written down."))


def _refused(talk: Talk, pk: str) -> Turn | None:
    story = own_story(talk, pk)
    if story.rating is not None:
        return shown(talk, pk, _("You have rated this answer already."))
    decision = story.may["rate"]
    return None if decision.allowed else shown(talk, pk, say(decision.why))
