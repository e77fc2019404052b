"""Pieces that forms are made of: the words, the place, whom it is about, who writes, who should look first."""

from django import forms
from django.utils.translation import gettext_lazy as _

from qorgau.channels.portal.forms.fields import Choice, Day, Files, IinLine, Line, Said, Text, Tick
from qorgau.directory.choices import region_codes, regions
from qorgau.intake.checks import LONGEST_TEXT

ANSWER_LANGUAGES = (("kk", "Қазақша"), ("ru", "Русский"), ("en", "English"))


def _regions() -> tuple[tuple[str, object], ...]:
    return (("", _("Choose the region")), *regions())


class Words(forms.Form):
    """What the person says."""

    text = Text(
        label=_("What happened?"),
        help_text=_("Write as you would tell it. One sentence is enough; up to 20,000 characters fit."),
        limit=LONGEST_TEXT,
        missing=_("Write what it is about: one sentence is enough."),
    )
    files = Files(  # type: ignore[assignment]  # a field, which the form takes out of its class
        label=_("Files"),
        help_text=_(
            "Photographs, scans, PDF, office files or a recording. Do not add copies of identity documents: "
            "they are not needed, and the law forbids collecting them."
        ),
    )


class Event(forms.Form):
    """When it was, what with, and what the person wants."""

    event_date = Day(
        label=_("Date of the visit or of the event"),
        help_text=_("For example 12.03.2026. What care was free that day depends on it."),
        limit=60,
        required=False,
        attrs={"autocomplete": "off"},
    )
    circumstances = Text(
        label=_("Diagnosis or circumstances"),
        help_text=_("What you were treated for, or what led to it, if you want to say."),
        limit=2_000,
        required=False,
    )
    desired_outcome = Text(
        label=_("What should be done?"),
        help_text=_("For example: take me to the specialist, pay my money back, talk to the doctor."),
        limit=2_000,
        required=False,
    )


class Place(forms.Form):
    """Where it was."""

    region = Choice(
        label=_("Region"),
        choices=_regions,
        values=region_codes,
        wrong=_("Choose the region from the list."),
    )
    organisation = Line(
        label=_("Clinic, hospital or another medical organisation"),
        help_text=_("Type a part of its name or its number. If it is not in the list, what you typed is kept."),
        limit=300,
        required=False,
        attrs={"hx-include": "[name=region]"},
    )
    organisation_id = Said(limit=20)
    # The words for which the organisations to choose from were found.
    organisation_for = Said(limit=300)


class Concerned(forms.Form):
    """Whose rights it is about."""

    about = Choice(
        label=_("Who is it about?"),
        choices=(("me", _("Me")), ("other", _("Somebody I write for"))),
        widget=forms.RadioSelect(),
    )
    relation = Line(
        label=_("Who are you to this person?"),
        help_text=_("For example: mother, son, guardian, neighbour, lawyer."),
        limit=60,
        required=False,
    )
    patient_surname = Line(label=_("The patient’s surname"), limit=100, required=False)
    patient_given_name = Line(label=_("The patient’s given name"), limit=100, required=False)
    patient_patronymic = Line(label=_("The patient’s patronymic"), limit=100, required=False)
    iin = IinLine(
        label=_("IIN of the patient"),
        help_text=_(
            "12 digits. With it we find the visit and the payments in the Fund’s records and answer sooner. "
            "Without it we will ask the clinic, and your appeal is taken all the same."
        ),
        required=False,
    )


class OwnIin(forms.Form):
    """The identity number of whoever writes, where a question is about their own status."""

    iin = IinLine(
        label=_("Your IIN"),
        help_text=_("12 digits. With it we find your status and payments. Take it out if you do not want to give it."),
        required=False,
    )


class Author(forms.Form):
    """Who writes, and how to answer."""

    surname = Line(label=_("Surname"), limit=100, required=False, attrs={"autocomplete": "family-name"})
    given_name = Line(label=_("Given name"), limit=100, required=False, attrs={"autocomplete": "given-name"})
    patronymic = Line(label=_("Patronymic"), limit=100, required=False, attrs={"autocomplete": "additional-name"})
    phone = Line(
        label=_("Telephone"),
        help_text=_("For example 8 701 000 00 00. We send short messages about your appeal to it."),
        limit=60,
        required=False,
        attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel"},
    )
    email = Line(
        label=_("E-mail"),
        limit=254,
        required=False,
        attrs={"type": "email", "autocomplete": "email", "inputmode": "email", "spellcheck": "false"},
    )
    language = Choice(label=_("Language of the answer"), choices=ANSWER_LANGUAGES, widget=forms.RadioSelect())


class Namelessness(forms.Form):
    """The wish not to be named."""

    anonymous = Tick(
        label=_("I do not want to give my name"),
        help_text=_(
            "By law an appeal without a name is considered only if it reports a crime or a threat to people. "
            "It is registered all the same, and you can follow it by its number and code."
        ),
    )


class ClinicContact(forms.Form):
    """Consent to passing on who writes."""

    consent_clinic_contact = Tick(label="")


class Wish(forms.Form):
    """Who should look into it first."""

    wish = Choice(
        label=_("Who should look into it first?"),
        choices=(
            ("", _("Whoever can help soonest")),
            ("clinic", _("The clinic’s patient support service")),
            ("fund", _("The Social Health Insurance Fund")),
        ),
        widget=forms.RadioSelect(),
    )
