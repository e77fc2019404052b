"""Sending a draft back to its author."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from qorgau.handling.send_back import send_back
from qorgau.people.models import Staff
from qorgau.register.models import Appeal
from qorgau.rules.states import Verb
from qorgau.workplace.verbs.verb_page import VerbForm, VerbPage
from qorgau.workplace.verbs.words import reason_field


class SendingBackForm(VerbForm):
    """What must change."""

    reason = reason_field(_("What must change"))


class SendingBack(VerbPage):
    """Send the draft back with what must change."""

    verb = Verb.SEND_BACK
    form_class = SendingBackForm
    what_follows = _("The author reads what must change and writes on. The appeal is in work again.")
    done = _("The draft was sent back.")

    def act(self, appeal: Appeal, form: Any, *, staff: Staff, at: datetime, seen_version: int | None) -> None:
        send_back(appeal, staff=staff, reason=form.cleaned_data["reason"], at=at, seen_version=seen_version)
