"""The form by which somebody asks to be warned before a person loses the insurance."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from qorgau.channels.portal.forms.fields import Choice, Line, Tick
from qorgau.channels.portal.forms.pieces import ANSWER_LANGUAGES
from qorgau.insured.warnings.labels import LONGEST_LABEL, may_be_called
from qorgau.people.contacts import kazakh_mobile, normal_email


@dataclass(frozen=True, slots=True)
class Contact:
    """Where messages go: the way, and the address there in its one written form."""

    channel: str
    address: str


class ContactLine(Line):
    """A telephone or an e-mail address, as people type it."""

    def clean(self, value: Any) -> Contact:  # type: ignore[override]
        typed = super().clean(value)
        if "@" in typed:
            if email := normal_email(typed):
                return Contact("email", email)
            raise ValidationError(_("This is not an e-mail address. For example: aigul@example.kz"), code="wrong")
        if phone := kazakh_mobile(typed):
            return Contact("sms", phone)
        raise ValidationError(
            _("SMS go only to mobile numbers of Kazakhstan, for example 8 701 000 00 00. Or give an e-mail address."),
            code="wrong",
        )


class Label(Line):
    """What the subscriber calls the person."""

    def clean(self, value: Any) -> str:
        words = super().clean(value)
        if words and not may_be_called(words):
            raise ValidationError(_("Only letters here, please, for example: mother."), code="wrong")
        return words


class WarnForm(forms.Form):
    """Where to, in which language, how to call the person, what else to tell; and the consent."""

    contact = ContactLine(
        label=_("Mobile telephone or e-mail"),
        help_text=_("For example 8 701 000 00 00 or aigul@example.kz. We send a code there first."),
        limit=254,
        missing=_("Write a telephone number or an e-mail address."),
        attrs={"autocapitalize": "none", "spellcheck": "false"},
    )
    language = Choice(
        label=_("Language of the messages"),
        choices=ANSWER_LANGUAGES,
        missing=_("Choose the language."),
        widget=forms.RadioSelect(),
    )
    label = Label(
        label=_("What to call the person in the messages"),
        help_text=_("Helps if you ask about several people. For example: mother. No surname and no numbers, please."),
        limit=LONGEST_LABEL,
        attrs={"autocomplete": "off"},
    )
    tells_back = Tick(label=_("Tell me also when there is insurance again"))
    consent = Tick(label="")

    def clean(self) -> dict[str, Any]:
        """Without consent nothing is kept."""
        said = super().clean() or {}
        if not said.get("consent"):
            self.add_error("consent", _("Tick this if you agree: without it we may not keep where to write to you."))
        return said


class ConfirmForm(forms.Form):
    """The code that went to the address."""

    code = Line(
        label=_("Code from the message"),
        help_text=_("Six digits."),
        limit=60,
        missing=_("Write the six digits from the message."),
        attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "spellcheck": "false"},
    )
