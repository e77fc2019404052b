"""Passing an appeal to a body outside the register."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from qorgau.handling.redirect import redirect
from qorgau.people.models import Staff
from qorgau.register.models import Appeal
from qorgau.rules.states import Verb
from qorgau.workplace.verbs.verb_page import VerbForm, VerbPage
from qorgau.workplace.verbs.words import reason_field


class RedirectionForm(VerbForm):
    """Where it goes and why."""

    body = forms.CharField(
        label=_("Competent body"),
        max_length=300,
        help_text=_("As the applicant will read it, for example: Committee for Medical and Pharmaceutical Control"),
        error_messages={"required": _("Name the body that the appeal is passed to.")},
    )
    reason = reason_field()


class Redirection(VerbPage):
    """Pass the appeal to the body that is competent for it."""

    verb = Verb.REDIRECT
    form_class = RedirectionForm
    what_follows = _(
        "The appeal ends here, the clocks stop, and the applicant is told where it went. "
        "The law gives 3 working days from receipt (Art. 65)."
    )
    done = _("The appeal was redirected and the applicant is told.")
    kind = "danger"

    def act(self, appeal: Appeal, form: Any, *, staff: Staff, at: datetime, seen_version: int | None) -> None:
        redirect(
            appeal,
            staff=staff,
            body=form.cleaned_data["body"],
            reason=form.cleaned_data["reason"],
            at=at,
            seen_version=seen_version,
        )
