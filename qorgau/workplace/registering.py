"""Registering at the desk what came on paper, in words or by telephone. The minimum is one sentence."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views import View

from qorgau.directory.models import Organisation
from qorgau.directory.reference import current
from qorgau.intake.clinic_choice import TOPIC as ATTACHMENT
from qorgau.intake.new_appeal import ClinicChoice, NewAppeal, Person
from qorgau.intake.submit import submit
from qorgau.lib.row_ids import row_id
from qorgau.lib.speech import current_language, name_in, say
from qorgau.people.models import Staff
from qorgau.rules.kinds import Channel, Kind
from qorgau.rules.ladder import DeskKind
from qorgau.rules.problems import Problem, SameKeyOtherContent
from qorgau.workplace.access import refuse_readers, staff_of, staff_page
from qorgau.workplace.doubts import doubts_of
from qorgau.workplace.organisations import OrganisationOption, found_for_form, is_meant_by, option
from qorgau.workplace.showing import show
from qorgau.workplace.uploads import FilesField, Uploads, read_uploads
from qorgau.workplace.verbs.words import text_field
from qorgau.workplace.wording import KINDS, PREFERRED_CHANNELS

HOW = {
    "paper": _("On paper"),
    "oral": _("In words, at the desk"),
    "call": _("By telephone"),
}
_OF_A_PATIENT = ("surname", "given_name", "patronymic", "iin")
_LEFT_BY_STAFF = ("sms", "email", "call", "post", "none")


class RegisteringForm(forms.Form):
    """What the person says, as far as they say it."""

    delivery_key = forms.CharField(widget=forms.HiddenInput, max_length=80)
    how = forms.ChoiceField(
        label=_("How did it come?"),
        choices=list(HOW.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how it came.")},
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=list(KINDS.items()), initial=Kind.COMPLAINT.value)
    text = text_field(
        _("What the person says"),
        hint=_("In their own words and language. Of an oral appeal this is the protocol: read it to the person."),
        missing=_("Write what happened: one sentence is enough."),
    )
    organisation_words = forms.CharField(
        label=_("Medical organisation"), required=False, help_text=_("A part of the name, the BIN or another name.")
    )
    organisation = forms.CharField(required=False)
    region = forms.ChoiceField(label=_("Region"), required=False)
    topic = forms.ChoiceField(label=_("Reason"), required=False)
    event_date = forms.CharField(
        label=_("When it happened"), required=False, max_length=60, widget=forms.TextInput(attrs={"type": "date"})
    )
    attachment_reason = forms.ChoiceField(
        label=_("Why the person asks to be attached"),
        required=False,
        help_text=_(
            "With a reason this becomes an application to be attached to the organisation above: due in one "
            "working day, and judged by the rule of the day."
        ),
    )
    last_choice = forms.DateField(
        label=_("When the clinic was last changed by free choice"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d.%m.%Y"],
        error_messages={"invalid": _("Write the date as day, month and year, for example 21.03.2026.")},
    )
    circumstances = text_field(_("Diagnosis or circumstances"))
    desired_outcome = text_field(_("What the person wishes"))
    surname = forms.CharField(label=_("Surname"), required=False, max_length=100)
    given_name = forms.CharField(label=_("Given name"), required=False, max_length=100)
    patronymic = forms.CharField(label=_("Patronymic"), required=False, max_length=100)
    asked = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)
    """The fields about which the person was asked once."""
    iin = forms.CharField(
        label=_("IIN"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        help_text=_("It lies encrypted and is shown masked."),
    )
    phone = forms.CharField(
        label=_("Telephone"), required=False, max_length=60, widget=forms.TextInput(attrs={"inputmode": "tel"})
    )
    email = forms.CharField(
        label=_("E-mail"), required=False, max_length=254, widget=forms.TextInput(attrs={"inputmode": "email"})
    )
    postal_address = forms.CharField(label=_("Postal address"), required=False, max_length=300)
    relation = forms.CharField(
        label=_("Who the applicant is to this person"),
        required=False,
        max_length=60,
        help_text=_("For example: mother, father, guardian, by proxy."),
    )
    patient_surname = forms.CharField(label=_("Their surname"), required=False, max_length=100)
    patient_given_name = forms.CharField(label=_("Their given name"), required=False, max_length=100)
    patient_patronymic = forms.CharField(label=_("Their patronymic"), required=False, max_length=100)
    patient_iin = forms.CharField(
        label=_("IIN of the patient"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    language = forms.ChoiceField(label=_("Language of the answer"), choices=settings.LANGUAGES)
    preferred_channel = forms.ChoiceField(
        label=_("How to answer"),
        required=False,
        choices=[("", _("As it is best")), *((way, PREFERRED_CHANNELS[way]) for way in _LEFT_BY_STAFF)],
    )
    sensitive = forms.BooleanField(
        label=_("Sensitive: corruption, harm to a person, or about our own staff"),
        required=False,
        help_text=_("Only those named for it will see the appeal; you may not be among them."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["files"] = FilesField(label=_("Files"), help_text=_("A picture of the paper, documents, sound."))
        reference = current()
        regions = [(row.kato, name_in(row)) for row in reference.regions_in_order(current_language())]
        topics = [
            (name_in(group), [(topic.code, name_in(topic)) for topic in topics])
            for group, topics in reference.topic_tree()
        ]
        self.fields["region"].choices = [("", _("Not known")), *regions]  # type: ignore[attr-defined]
        self.fields["topic"].choices = [("", _("Not known yet")), *topics]  # type: ignore[attr-defined]
        reasons = [(row.code, name_in(row)) for row in reference.reasons_for_attachment(timezone.localdate())]
        self.fields["attachment_reason"].choices = [("", _("It is not about that")), *reasons]  # type: ignore[attr-defined]

    @property
    def choice(self) -> ClinicChoice | None:
        """That a valid form asks for attachment to a clinic, and why."""
        reason = self.cleaned_data["attachment_reason"]
        return ClinicChoice(reason=reason, last_choice=self.cleaned_data["last_choice"]) if reason else None

    @property
    def about_attachment(self) -> bool:
        """Whether its part about attachment says anything, or has something to mend."""
        return self._says_something("attachment_reason", "last_choice")

    @property
    def about_another(self) -> bool:
        """Whether its part about somebody else says anything."""
        return self._says_something("relation", *(f"patient_{name}" for name in _OF_A_PATIENT))

    @property
    def patient(self) -> Person | None:
        """Whom a valid form is about, if that is not the applicant."""
        said = {name: self.cleaned_data[f"patient_{name}"] for name in _OF_A_PATIENT}
        return Person(**said) if any(said.values()) else None

    def _says_something(self, *names: str) -> bool:
        return any(self[name].value() or self[name].errors for name in names)

    def options(self, staff: Staff) -> list[OrganisationOption]:
        """The organisations to choose from: what the words mean; without words the one that is chosen."""
        words = str(self["organisation_words"].value() or "")
        if words.strip():
            return found_for_form(words, current().region_by_kato(str(self["region"].value() or "")), staff)
        chosen = _organisation(str(self["organisation"].value() or ""))
        return [option(chosen)] if chosen else []


@method_decorator(staff_page, name="dispatch")
class Registering(View):
    """The form, and the one way in behind it. Sending it twice registers once."""

    def get(self, request: HttpRequest) -> HttpResponse:
        refuse_readers(request)
        return self._show(request, RegisteringForm(initial=_at_first(staff_of(request))), Uploads())

    def post(self, request: HttpRequest) -> HttpResponse:
        refuse_readers(request)
        uploads = read_uploads(request)
        if "find" in request.POST or "take_off" in request.POST:
            return self._show(request, RegisteringForm(initial=request.POST.dict()), uploads)
        form = RegisteringForm(request.POST)
        for problem in uploads.problems:
            form.add_error("files", problem)
        if not form.is_valid():
            return self._show(request, form, uploads, status=422)
        if doubts := doubts_of(form.cleaned_data):
            return self._show(request, _asking(request, doubts), uploads, status=422)
        try:
            receipt = submit(_new_appeal(form, uploads, staff_of(request)))
        except SameKeyOtherContent as problem:
            typed = request.POST.copy()
            typed["delivery_key"] = _fresh_key()
            form = RegisteringForm(typed)
            form.is_valid()
            form.add_error(None, say(problem.sentence))
            return self._show(request, form, uploads, status=409)
        except Problem as problem:
            field = problem.field if problem.field in form.fields else None
            form.add_error(field, say(problem.sentence))
            return self._show(request, form, uploads, status=422)
        return redirect("desk:receipt", number=receipt.number)

    def _show(
        self, request: HttpRequest, form: RegisteringForm, uploads: Uploads, *, status: int = 200
    ) -> HttpResponse:
        options = form.options(staff_of(request))
        context = {"section": "new", "form": form, "uploads": uploads, "options": options}
        return show(request, "registering.html", context, status=status)


def _fresh_key() -> str:
    return f"desk-{uuid4()}"


def _asking(request: HttpRequest, doubts: Mapping[str, str]) -> RegisteringForm:
    """The form once more, which asks about what looks wrong and remembers that it did."""
    typed = request.POST.copy()
    typed["asked"] = " ".join({*typed.get("asked", "").split(), *doubts})
    form = RegisteringForm(typed)
    form.is_valid()
    form.add_error(None, _("Ask the person while they are here. Sent once more as it is, it is registered as it is."))
    for name, why in doubts.items():
        form.add_error(name, why)
    return form


def _at_first(staff: Staff) -> dict[str, Any]:
    """A clinic's desk takes appeals about its own clinic most of the time; the contact centre takes calls."""
    desk = staff.desk
    organisation = desk.organisation_id if desk and desk.kind == DeskKind.CLINIC else None
    return {
        "delivery_key": _fresh_key(),
        "how": "call" if desk and desk.kind == DeskKind.CONTACT_CENTRE else "oral",
        "kind": Kind.COMPLAINT.value,
        "language": current_language(),
        "organisation": organisation or "",
        "region": desk.region.kato if desk and desk.region else "",
    }


