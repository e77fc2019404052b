"""Accepting an appeal."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from qorgau.handling.accept import accept
from qorgau.people.models import Staff
from qorgau.register.models import Appeal
from qorgau.rules.states import Verb
from qorgau.workplace.verbs.verb_page import VerbPage


class Acceptance(VerbPage):
    """Take a new appeal, or one that another desk offers, into work."""

    verb = Verb.ACCEPT
    what_follows = _("Your desk takes the appeal into work, and you become the one who works on it.")
    done = _("The appeal is in work; you work on it.")

    def act(self, appeal: Appeal, form: Any, *, staff: Staff, at: datetime, seen_version: int | None) -> None:
        accept(appeal, staff=staff, at=at, seen_version=seen_version)
