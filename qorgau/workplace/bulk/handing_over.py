"""Offering several appeals to one other desk."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from qorgau.directory.models import Desk
from qorgau.directory.reference import current
from qorgau.handling.pass_on import may_receive, pass_on, receivers
from qorgau.lib.row_ids import row_id
from qorgau.people.models import Staff
from qorgau.register.models import Appeal
from qorgau.rules.states import Verb
from qorgau.workplace.bulk.verbs import ManyForm, ManyVerb
from qorgau.workplace.desks import DeskOption, found_desks, option
from qorgau.workplace.verbs.words import reason_field

_MOST_OFFERED = 12


class HandingOverForm(ManyForm):
    """To whom and why. A desk is offered when it can take one of the appeals at least; the others are refused."""

    chosen, typed = "to", "desk_words"

    desk_words = forms.CharField(
        label=_("Desk"),
        required=False,
        help_text=_("The desks on the ladder are below. Find another by the name of its organisation or region."),
    )
    to = forms.CharField(required=True, error_messages={"required": _("Choose the desk.")})
    reason = reason_field(hint=_("The other desk and the history of every appeal show it."))

    def options(self) -> list[DeskOption]:
        """What the words mean; without words the desks on the ladder and the one chosen."""
        words = str(self["desk_words"].value() or "")
        if words.strip():
            found = found_desks(words)
            return [option(desk) for desk in found if any(may_receive(appeal, desk) for appeal in self.appeals)]
        desks = {desk.pk: desk for appeal in self.appeals for desk in receivers(appeal)}
        offered = list(desks.values())[:_MOST_OFFERED]
        chosen = self._desk(str(self["to"].value() or ""))
        return [option(desk) for desk in dict.fromkeys([chosen, *offered] if chosen else offered)]

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if "to" in self.cleaned_data and self._desk(self.cleaned_data["to"]) is None:
            self.add_error("to", forms.ValidationError(_("This desk is not in the list. Choose another.")))
        return cleaned

    def desk(self) -> Desk:
        """The desk that was chosen; only of a valid form."""
        found = self._desk(self.cleaned_data["to"])
        assert found is not None, "clean() has found it"
        return found

    @staticmethod
    def _desk(key: str) -> Desk | None:
        return current().desks.get(row_id(key) or 0)


class HandingOver(ManyVerb):
    """Each appeal by itself is judged by `pass_on`: which desk can have it depends on its organisation."""

    verb = Verb.PASS_ON
    form_class = HandingOverForm
    template = "bulk/desk_choice.html"
    what_follows = _("Your desk goes on holding the appeals, and the clocks run on, until the other desk accepts them.")

    def act(self, appeal: Appeal, form: Any, *, staff: Staff, at: datetime, seen_version: int | None) -> None:
        reason = form.cleaned_data["reason"]
        pass_on(appeal, staff=staff, to=form.desk(), reason=reason, at=at, seen_version=seen_version)