def _new_appeal(form: RegisteringForm, uploads: Uploads, staff: Staff) -> NewAppeal:
    said = form.cleaned_data
    organisation = _organisation_meant(said["organisation"], said["organisation_words"])
    return NewAppeal(
        channel=Channel.CALL if said["how"] == "call" else Channel.CLINIC_DESK,
        text=said["text"],
        delivery_key=said["delivery_key"],
        received_at=timezone.now(),
        kind=Kind.APPLICATION if form.choice else Kind(said["kind"]),
        language=said["language"],
        applicant=Person(
            **{
                name: said[name]
                for name in ("surname", "given_name", "patronymic", "iin", "phone", "email", "postal_address")
            }
        ),
        patient=form.patient,
        relation=said["relation"],
        preferred_channel=said["preferred_channel"],
        region=said["region"],
        organisation_id=organisation.pk if organisation else None,
        organisation_as_said="" if organisation else said["organisation_words"],
        topic=ATTACHMENT if form.choice else said["topic"],
        event_date=_day(said["event_date"]),
        circumstances=said["circumstances"],
        desired_outcome=said["desired_outcome"],
        choice=form.choice,
        sensitive=said["sensitive"],
        staged_files=uploads.tokens,
        taken_by_id=staff.pk,
    )


def _organisation_meant(key: str, words: str) -> Organisation | None:
    """The one that was chosen, unless other words were typed after it: then those count, as they were said."""
    chosen = _organisation(key)
    return chosen if chosen and (not words.strip() or is_meant_by(words, chosen)) else None


def _organisation(key: str) -> Organisation | None:
    return current().organisations.get(row_id(key) or 0)


def _day(text: str) -> date | str | None:
    """The day, or the words that were written instead of one."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return text
