"""Going on without waiting any longer."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from qorgau.handling.carry_on import carry_on
from qorgau.people.models import Staff
from qorgau.register.models import Appeal
from qorgau.rules.states import Verb
from qorgau.workplace.verbs.verb_page import VerbPage


class Continuation(VerbPage):
    """Take the appeal back into work although nobody has replied."""

    verb = Verb.CARRY_ON
    what_follows = _("The appeal is in work again although nobody has replied. What was asked stays open.")
    done = _("The appeal is in work again.")

    def act(self, appeal: Appeal, form: Any, *, staff: Staff, at: datetime, seen_version: int | None) -> None:
        carry_on(appeal, staff=staff, at=at, seen_version=seen_version)
