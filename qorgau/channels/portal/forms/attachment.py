"""The form of an application to be attached to a clinic: which clinic, whom, and why."""

from collections.abc import Iterator
from datetime import date

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from qorgau.channels.portal.forms.appeals import AppealForm
from qorgau.channels.portal.forms.fields import Choice, Day, IinLine, Line, Text
from qorgau.channels.portal.forms.pieces import Author, Concerned, Place, Words
from qorgau.directory.choices import attachment_reasons
from qorgau.intake.clinic_choice import TOPIC
from qorgau.intake.doubts import Doubt
from qorgau.intake.new_appeal import ClinicChoice
from qorgau.rules.kinds import Kind


def _reasons() -> tuple[tuple[str, object], ...]:
    return (("", _("Choose the reason")), *attachment_reasons())


class AttachmentForm(Author, Concerned, Place, Words, AppealForm):
    """«Емханаға тіркелу / Прикрепление к поликлинике»: the clinic and the reason are all that must be said."""

    kind = Kind.APPLICATION
    topic_code = TOPIC
    organisation = Line(
        label=_("Clinic to be attached to"),
        help_text=_("Type a part of its name or its number. If it is not in the list, what you typed is kept."),
        limit=300,
        missing=_("Write to which clinic."),
        attrs={"hx-include": "[name=region]"},
    )
    about = Choice(
        label=_("Who is to be attached?"),
        choices=(("me", _("Myself")), ("other", _("My child, or somebody whose guardian or representative I am"))),
        widget=forms.RadioSelect(),
    )
    relation = Line(
        label=_("Who are you to this person?"),
        help_text=_("For example: mother, father, guardian, by proxy."),
        limit=60,
        required=False,
    )
    patient_surname = Line(label=_("Surname of the person to be attached"), limit=100, required=False)
    patient_given_name = Line(label=_("Given name of the person to be attached"), limit=100, required=False)
    patient_patronymic = Line(label=_("Patronymic of the person to be attached"), limit=100, required=False)
    iin = IinLine(
        label=_("IIN of the person to be attached"),
        help_text=_(
            "12 digits. It is needed here: a clinic attaches people in the register by their IIN, and finds by it "
            "where they are attached now."
        ),
        required=False,
    )
    address = Line(
        label=_("Address where the person lives"),
        help_text=_("Town, street, house, flat. One is attached where one lives, permanently or for a time."),
        limit=300,
        required=False,
        attrs={"autocomplete": "street-address"},
    )
    reason = Choice(
        label=_("Why now?"),
        choices=_reasons,
        wrong=_("Choose the reason from the list."),
        missing=_("Choose the reason that is closest."),
    )
    last_choice = Day(
        label=_("When was the clinic last changed by free choice?"),
        help_text=_("For example 12.10.2025, if you remember. A clinic can be chosen freely once a year."),
        limit=60,
        required=False,
        attrs={"autocomplete": "off"},
    )
    text = Text(
        label=_("Anything to add?"),
        help_text=_("For example: since when you live there, or which papers you have."),
        limit=5_000,
        required=False,
    )
    field_order = (
        *("region", "organisation", "organisation_id"),
        *("about", "relation", "patient_surname", "patient_given_name", "patient_patronymic", "iin", "address"),
        *("reason", "last_choice", "text", "files"),
        *("surname", "given_name", "patronymic", "phone", "email", "language"),
    )

    def doubts_of_its_own(self) -> Iterator[Doubt]:
        """What the clinic can hardly do without, and what cannot be right."""
        said = self.cleaned_data
        if not said.get("iin"):
            yield Doubt(
                "iin",
                _(
                    "Without the IIN the clinic cannot attach anybody. Please write it. If there is none yet, send it "
                    "again as it is: the clinic will ask you."
                ),
            )
        last_choice = said.get("last_choice")
        if isinstance(last_choice, str) and last_choice:
            yield Doubt(
                "last_choice",
                _(
                    "We could not read this as a date. Write it as day, month, year, for example 12.10.2025, or send "
                    "it again as it is: we will keep your words."
                ),
            )
        elif isinstance(last_choice, date) and last_choice > timezone.localdate():
            yield Doubt(
                "last_choice",
                _(
                    "This day is still to come. Please check it, or send it again as it is: "
                    "we will keep what you wrote."
                ),
            )

    @property
    def choice(self) -> ClinicChoice:
        """What a valid form says about the choice."""
        said = self.cleaned_data
        last_choice = said["last_choice"]
        return ClinicChoice(reason=said["reason"], last_choice=last_choice if isinstance(last_choice, date) else None)
