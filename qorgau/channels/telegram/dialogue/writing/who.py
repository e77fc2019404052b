"""Whom it is about, who writes, and how they are reached. Nothing of it is required, as on the portal."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qorgau.channels.telegram.dialogue.path import Talk
from qorgau.channels.telegram.dialogue.writing.choices import choice
from qorgau.channels.telegram.dialogue.writing.draft import Draft
from qorgau.channels.telegram.dialogue.writing.lines import line
from qorgau.channels.telegram.dialogue.writing.part import SKIP, Heard, Part, Question, skip_row, too_long
from qorgau.intake.new_appeal import Person
from qorgau.lib.clean_text import clean_line
from qorgau.lib.telegram.came import Text
from qorgau.people.asked_consents import consent_words
from qorgau.rules.identity import check_iin
from qorgau.rules.kinds import Kind
from qorgau.rules.privacy import DOT, mask_iin

CONSENT = "consent_clinic_contact"
_LONGEST_NAME = 300
_NAMELESS = "nameless"


def shown_iin(said: str) -> str:
    """As much of the number as still lets its owner recognise it."""
    return mask_iin(said) if check_iin(said).valid else DOT * len(said)


ABOUT = choice(
    "about",
    gettext_lazy("Whom it is about"),
    lambda: _("Who is it about?"),
    lambda: (("me", _("Me")), ("other", _("Somebody I write for"))),
)
RELATION = line(
    "relation",
    gettext_lazy("Who are you to this person?"),
    gettext_lazy("For example: mother, son, guardian, neighbour, lawyer."),
    limit=60,
)
PATIENT = line(
    "patient",
    gettext_lazy("Name of the patient"),
    gettext_lazy("Write the surname, the given name and the patronymic of the patient."),
    limit=_LONGEST_NAME,
)
IIN = line(
    "iin",
    gettext_lazy("IIN of the patient"),
    gettext_lazy(
        "12 digits. With it we find the visit and the payments in the Fund’s records and answer sooner. Without it we "
        "will ask the clinic, and your appeal is taken all the same.\n\nI take the message with the number out of this "
        "chat as soon as I have read it."
    ),
    limit=60,
    shown=shown_iin,
    leaves_the_chat=True,
)
PHONE = line(
    "phone",
    gettext_lazy("Telephone"),
    gettext_lazy(
        "For example 8 701 000 00 00. We send short messages about your appeal to it. The answer comes into this chat "
        "too."
    ),
    limit=60,
)
EMAIL = line("email", gettext_lazy("E-mail"), gettext_lazy("For example aigul@example.kz."), limit=254)


def _ask_name(draft: Draft) -> Question:
    text = _("Write your surname, given name and patronymic.")
    if draft.kind == Kind.RESPONSE:
        return Question(f"{text} {_('If you like them to know who says thank you.')}", (skip_row(draft, "name"),))
    if draft.kind != Kind.COMPLAINT:
        return Question(text, (skip_row(draft, "name"),))
    law = _(
        "By law an appeal without a name is considered only if it reports a crime or a threat to people. "
        "It is registered all the same, and you can follow it by its number and code."
    )
    nameless = (draft.button(_("I do not want to give my name"), "name", _NAMELESS),)
    return Question(f"{text}\n\n{law}", (nameless,))


def _hear_name(talk: Talk, draft: Draft) -> Heard:
    said = clean_line(talk.came.text) if isinstance(talk.came, Text) else ""
    if not any(character.isalpha() for character in said):
        return Heard(draft=draft, stay=True, remark=_("Please write your name in letters, or press the button."))
    if len(said) > _LONGEST_NAME:
        return Heard(draft=draft, stay=True, remark=too_long(said, _LONGEST_NAME))
    return Heard(draft=draft.saying(name=said, anonymous=""))


def _press_name(talk: Talk, draft: Draft, value: str) -> Heard:
    if value == _NAMELESS:
        return Heard(draft=draft.saying(name="", anonymous="yes"))
    return Heard(draft=draft.saying(name="", anonymous="")) if value == SKIP else Heard(draft=draft, stay=True)


def _shown_name(draft: Draft) -> str:
    if draft.said.get("anonymous"):
        return _("You do not want to give it; it will not be written down.")
    return draft.said.get("name", "")


AUTHOR = Part(
    name="name",
    label=gettext_lazy("Your name"),
    ask=_ask_name,
    hear=_hear_name,
    press=_press_name,
    shown=_shown_name,
)
AGREES = choice(
    CONSENT,
    gettext_lazy("Consent"),
    lambda: consent_words(CONSENT),
    lambda: (("yes", _("I agree")), ("no", _("I do not agree"))),
)


def named(full_name: str) -> Person:
    """A person by the name they wrote in one line: surname, given name, and all the rest is the patronymic."""
    surname, _blank, rest = full_name.partition(" ")
    given_name, _blank, patronymic = rest.partition(" ")
    return Person(surname=surname[:100], given_name=given_name[:100], patronymic=patronymic[:100])
