"""Approving a draft."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from qorgau.handling.approve import approve
from qorgau.people.models import Staff
from qorgau.register.models import Appeal
from qorgau.rules.states import Verb
from qorgau.workplace.card.answer_shown import answer_for
from qorgau.workplace.verbs.verb_page import VerbForm, VerbPage


class ApprovalForm(VerbForm):
    """Whether the answer leaves at once."""

    send = forms.BooleanField(label=_("Send the answer to the applicant at once"), required=False)


class Approval(VerbPage):
    """Approve the draft of another person as it reads."""

    verb = Verb.APPROVE
    form_class = ApprovalForm
    template = "verbs/approval_form.html"
    what_follows = _("You approve the answer as it reads below. Any later change of it needs a new approval.")
    done = _("The answer is approved.")

    def act(self, appeal: Appeal, form: Any, *, staff: Staff, at: datetime, seen_version: int | None) -> None:
        approve(appeal, staff=staff, send=form.cleaned_data["send"], at=at, seen_version=seen_version)

    def context(self, appeal: Appeal, form: Any) -> dict[str, Any]:
        return {"answer": answer_for(appeal, form.staff)}
