"""Returning an appeal that another desk offers."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from qorgau.handling.return_back import return_back
from qorgau.people.models import Staff
from qorgau.register.models import Appeal
from qorgau.rules.states import Verb
from qorgau.workplace.verbs.verb_page import VerbForm, VerbPage
from qorgau.workplace.verbs.words import reason_field


class ReturningForm(VerbForm):
    """Why it is returned."""

    reason = reason_field(hint=_("Say which desk is the right one, if you know."))


class Returning(VerbPage):
    """Return an offered appeal to the desk that still holds it."""

    verb = Verb.RETURN_BACK
    form_class = ReturningForm
    what_follows = _("The desk that offered the appeal goes on holding it and is told why. The return is counted.")
    done = _("The appeal was returned.")

    def act(self, appeal: Appeal, form: Any, *, staff: Staff, at: datetime, seen_version: int | None) -> None:
        return_back(appeal, staff=staff, reason=form.cleaned_data["reason"], at=at, seen_version=seen_version)
