"""The four forms: a complaint, a question, a proposal, thanks. Each is made of pieces and asks only what it needs."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from qorgau.channels.portal.forms.fields import Choice
from qorgau.channels.portal.forms.pieces import (
    Author,
    ClinicContact,
    Concerned,
    Event,
    Namelessness,
    OwnIin,
    Place,
    Wish,
    Words,
)
from qorgau.channels.portal.organisations import meant
from qorgau.directory.choices import reason_codes, reasons
from qorgau.intake.doubts import Doubt, doubts
from qorgau.intake.new_appeal import ClinicChoice
from qorgau.rules.kinds import Kind
from qorgau.rules.sentences import Sentence

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

_OF_COMPLAINTS = (Kind.COMPLAINT, Kind.APPLICATION, Kind.MESSAGE)
_OF_QUESTIONS = (Kind.REQUEST,)


class AppealForm(forms.Form):
    """What the forms share: their kind, and doubts that are put to the person once."""

    kind: ClassVar[Kind]
    topic_code: ClassVar[str] = ""
    """The topic, where the form is about one thing."""

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        initial: dict[str, str] | None = None,
        asked: frozenset[str] = frozenset(),
    ):
        super().__init__(data, initial=initial)
        self.asked = asked
        self.doubts: tuple[Doubt, ...] = ()

    def _clean_fields(self) -> None:
        """As Django does it, but without making for each field what a page shows it with, words in a language included:
        the sending of a form shows no page, and all that would take longer than reading it.
        """
        for name, field in self.fields.items():
            said = field.widget.value_from_datadict(self.data, self.files, self.add_prefix(name))
            try:
                self.cleaned_data[name] = field.clean(said)
            except ValidationError as error:
                self.add_error(name, error)

    def clean(self) -> dict[str, object]:
        """Put what looks wrong but may be right to the person, unless they have seen it already."""
        said = self.cleaned_data
        if said.get("organisation_id"):
            chosen, typed = said["organisation_id"], said.get("organisation", "")
            said["organisation_id"] = meant(chosen, typed, said.get("organisation_for", ""), said.get("region", ""))
        self.doubts = (*doubts(said), *self.doubts_of_its_own())
        for doubt in self.doubts:
            if doubt.field not in self.asked:
                self.add_error(doubt.field, doubt.question)
        return self.cleaned_data

    def doubts_of_its_own(self) -> Iterable[Doubt]:
        """Doubts that only this form has."""
        return ()

    @property
    def choice(self) -> ClinicChoice | None:
        """What a valid form says about attachment to a clinic."""
        return None

    def ask_besides(self, *, files: int) -> None:
        """Put doubts about what came with a form that is right in itself; `files` says how many files did."""

    def remarks(self, *, files: int) -> tuple[Sentence, ...]:
        """What staff should see beside the appeal."""
        return ()

    def ask(self, field: str, question: "str | _StrPromise") -> None:
        """Put a doubt that only the page can have; like the others it is put once."""
        self.doubts = (*self.doubts, Doubt(field, question))
        self.add_error(field, question)

    @property
    def asked_so_far(self) -> frozenset[str]:
        """The fields whose doubts the person has seen once this form was shown."""
        return self.asked | {doubt.field for doubt in self.doubts}


class ComplaintForm(ClinicContact, Namelessness, Wish, Author, Concerned, Place, Event, Words, AppealForm):
    """«Халықтық бақылау / Народный контроль»: a complaint about care."""

    kind = Kind.COMPLAINT
    topic = Choice(
        label=_("Reason"),
        choices=lambda: (("", _("Choose the reason that is closest")), *reasons(_OF_COMPLAINTS)),
        values=lambda: reason_codes(_OF_COMPLAINTS),
        wrong=_("Choose the reason from the list."),
    )
    field_order = (
        *("topic", "text", "event_date", "circumstances", "desired_outcome", "files"),
        *("region", "organisation", "organisation_id"),
        *("about", "relation", "patient_surname", "patient_given_name", "patient_patronymic", "iin"),
        *("surname", "given_name", "patronymic", "phone", "email", "language", "anonymous"),
        *("wish", "consent_clinic_contact"),
    )


class QuestionForm(OwnIin, Author, Place, Words, AppealForm):
    """A question that the contact centre answers."""

    kind = Kind.REQUEST
    topic = Choice(
        label=_("What is it about?"),
        choices=lambda: (("", _("Choose what is closest")), *reasons(_OF_QUESTIONS)),
        values=lambda: reason_codes(_OF_QUESTIONS),
        wrong=_("Choose from the list."),
    )
    field_order = (
        "topic",
        "text",
        "iin",
        "files",
        "region",
        "surname",
        "given_name",
        "patronymic",
        "phone",
        "email",
        "language",
    )


class ProposalForm(Author, Place, Words, AppealForm):
    """A proposal: how something could be better."""

    kind = Kind.PROPOSAL
    field_order = ("text", "files", "region", "surname", "given_name", "patronymic", "phone", "email", "language")


class ThanksForm(Author, Place, Words, AppealForm):
    """Thanks to somebody who helped."""

    kind = Kind.RESPONSE
    field_order = (
        "text",
        "files",
        "region",
        "organisation",
        "surname",
        "given_name",
        "patronymic",
        "phone",
        "email",
        "language",
    )
