"""A new access code for an applicant who calls, or has come, and has lost theirs or shares it against their will."""

from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from qorgau.handling.issue_code import STAYING, Issued, issue_code, masked_contact, on_record
from qorgau.lib.speech import name_in, say_date
from qorgau.notices.chats.new_code import grown_out_of
from qorgau.notices.models import Notice
from qorgau.notices.new_code import destination_of_code
from qorgau.notices.topics import Topic
from qorgau.people import applicants
from qorgau.people.models import Staff
from qorgau.register.models import Appeal
from qorgau.register.scope import appeals_for
from qorgau.rules.kinds import Channel
from qorgau.rules.ladder import DeskKind
from qorgau.rules.new_codes import Came, Sign, Why, may_be_asked
from qorgau.rules.states import Verb
from qorgau.workplace.verbs.verb_page import VerbForm, VerbPage
from qorgau.workplace.verbs.words import text_field
from qorgau.workplace.wording import CHANNELS, NOTICE_STATES, SIGNS_OF_THE_APPLICANT, WAYS

CAME = {
    Came.CALL.value: _("By telephone"),
    Came.PERSON.value: _("Has come in person"),
}
WHY = {
    Why.LOST.value: _("The applicant has lost the code"),
    Why.KNOWN.value: _("Somebody else knows the code"),
}


class NewCodeForm(VerbForm):
    """How the applicant speaks to us, by what they were recognised, and why they need another code."""

    # The code that this one replaces: whoever sends the form twice replaces it once.
    seen_code = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    came = forms.ChoiceField(
        label=_("How the applicant speaks to us"),
        choices=list(CAME.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how the applicant speaks to us.")},
    )
    signs = forms.MultipleChoiceField(
        label=_("What agrees with the record"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Ask, and mark what the person says right. Do not say yourself what is on record."),
        error_messages={"required": _("Ask until at least two things agree with the record, and mark them.")},
    )
    why = forms.ChoiceField(
        label=_("Why a new code"),
        choices=list(WHY.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose why a new code is needed.")},
    )
    note = text_field(_("Anything that those who read it later should know"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = may_be_asked(on_record(self.appeal))
        self.fields["signs"].choices = [(sign.value, SIGNS_OF_THE_APPLICANT[sign]) for sign in asked]  # type: ignore[attr-defined]


class NewCode(VerbPage):
    """Issue a new access code."""

    verb = Verb.ISSUE_CODE
    form_class = NewCodeForm
    template = "verbs/new_code_form.html"
    what_follows = _(
        "The old code opens nothing from now on, neither on the site nor in Telegram. The new one goes to a contact "
        "that was left with the appeal, and you do not see it. Never take down another contact for it."
    )
    done = _("A new code was issued, and the old one opens nothing any longer.")
    where_to_look: ClassVar[Promise] = _("The card shows whether it arrived.")

    def initial(self, appeal: Appeal, staff: Staff) -> dict[str, Any]:
        calls = staff.desk is not None and staff.desk.kind == DeskKind.CONTACT_CENTRE
        return {"seen_code": appeal.code_version, "came": Came.CALL.value if calls else ""}

    def act(self, appeal: Appeal, form: Any, *, staff: Staff, at: datetime, seen_version: int | None) -> None:
        said = form.cleaned_data
        self._issued = issue_code(
            appeal,
            staff=staff,
            why=Why(said["why"]),
            came=Came(said["came"]),
            signs=[Sign(sign) for sign in said["signs"]],
            note=said["note"],
            at=at,
            seen_version=seen_version,
            seen_code=said["seen_code"],
        )

    def after(self, request: HttpRequest, appeal: Appeal, form: Any) -> HttpResponse:
        """Whom no message reaches gets the code on paper: the receipt shows it once."""
        if self._issued.to is None:
            return redirect("desk:receipt", number=appeal.number)
        return super().after(request, appeal, form)

    def done_words(self, form: Any) -> str:
        return f"{self.done} {_sent_words(self._issued)} {self.where_to_look}"

    def context(self, appeal: Appeal, form: Any) -> dict[str, Any]:
        return {
            "on_record": _on_record(appeal, form),
            "goes_to": _goes_to(appeal),
            "sent_before": _sent_before(appeal),
            "grown_out": _grown_out(appeal, form.staff),
        }


def _sent_words(issued: Issued) -> str:
    to = issued.to
    assert to is not None, "what is handed over on paper goes on to the receipt"
    contact = f"{WAYS[to.way]} {masked_contact(to)}".strip()
    return gettext("It left for: %(contact)s.") % {"contact": contact}


def _on_record(appeal: Appeal, form: NewCodeForm) -> dict[str, str]:
    """What the record has, beside each question; as little of it as still lets a right answer be known."""
    person = appeal.applicant
    shown = applicants.masked(person)
    about = name_in(appeal.organisation) or appeal.organisation_as_said
    received = f"{say_date(timezone.localdate(appeal.received_at))}, {CHANNELS[Channel(appeal.channel)]}"
    said = {
        Sign.NAME: person.full_name,
        Sign.IIN: shown["iin"],
        Sign.PHONE: shown["phone"],
        Sign.EMAIL: shown["email"],
        Sign.MATTER: ", ".join(part for part in (name_in(appeal.topic), about) if part),
        Sign.WHEN: received,
    }
    return {sign.value: words for sign, words in said.items() if words}


def _goes_to(appeal: Appeal) -> list[dict[str, str]]:
    """Where the code goes for each reason, masked; one row where that is the same. Empty where no message arrives."""
    places = {why: destination_of_code(appeal, staying=STAYING[why]) for why in Why}
    rows = [
        {"why": str(WHY[why.value]), "way": str(WAYS[to.way]), "contact": masked_contact(to)}
        for why, to in places.items()
        if to is not None
    ]
    return rows[:1] if len(set(places.values())) == 1 else rows


def _sent_before(appeal: Appeal) -> dict[str, Any] | None:
    """How the new code that was sent last has fared; None where none was."""
    codes = Notice.objects.filter(appeal_number=appeal.number, topic=Topic.NEW_CODE.value)
    row = codes.exclude(state="overtaken").order_by("pk").last()
    if row is None:
        return None
    return {"way": WAYS[row.transport], "state": NOTICE_STATES[row.state], "when": row.sent_at or row.created_at}


def _grown_out(appeal: Appeal, staff: Staff) -> list[str]:
    """Numbers of appeals that grew out of this one, with codes of their own, as far as this person sees them."""
    grown = appeals_for(staff).filter(pk__in=[one.pk for one in grown_out_of(appeal)])
    return list(grown.order_by("number").values_list("number", flat=True))
