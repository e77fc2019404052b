"""Looking at the contacts and the IIN of a person. Every look is a line in the journal that says who and what for."""

from django import forms
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from qorgau.people.models import Applicant, Staff
from qorgau.register.actors import Actor
from qorgau.register.change import SomebodyWasFaster, change
from qorgau.register.models import Appeal
from qorgau.register.openings import purpose_today
from qorgau.workplace.access import get_appeal, refuse_readers, staff_of, staff_page
from qorgau.workplace.card.head import head_of
from qorgau.workplace.card.meanwhile import LOOKED
from qorgau.workplace.card.person_shown import in_full, masked
from qorgau.workplace.openings import note_opening
from qorgau.workplace.showing import show
from qorgau.workplace.wording import PURPOSES_OF_LOOKING

_TRIES = 3

WHO = {"applicant": _("Applicant"), "patient": _("Patient")}


class LookingForm(forms.Form):
    """At whom, and what for."""

    who = forms.ChoiceField(choices=list(WHO.items()), widget=forms.HiddenInput)
    purpose = forms.ChoiceField(
        label=_("What do you need them for?"),
        choices=[("", _("Choose the reason")), *PURPOSES_OF_LOOKING.items()],
        error_messages={"required": _("Choose what you need the contacts for: it stands in the journal.")},
    )


@staff_page
@require_POST
def looking(request: HttpRequest, number: str) -> HttpResponse:
    """Show contacts and IIN in full, once, after the journal line is written. The answer is never kept anywhere."""
    appeal, staff = get_appeal(request, number), staff_of(request)
    refuse_readers(request)
    form = LookingForm(_with_what_was_said_today(request.POST, appeal, staff))
    context = {"appeal": appeal, "head": head_of(appeal, staff), "looking_form": form, "number": number}
    page = "card/contacts.html" if request.headers.get("HX-Request") else "card/contacts_page.html"
    if not form.is_valid():
        person = _person(appeal, request.POST.get("who", "applicant"))
        context |= {"contacts": masked(person, staff), "who": request.POST.get("who", "applicant")}
        return show(request, page, context, status=200 if request.headers.get("HX-Request") else 422)
    who = form.cleaned_data["who"]
    person = _person(appeal, who)
    why = form.cleaned_data["purpose"]
    _write_down(appeal, staff, who=who, why=why)
    note_opening(request, [appeal], part="contacts", purpose=why)
    context |= {"contacts": masked(person, staff) | in_full(person), "who": who, "written_down": True}
    return show(request, page, context)


def _with_what_was_said_today(typed: QueryDict, appeal: Appeal, staff: Staff) -> QueryDict:
    """The purpose is asked once for each appeal and day; a look later on the same day serves the same one."""
    if typed.get("purpose"):
        return typed
    filled = typed.copy()
    filled["purpose"] = purpose_today(staff, appeal.pk, at=timezone.now())
    return filled


def _person(appeal: Appeal, who: str) -> Applicant:
    person = appeal.patient if who == "patient" else appeal.applicant
    if person is None:
        raise Http404
    return person


def _write_down(appeal: Appeal, staff: Staff, *, who: str, why: str) -> None:
    """A look changes nothing, so it need not lose a race against somebody who does: it is written after them."""
    for attempt in range(1, _TRIES + 1):
        try:
            with transaction.atomic():
                change(appeal, verb=LOOKED, actor=Actor.of(staff), at=timezone.now(), details={"who": who, "why": why})
                return
        except SomebodyWasFaster:
            if attempt == _TRIES:
                raise
            appeal.refresh_from_db(fields=["version", "journal_head"])
