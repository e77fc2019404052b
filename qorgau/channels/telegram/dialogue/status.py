"""Am I insured? From an identity number to the verdict with its reasons, as on the portal without proof.

The message with the number is taken out of the chat as soon as it was read; the number is kept nowhere.
"""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from qorgau.channels.telegram.dialogue import proof, warning
from qorgau.channels.telegram.dialogue.buttons import back_and_menu, begin, on_the_site, to_menu
from qorgau.channels.telegram.dialogue.path import Path, Talk, Turn
from qorgau.channels.telegram.dialogue.state import Place
from qorgau.channels.telegram.dialogue.status_words import (
    ended_words,
    picture_of_months,
    reasons_words,
    verdict_words,
)
from qorgau.channels.telegram.dialogue.taking_out import number_taken_out
from qorgau.channels.telegram.pace import seconds_before_look_up
from qorgau.insured.answers import Insured, NotAnswering, Unknown
from qorgau.insured.lookup import Purpose, look_up
from qorgau.insured.shown import status_shown, told_end
from qorgau.lib.speech import say
from qorgau.lib.telegram.came import Text
from qorgau.lib.telegram.says import Message, Rows, Say
from qorgau.notices.chat_wording import WARNING
from qorgau.rules.identity import check_iin
from qorgau.rules.privacy import mask_iin
from qorgau.rules.temporary_status import ended_before

DOOR = "telegram"
"""How this door is called in the journal of look-ups."""
NAME = "status"


def ask(talk: Talk) -> Turn:
    """Ask for the number."""
    return Turn(says=(Message(text=_question(), buttons=(back_and_menu(),)),), place=Place(NAME, "iin"))


def hear(talk: Talk) -> Turn | None:
    """The number, as people write it; what cannot be one is told and asked for again."""
    came = talk.came
    if not isinstance(came, Text):
        return None
    # Whatever is answered, the number does not stay in the chat.
    gone = number_taken_out(came)
    checked = check_iin(came.text)
    if checked.problem is not None or checked.value is None:
        return _again(say(checked.problem), gone)
    if checked.reads_as_bin and talk.place.step != "doubted":
        doubt = _(
            "This looks like the BIN of an organisation, not the IIN of a person. If it is an IIN all the same, send "
            "it once more."
        )
        return _again(doubt, gone, step="doubted")
    if seconds := seconds_before_look_up(talk.chat, checked.value, talk.now):
        return _again(_wait(seconds), gone)
    return _answer(checked.value, gone)


def _answer(iin: str, gone: tuple[Say, ...]) -> Turn:
    today = timezone.localdate()
    match look_up(iin, purpose=Purpose.OWN_STATUS, who=DOOR):
        case Insured() as known:
            shown = status_shown(known, today, proven=False)
            verdict = Message(
                title=shown.headline, text=verdict_words(shown, mask_iin(iin)), picture=picture_of_months(shown)
            )
            more = Message(title=_("Why"), text=reasons_words(shown), buttons=_afterwards())
            return Turn(says=(*gone, verdict, more))
        case Unknown(granted=granted):
            ended = told_end(ended_before(today, granted), today, proven=False)
            words = [f"{_('IIN')} {mask_iin(iin)}", *([ended_words(ended)] if ended else []), _nothing_known()]
            title = _("Nothing can be shown for this IIN")
            return Turn(says=(*gone, Message(title=title, text="\n\n".join(words), buttons=_afterwards())))
        case NotAnswering(sentence=sentence):
            return _again(say(sentence), gone)


def _again(words: str, gone: tuple[Say, ...], *, step: str = "iin") -> Turn:
    return Turn(says=(*gone, Message(text=words, buttons=(back_and_menu(),))), place=Place(NAME, step))


def _question() -> str:
    return _(
        "Write the IIN: 12 digits. They stand on the identity card, and on a child’s birth certificate.\n\n"
        "I take the message with the number out of this chat as soon as I have read it, and do not keep the number."
    )


def _wait(seconds: int) -> str:
    if seconds < 90:
        words = ngettext(
            "There were many questions of this kind. Please wait %(num)s second and send the IIN once more.",
            "There were many questions of this kind. Please wait %(num)s seconds and send the IIN once more.",
            seconds,
        ) % {"num": seconds}
    else:
        minutes = (seconds + 59) // 60
        words = ngettext(
            "There were many questions of this kind. Please wait %(num)s minute and send the IIN once more.",
            "There were many questions of this kind. Please wait %(num)s minutes and send the IIN once more.",
            minutes,
        ) % {"num": minutes}
    why = _("We slow down so that nobody can read the register by trying numbers. In a hurry, call 1414.")
    return f"{words}\n\n{why}"


def _nothing_known() -> str:
    return "\n\n".join(
        [
            _("This does not mean “not insured”"),
            _(
                "The bot has nothing to show for this number. That may have many reasons, and it says nothing about "
                "anybody's insurance."
            ),
            _("Compare the last four digits above with your document: a slip in one digit is not always noticed."),
            _("If the number is right, call 1414, or ask at the registration desk of your clinic."),
            _(
                "Ambulance and emergency care, and the rest of the guaranteed volume of free medical care, are given "
                "to you whether you are insured or not. If somebody demands insurance for them, complain."
            ),
        ]
    )


def _afterwards() -> Rows:
    """Sums, payers, category and clinic are for the person alone, and who that is can be proved here or there."""
    prove = ((begin(proof.NAME, _("Show everything: prove that it is you")),),) if proof.offered() else ()
    warn = ((begin(WARNING, _("Tell me before the insurance ends")),),) if warning.can_be_had() else ()
    return (
        (begin(NAME, _("Check another IIN")),),
        *prove,
        *warn,
        *on_the_site(_("See everything on the site"), "status"),
        to_menu(),
    )


def _is_a_number(text: str) -> bool:
    return check_iin(text).valid


PATH = Path(
    name=NAME,
    begin=ask,
    hear=hear,
    title=gettext_lazy("Find out the insurance status"),
    order=10,
    recognises=_is_a_number,
    known_as=("определить статус застрахованности", "статус", "мәртебе", "status"),
    command="status",
    describes=gettext_lazy("Am I insured, and why"),
)
