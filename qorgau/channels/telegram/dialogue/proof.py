"""Proving to be the person: by the telephone that is known for them, and never by a name.

Either the chat's own telephone, for which Telegram vouches, is the one that is known; or a code comes by SMS to the one
that is known, and never into the chat that asks. Whether one is known is not told. What proof opens is shown once and
not kept; the number lies sealed with the place in the dialogue for as long as a code lasts, and is left behind with it.
"""

from datetime import datetime

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qorgau.channels.telegram.dialogue.buttons import BACK, BACK_DATA, MAIN_MENU, back_and_menu, menu_key, to_menu
from qorgau.channels.telegram.dialogue.own_words import own_words
from qorgau.channels.telegram.dialogue.path import Path, Talk, Turn
from qorgau.channels.telegram.dialogue.state import Place
from qorgau.channels.telegram.dialogue.status_words import picture_of_months, reasons_words, verdict_words
from qorgau.channels.telegram.pace import seconds_before_proof
from qorgau.insured.answers import Insured, NotAnswering
from qorgau.insured.lookup import Purpose, look_up
from qorgau.insured.shown import status_shown
from qorgau.lib.speech import say
from qorgau.lib.telegram.came import Came, ContactShared, Text
from qorgau.lib.telegram.says import Button, Delete, Key, Message, Say
from qorgau.notices.send_code import send_code
from qorgau.people.contacts import normal_phone
from qorgau.people.one_time_codes import LASTS, proves
from qorgau.register.known_phones import PhonesTrusted, phone_known_for
from qorgau.rules.identity import check_iin
from qorgau.rules.privacy import mask_iin

NAME = "proof"
_IIN, _WAY, _CODE = "iin", "way", "code"


def offered() -> bool:
    """Whether a telephone proves anything here."""
    return PhonesTrusted(settings.PROOF_PHONES) != PhonesTrusted.NONE


def ask(talk: Talk) -> Turn:
    """Ask whose status it is."""
    if not offered():
        return Turn(says=(Message(text=_("Here it cannot be proved in the chat who you are.")),), menu=True)
    return Turn(says=(_question(),), place=Place(NAME, _IIN))


def hear(talk: Talk) -> Turn | None:
    """The number, the telephone, or the code, as the step wants it."""
    match talk.place.step, talk.came:
        case "iin", Text(text=text):
            return _take_iin(talk, text)
        case _, ContactShared() as contact if talk.place.step != _IIN:
            return _compare(talk, contact)
        case "code", Text(text=text):
            return _take_code(talk, text)
    return None


def press(talk: Talk, data: str) -> Turn:
    """Send a code by SMS, or another one."""
    iin = _asked_about(talk)
    if data != "sms":
        return ask(talk)
    if iin is None:
        return _ask_anew()
    if seconds := seconds_before_proof(talk.chat, iin, talk.now):
        return Turn(says=(Message(text=_wait(seconds)),), place=talk.place)
    sent = send_code(iin, language=talk.language, at=talk.now)
    text = "\n\n".join(
        [
            _(
                "If a telephone is known for this person, an SMS with six digits is on its way to it. It comes within "
                "a minute."
            ),
            _("Write the six digits here. I take the message with them out of this chat."),
            _("Tell the code to nobody: neither the Fund nor 1414 ever asks for it."),
        ]
    )
    buttons = ((Button(_("Send another code"), f"{NAME}:sms"),), to_menu())
    facts = {"iin": iin, "at": talk.now.isoformat(), "sent": sent.pk}
    return Turn(says=(Message(text=text, buttons=buttons),), place=Place(NAME, _CODE, facts))


def back(talk: Talk) -> Turn:
    """To the number."""
    return Turn(menu=True) if talk.place.step == _IIN else ask(talk)


def _take_iin(talk: Talk, text: str) -> Turn:
    gone = _take_out(talk.came)
    checked = check_iin(text)
    if checked.problem is not None or checked.value is None:
        says = (*gone, Message(text=say(checked.problem), buttons=(back_and_menu(),)))
        return Turn(says=says, place=talk.place)
    iin = checked.value
    share = Message(
        title=_("Prove that it is you"),
        text=f"{_('IIN')} {mask_iin(iin)}\n\n"
        + _(
            "Press “Share my telephone number” below the input field: if it is the number that you left at the desk of "
            "a clinic, that is enough."
        ),
        keyboard=((Key(_("Share my telephone number"), "contact"),), (Key(str(MAIN_MENU)),)),
    )
    other = Message(
        text=_("Or let a code come by SMS to the number that you left there."),
        buttons=((Button(_("Send a code by SMS"), f"{NAME}:sms"),), (Button(f"‹ {BACK}", BACK_DATA),)),
    )
    facts = {"iin": iin, "at": talk.now.isoformat()}
    return Turn(says=(*gone, share, other), place=Place(NAME, _WAY, facts))


