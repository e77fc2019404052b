"""Taking back an appeal that was offered to another desk."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from qorgau.handling.take_back import take_back
from qorgau.people.models import Staff
from qorgau.register.models import Appeal
from qorgau.rules.states import Verb
from qorgau.workplace.verbs.verb_page import VerbForm, VerbPage
from qorgau.workplace.verbs.words import reason_field


class TakingBackForm(VerbForm):
    """Why it is taken back."""

    reason = reason_field(hint=_("The other desk reads it, and the history of the appeal shows it."))


class TakingBack(VerbPage):
    """Take back what the other desk has not accepted yet."""

    verb = Verb.TAKE_BACK
    form_class = TakingBackForm
    what_follows = _(
        "The appeal stays with your desk. The other one is told and no longer sees it. You may then hand it over to "
        "another desk."
    )
    done = _("The offer was taken back.")

    def act(self, appeal: Appeal, form: Any, *, staff: Staff, at: datetime, seen_version: int | None) -> None:
        take_back(appeal, staff=staff, reason=form.cleaned_data["reason"], at=at, seen_version=seen_version)
