"""Handing an appeal to another desk."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from qorgau.directory.models import Desk
from qorgau.handling.pass_on import may_receive, pass_on, receivers
from qorgau.people.models import Staff
from qorgau.register.models import Appeal
from qorgau.rules.ladder import DeskKind
from qorgau.rules.states import Verb
from qorgau.workplace.verbs.desk_choice import DeskChoiceForm, DeskChoicePage
from qorgau.workplace.verbs.words import reason_field

_TOO_MANY = 10


class HandOverForm(DeskChoiceForm):
    """To whom and why."""

    chosen, typed = "to", "desk_words"

    desk_words = forms.CharField(
        label=_("Desk"),
        required=False,
        help_text=_("The desks on the ladder are below. Find another by the name of its organisation or region."),
    )
    to = forms.CharField(required=True, error_messages={"required": _("Choose the desk.")})
    reason = reason_field(hint=_("The other desk and the history of the appeal show it."))

    def natural(self) -> list[Desk]:
        desks = receivers(self.appeal)
        return desks if len(desks) <= _TOO_MANY else [desk for desk in desks if desk.kind != DeskKind.BRANCH]

    def possible(self, desk: Desk) -> bool:
        return may_receive(self.appeal, desk)


class HandOver(DeskChoicePage):
    """Offer the appeal to another desk, up or down the ladder."""

    verb = Verb.PASS_ON
    form_class = HandOverForm
    what_follows = _("Your desk goes on holding the appeal, and the clock runs on, until the other desk accepts it.")
    done = _("The appeal is offered; it stays with your desk until it is accepted.")

    def act(self, appeal: Appeal, form: Any, *, staff: Staff, at: datetime, seen_version: int | None) -> None:
        reason = form.cleaned_data["reason"]
        pass_on(appeal, staff=staff, to=form.desk(), reason=reason, at=at, seen_version=seen_version)