def _compare(talk: Talk, contact: ContactShared) -> Turn:
    """Only the sender's own telephone counts, and only the one that is known."""
    iin, gone = _asked_about(talk), _take_out(talk.came)
    if iin is None:
        return _ask_anew(gone)
    if not contact.own:
        words = _("This is the number of somebody else. Please press the button below the input field to share yours.")
        return Turn(says=(*gone, Message(text=words)), place=talk.place)
    if seconds := seconds_before_proof(talk.chat, iin, talk.now):
        return Turn(says=(*gone, Message(text=_wait(seconds))), place=talk.place)
    known, theirs = phone_known_for(iin), normal_phone(f"+{contact.phone.lstrip('+')}")
    if known and known == theirs:
        return _show(iin, gone)
    words = "\n\n".join(
        [
            _("By this number it cannot be shown that it is you."),
            _(
                "We know only a telephone that you left at the desk of a clinic. You can have it written down at the "
                "patient support service of any clinic, with your document; 1414 tells you your status too."
            ),
        ]
    )
    buttons = ((Button(_("Send a code by SMS"), f"{NAME}:sms"),), to_menu())
    return Turn(says=(*gone, Message(text=words, buttons=buttons)), place=talk.place)


def _take_code(talk: Talk, text: str) -> Turn:
    iin, gone = _asked_about(talk), _take_out(talk.came)
    if iin is None:
        return _ask_anew(gone)
    if proves(int(talk.place.facts["sent"]), iin, text, at=talk.now):
        return _show(iin, gone)
    words = _("This is not the code, or it no longer works. A code lasts ten minutes and bears five tries.")
    buttons = ((Button(_("Send another code"), f"{NAME}:sms"),), to_menu())
    return Turn(says=(*gone, Message(text=words, buttons=buttons)), place=talk.place)


def _show(iin: str, gone: tuple[Say, ...]) -> Turn:
    """Everything the register knows, once."""
    today = timezone.localdate()
    match look_up(iin, purpose=Purpose.OWN_STATUS, who="telegram"):
        case Insured() as known:
            shown = status_shown(known, today, proven=True)
            says: tuple[Say, ...] = (
                Message(
                    title=shown.headline,
                    text=verdict_words(shown, mask_iin(iin)),
                    picture=picture_of_months(shown),
                    keyboard=menu_key(),
                ),
                Message(text=own_words(shown)),
                Message(text=reasons_words(shown), buttons=(to_menu(),)),
            )
        case NotAnswering(sentence=sentence):
            says = (Message(text=say(sentence), keyboard=menu_key()),)
        case _:
            says = (Message(text=_("Nothing can be shown for this IIN"), keyboard=menu_key()),)
    return Turn(says=(*gone, *says))


def _question(remark: str = "") -> Message:
    text = _(
        "Write your own IIN: 12 digits. Then show by your telephone that it is you, and you see everything: who paid "
        "and how much, your category, and your clinic. I take the message with the number out of this chat at once."
    )
    return Message(text=f"{remark}\n\n{text}".strip(), buttons=(back_and_menu(),))


def _ask_anew(gone: tuple[Say, ...] = ()) -> Turn:
    remark = _("I no longer have the number: I forget it after ten minutes.")
    return Turn(says=(*gone, _question(remark)), place=Place(NAME, _IIN))


def _asked_about(talk: Talk) -> str | None:
    """The number that was written some minutes ago; None when it was forgotten since, or none was written."""
    return talk.place.facts.get("iin") if talk.place.path == NAME else None


def _until(place: Place) -> datetime | None:
    """A number is kept for as long as a code about it would last."""
    return datetime.fromisoformat(place.facts["at"]) + LASTS if "at" in place.facts else None


def _take_out(came: Came) -> tuple[Say, ...]:
    return (Delete(came.message),) if came.message else ()


def _wait(seconds: int) -> str:
    minutes = -(-seconds // 60)
    return ngettext(
        "That was often. Please wait %(num)s minute.", "That was often. Please wait %(num)s minutes.", minutes
    ) % {"num": minutes}


PATH = Path(name=NAME, begin=ask, hear=hear, press=press, back=back, lasts_until=_until)
