"""Whoever calls the contact centre and has lost the number or the code of an appeal.

1414 takes no part in most appeals and reads none of them. Here it finds by what a caller says (the number, the IIN, the
telephone or the e-mail they left) that there is one, tells its number, and sends a new code to the contact on record.
A sensitive appeal is not found. Whose appeals were shown, to whom, is written down like every other look.
"""

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from qorgau.lib.speech import say
from qorgau.people.models import Staff
from qorgau.register.models import Appeal
from qorgau.register.scope import appeals_for, callers_appeals_for
from qorgau.rules.kinds import Kind
from qorgau.rules.numbers import number_in
from qorgau.rules.privacy import shown_of_masked_iin
from qorgau.rules.problems import Problem
from qorgau.workplace.access import staff_of, staff_page, with_directory
from qorgau.workplace.desk_pages import answers_calls
from qorgau.workplace.finding.found import MOST_FOUND, people_meant
from qorgau.workplace.openings import note_opening
from qorgau.workplace.showing import show
from qorgau.workplace.verbs.new_code import NewCode
from qorgau.workplace.wording import KINDS

CALLER = "caller"
"""What the appeals of callers are opened for."""


class CallerForm(forms.Form):
    """What the caller says of themselves or of the appeal."""

    said = forms.CharField(
        label=_("What the caller knows"),
        max_length=100,
        help_text=_("The number of the appeal, the IIN, or the telephone or e-mail that was left with it."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Write what the caller knows.")},
    )


@staff_page
@require_http_methods(["GET", "HEAD", "POST"])
def callers(request: HttpRequest) -> HttpResponse:
    """Ask what the caller knows; by POST, since nobody's identity number stands in an address, say which appeals."""
    staff = staff_of(request)
    if not answers_calls(staff):
        raise PermissionDenied
    form = CallerForm(request.POST or None)
    rows = None
    if form.is_valid():
        appeals = _meant(staff, form.cleaned_data["said"])
        note_opening(request, appeals, part="person", purpose=CALLER)
        rows = _rows(appeals, staff)
    context = {"section": "callers", "form": form, "rows": rows}
    return show(request, "callers.html", context, status=422 if form.errors else 200)


class CallersCode(NewCode):
    """A new code for a caller, whose appeal the contact centre does not read."""

    page = "caller_page.html"
    where_to_look = _("Show this page anew to see whether it arrived.")

    def appeal_for(self, request: HttpRequest, number: str) -> Appeal:
        staff = staff_of(request)
        if "\0" in number:
            raise Http404
        appeal = callers_appeals_for(staff).filter(number=number).select_related("applicant", "taken_by").first()
        if appeal is None:
            raise Http404
        note_opening(request, [appeal], part="form", purpose=CALLER)
        return with_directory(appeal)

    def act(self, appeal: Appeal, form: Any, *, staff: Staff, at: datetime, seen_version: int | None) -> None:
        # What else happened to the appeal is nothing for the contact centre; the code it replaces is what it saw.
        super().act(appeal, form, staff=staff, at=at, seen_version=None)

    def _meanwhile(self, request: HttpRequest, number: str, problem: Problem, seen: int | None) -> HttpResponse:
        """The form again with everything typed; what changed is not shown."""
        appeal, staff = self.appeal_for(request, number), staff_of(request)
        form = self.form_class(request.POST, appeal=appeal, staff=staff)
        form.is_valid()
        form.add_error(None, say(problem.sentence))
        return self._show(request, appeal, form, status=409)

    def after(self, request: HttpRequest, appeal: Appeal, form: Any) -> HttpResponse:
        messages.success(request, self.done_words(form))
        return redirect("desk:callers_code", number=appeal.number)

    def context(self, appeal: Appeal, form: Any) -> dict[str, Any]:
        head = {"number": appeal.number, "href": reverse("desk:callers")}
        return super().context(appeal, form) | {"head": head, "section": "callers"}


def _meant(staff: Staff, said: str) -> list[Appeal]:
    """The appeals of the caller, the latest first. Masked numbers find nobody here: they are those of many people."""
    seen = callers_appeals_for(staff).select_related("applicant").order_by("-received_at", "-pk")
    by_number = seen.filter(number=number_in(said))
    people = None if shown_of_masked_iin(said) else people_meant(said)
    # The ten digits of a number may be those of a telephone.
    of_them = seen.filter(applicant__in=people)[:MOST_FOUND] if people is not None else ()
    return list({appeal.pk: appeal for appeal in (*by_number, *of_them)}.values())


def _rows(appeals: list[Appeal], staff: Staff) -> list[dict[str, Any]]:
    """As much as is needed to ask the caller which one they mean: nothing of what it is about."""
    own = set(appeals_for(staff).filter(pk__in=[appeal.pk for appeal in appeals]).values_list("pk", flat=True))
    return [
        {
            "number": appeal.number,
            "name": appeal.applicant.full_name,
            "kind": KINDS[Kind(appeal.kind)],
            "received_on": timezone.localdate(appeal.received_at),
            "card": reverse("desk:appeal", args=[appeal.number]) if appeal.pk in own else "",
            "new_code": reverse("desk:new_code" if appeal.pk in own else "desk:callers_code", args=[appeal.number]),
        }
        for appeal in appeals
    ]
