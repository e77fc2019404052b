"""Extending the lawful term."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from qorgau.handling.extend import extend
from qorgau.people.models import Staff
from qorgau.register.models import Appeal
from qorgau.rules.states import Verb
from qorgau.workplace.verbs.verb_page import VerbForm, VerbPage
from qorgau.workplace.verbs.words import reason_field


class ExtensionForm(VerbForm):
    """Until when and why."""

    until = forms.DateField(
        label=_("New due date"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d.%m.%Y"],
        help_text=_("At most two months after the first due date (Art. 76)."),
        error_messages={
            "required": _("Choose the new due date."),
            "invalid": _("Write the date as day, month and year, for example 21.03.2026."),
        },
    )
    reason = reason_field(hint=_("The applicant reads the new date; the reason stands in the decision."))


class Extension(VerbPage):
    """Extend the term by a reasoned decision of the head or the deputy."""

    verb = Verb.EXTEND
    form_class = ExtensionForm
    what_follows = _("The computation sheet gets the step, and the applicant is told of the new date at once.")
    done = _("The term was extended and the applicant is told.")

    def act(self, appeal: Appeal, form: Any, *, staff: Staff, at: datetime, seen_version: int | None) -> None:
        extend(
            appeal,
            staff=staff,
            until=form.cleaned_data["until"],
            reason=form.cleaned_data["reason"],
            at=at,
            seen_version=seen_version,
        )
