"""Sending the answer."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from qorgau.handling.answer import answer
from qorgau.people.models import Staff
from qorgau.register.models import Appeal
from qorgau.rules.states import Verb
from qorgau.workplace.card.answer_shown import answer_for
from qorgau.workplace.verbs.verb_page import VerbPage


class Answering(VerbPage):
    """Send the answer as it reads to the applicant."""

    verb = Verb.ANSWER
    template = "verbs/answering_form.html"
    what_follows = _(
        "The applicant gets the answer as it reads below. It cannot be changed afterwards; the clocks stop."
    )
    done = _("The answer was sent.")

    def act(self, appeal: Appeal, form: Any, *, staff: Staff, at: datetime, seen_version: int | None) -> None:
        answer(appeal, staff=staff, at=at, seen_version=seen_version)

    def context(self, appeal: Appeal, form: Any) -> dict[str, Any]:
        return {"answer": answer_for(appeal, form.staff)}
