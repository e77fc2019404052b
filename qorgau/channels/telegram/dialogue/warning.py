"""Being warned in the chat before somebody's insurance ends: the consent, about whom, what to call them; and stopping.

The chat is its own proof that messages to it are read by whoever asks for them, so no code is needed.
"""

from uuid import UUID

from django.utils.translation import gettext as _

from qorgau.channels.telegram.dialogue.buttons import back_and_menu, to_menu
from qorgau.channels.telegram.dialogue.path import Path, Talk, Turn
from qorgau.channels.telegram.dialogue.state import Place
from qorgau.channels.telegram.dialogue.taking_out import number_taken_out
from qorgau.channels.telegram.pace import seconds_before_look_up
from qorgau.insured.person_key import person_key
from qorgau.insured.warnings.addresses import address_hash
from qorgau.insured.warnings.labels import LONGEST_LABEL, may_be_called
from qorgau.insured.warnings.models import Subscription
from qorgau.insured.warnings.subscribing import Wish, offered, stop, subscribe
from qorgau.lib.speech import say
from qorgau.lib.telegram.came import Text
from qorgau.lib.telegram.says import Button, Delete, Message, Say
from qorgau.notices.chat_wording import STOP_WARNING, WARNING
from qorgau.people.asked_consents import consent_version, consent_words
from qorgau.rules.identity import check_iin

_AGREE, _NOBODY = "agree", "nobody"
_CONSENT = "consent_insurance_warning"
_IIN, _LABEL = "iin", "label"
_LONGEST_ID = 19


def can_be_had() -> bool:
    """Whether warnings are offered here, and a text of consent is in force."""
    return offered() and bool(consent_words(_CONSENT))


def ask_consent(talk: Talk) -> Turn:
    """What the person agrees to comes first: without it nothing is kept."""
    if not can_be_had():
        return Turn(says=(Message(text=_("Warnings cannot be had here. Call 1414, it is free of charge.")),), menu=True)
    text = "\n\n".join(
        [
            _("We look every day, and write to you in time: the last day, how many months are not paid, what to do."),
            consent_words(_CONSENT),
        ]
    )
    buttons = ((Button(_("I agree"), f"{WARNING}:{_AGREE}"),), to_menu())
    return Turn(says=(Message(title=_("Tell me before the insurance ends"), text=text, buttons=buttons),))


def press(talk: Talk, data: str) -> Turn:
    """The consent, the person without a name for them, or the end of warnings."""
    what, _colon, pk = data.partition(":")
    if what == STOP_WARNING:
        return _stop(talk, pk)
    if what == _AGREE and can_be_had():
        text = _("About whom? Write the IIN: 12 digits. I take the message with the number out of this chat at once.")
        return Turn(says=(Message(text=text, buttons=(back_and_menu(),)),), place=Place(WARNING, _IIN))
    if what == _NOBODY and talk.place.path == WARNING and talk.place.step == _LABEL:
        return _begin(talk, "")
    return ask_consent(talk)


def hear(talk: Talk) -> Turn | None:
    """The number, then what to call the person."""
    if not isinstance(talk.came, Text):
        return None
    if talk.place.step == _LABEL:
        return _take_label(talk, talk.came.text)
    gone: tuple[Say, ...] = (Delete(talk.came.message),) if talk.came.message else ()
    checked = check_iin(talk.came.text)
    if checked.problem is not None or checked.value is None:
        says = (*gone, Message(text=say(checked.problem), buttons=(back_and_menu(),)))
        return Turn(says=says, place=talk.place)
    if seconds_before_look_up(talk.chat, checked.value, talk.now):
        words = _("There were many questions of this kind. Please try again in an hour.")
        return Turn(says=(*gone, Message(text=words)), menu=True)
    text = _(
        "What shall I call this person in the messages? For example: mother. No surname and no numbers, please. Helps "
        "if you ask about several people."
    )
    buttons = ((Button(_("No name is needed"), f"{WARNING}:{_NOBODY}"),), back_and_menu())
    # The number is not kept: from here on the person is known by the keyed hash alone.
    place = Place(WARNING, _LABEL, {"person": person_key(checked.value).hex})
    return Turn(says=(*gone, Message(text=text, buttons=buttons)), place=place)


def back(talk: Talk) -> Turn:
    """One question back."""
    return press(talk, _AGREE) if talk.place.step == _LABEL else ask_consent(talk)


def _take_label(talk: Talk, text: str) -> Turn:
    label = " ".join(text.split())
    if len(label) > LONGEST_LABEL or not may_be_called(label):
        words = _("Only letters here, please, for example: mother.")
        says = (*number_taken_out(talk.came), Message(text=words, buttons=(back_and_menu(),)))
        return Turn(says=says, place=talk.place)
    return _begin(talk, label)


def _begin(talk: Talk, label: str) -> Turn:
    wish = Wish(
        person=UUID(talk.place.facts["person"]),
        channel=Subscription.TELEGRAM,
        address=str(talk.chat),
        language=talk.language,
        label=label,
        tells_back=True,
        consent_version=consent_version(_CONSENT),
    )
    begun = subscribe(wish, at=talk.now)
    text = _(
        "Done: you hear of it here before the insurance ends, when it has ended, and when there is insurance again. By "
        "the button below, and by that of any such message, you stop them."
    )
    return Turn(says=(Message(text=text, buttons=(_stop_button(begun.pk), to_menu())),))


def _stop(talk: Talk, pk: str) -> Turn:
    """Only what goes to this chat can be stopped here."""
    here = Subscription.objects.filter(address_hash=address_hash(Subscription.TELEGRAM, str(talk.chat)), ended_at=None)
    number = int(pk) if pk.isdecimal() and len(pk) < _LONGEST_ID else 0
    chosen = list(here.filter(pk=number).values_list("pk", flat=True))
    if not stop(chosen, why=Subscription.STOPPED, at=talk.now):
        return Turn(says=(Message(text=_("These messages were stopped before.")),), menu=True)
    return Turn(says=(Message(text=_("Stopped: no more messages about this person come here.")),), menu=True)


def _stop_button(pk: int) -> tuple[Button, ...]:
    return (Button(_("Stop these messages"), f"{WARNING}:{STOP_WARNING}:{pk}"),)


PATH = Path(name=WARNING, begin=ask_consent, hear=hear, press=press, back=back)
