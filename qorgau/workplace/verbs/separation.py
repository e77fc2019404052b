"""Undoing a merging."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from qorgau.handling.separate import separate
from qorgau.people.models import Staff
from qorgau.register.models import Appeal
from qorgau.rules.states import Verb
from qorgau.workplace.verbs.verb_page import VerbForm, VerbPage
from qorgau.workplace.verbs.words import reason_field


class SeparationForm(VerbForm):
    """Why it is answered on its own after all."""

    reason = reason_field()


class Separation(VerbPage):
    """The appeal is answered on its own again."""

    verb = Verb.SEPARATE
    form_class = SeparationForm
    what_follows = _("The appeal goes on by itself, with you and on its own term, and the applicant is told.")
    done = _("The appeal is answered on its own again.")

    def act(self, appeal: Appeal, form: Any, *, staff: Staff, at: datetime, seen_version: int | None) -> None:
        separate(appeal, staff=staff, reason=form.cleaned_data["reason"], at=at, seen_version=seen_version)
