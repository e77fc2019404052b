"""Ticking steps of the checklist: each has a button of its own that says what the step shall be."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from qorgau.handling.tick import tick
from qorgau.people.models import Staff
from qorgau.register.models import Appeal
from qorgau.rules.states import Verb
from qorgau.workplace.checklists_shown import checklist_of
from qorgau.workplace.verbs.verb_page import VerbForm, VerbPage


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
    template = "ticking_form.html"
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
