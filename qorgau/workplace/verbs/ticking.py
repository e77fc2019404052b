"""Ticking steps of the checklist: each has a button of its own that says what the step shall be."""

from datetime import datetime
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from qorgau.handling.tick import tick
from qorgau.people.models import Staff
from qorgau.register.models import Appeal
from qorgau.rules.states import Verb
from qorgau.workplace.access import staff_of
from qorgau.workplace.card.checklists_shown import checklist_of
from qorgau.workplace.card.choices import card_choices
from qorgau.workplace.showing import show
from qorgau.workplace.timeline.history import history_of
from qorgau.workplace.timeline.spoken import spoken_of
from qorgau.workplace.verbs.verb_page import VerbForm, VerbPage

PART_ONLY = "checklist"
"""Id of the checklist on the card; a press there names it in HX-Target and gets what it changes alone."""


class TickForm(VerbForm):
    """The step whose button was pressed, under what it shall be: `tick` is done, `untick` open again."""

    tick = forms.IntegerField(required=False, widget=forms.HiddenInput)
    untick = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and (cleaned.get("tick") is None) == (cleaned.get("untick") is None):
            raise forms.ValidationError(gettext("Choose a step of the checklist."))
        return cleaned

    @property
    def done(self) -> bool:
        """Whether the step shall be done."""
        return self.cleaned_data["tick"] is not None

    @property
    def step_id(self) -> int:
        return int(self.cleaned_data["tick"] if self.done else self.cleaned_data["untick"])


class Ticking(VerbPage):
    """Tick a step of the checklist off, or take the tick away."""

    verb = Verb.TICK
    form_class = TickForm
    template = "verbs/ticking_form.html"
    what_follows = _("Your name and the time stand beside the step. The applicant does not see it.")
    done = _("The step is done.")

    def act(self, appeal: Appeal, form: Any, *, staff: Staff, at: datetime, seen_version: int | None) -> None:
        tick(appeal, staff=staff, step_id=form.step_id, done=form.done, at=at, seen_version=seen_version)

    def done_words(self, form: Any) -> str:
        return str(self.done) if form.done else gettext("The step is open again.")

    def place_after(self, form: Any) -> str:
        return f"#step-{form.step_id}"

    def context(self, appeal: Appeal, form: Any) -> dict[str, Any]:
        return {"checklist": checklist_of(appeal, form.staff)}

    def after(self, request: HttpRequest, appeal: Appeal, form: Any) -> HttpResponse:
        if not _asks_for_the_part(request):
            return super().after(request, appeal, form)
        return _part(request, appeal, words=self.done_words(form))

    def _show(self, request: HttpRequest, appeal: Appeal, form: Any, *, status: int = 200, **more: Any) -> HttpResponse:
        """A press on the card that cannot be followed is answered on the card too, with the steps as they stand now."""
        if not _asks_for_the_part(request):
            return super()._show(request, appeal, form, status=status, **more)
        wrong = [error for errors in form.errors.values() for error in errors]
        return _part(request, appeal, wrong=wrong, changes=more.get("changes", []))


def _asks_for_the_part(request: HttpRequest) -> bool:
    return request.method == "POST" and request.headers.get("HX-Target") == PART_ONLY


def _part(request: HttpRequest, appeal: Appeal, **more: Any) -> HttpResponse:
    """What a tick changes on the card: the steps, what can be done now, and the time line. Whatever is being written
    there stays.
    """
    staff = staff_of(request)
    context = {
        "appeal": appeal,
        "number": appeal.number,
        "checklist": checklist_of(appeal, staff),
        "history": history_of(appeal, staff, spoken_of(appeal, staff), latest_only=True),
        "on_the_card": True,
        **card_choices(appeal, staff),
        **more,
    }
    response = show(request, "verbs/ticked.html", context)
    response["Vary"] = "HX-Target"
    return response
