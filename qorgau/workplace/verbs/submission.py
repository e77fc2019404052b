"""Laying a draft before the head of the desk."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from qorgau.handling.submit_for_approval import submit_for_approval
from qorgau.people.models import Staff
from qorgau.register.models import Appeal
from qorgau.rules.states import Verb
from qorgau.workplace.verbs.verb_page import VerbPage


class Submission(VerbPage):
    """Submit the draft for approval."""

    verb = Verb.SUBMIT_FOR_APPROVAL
    what_follows = _("The head of the desk or the deputy reads the draft. Until then it cannot be changed.")
    done = _("The draft waits for approval.")

    def act(self, appeal: Appeal, form: Any, *, staff: Staff, at: datetime, seen_version: int | None) -> None:
        submit_for_approval(appeal, staff=staff, at=at, seen_version=seen_version)
