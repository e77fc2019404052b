"""Assigning an appeal to a colleague."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from qorgau.handling.assign import assign
from qorgau.handling.sensitive import readers_of
from qorgau.people.models import Staff
from qorgau.register.models import Appeal
from qorgau.rules.roles import HANDLERS
from qorgau.rules.states import Verb
from qorgau.workplace.verbs.verb_page import VerbForm, VerbPage


class AssignmentForm(VerbForm):
    """Who works on it."""

    to = forms.TypedChoiceField(label=_("Colleague"), coerce=int, error_messages={"required": _("Choose a colleague.")})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.colleagues = {person.pk: person for person in _colleagues(self.appeal)}
        choices = [(person.pk, _name(person)) for person in self.colleagues.values()]
        self.fields["to"].choices = [("", _("Choose a colleague")), *choices]  # type: ignore[attr-defined]


class Assignment(VerbPage):
    """Say who at the desk works on the appeal."""

    verb = Verb.ASSIGN
    form_class = AssignmentForm
    what_follows = _("The colleague finds the appeal under “Mine”.")
    done = _("The appeal is assigned.")

    def initial(self, appeal: Appeal, staff: Staff) -> dict[str, Any]:
        return {"to": appeal.assignee_id or staff.pk}

    def act(self, appeal: Appeal, form: Any, *, staff: Staff, at: datetime, seen_version: int | None) -> None:
        to = form.colleagues[form.cleaned_data["to"]]
        assign(appeal, staff=staff, to=to, at=at, seen_version=seen_version)


def _colleagues(appeal: Appeal) -> list[Staff]:
    """Those of the holding desk who may work on this appeal."""
    people = Staff.objects.filter(desk_id=appeal.holder_id, role__in=sorted(HANDLERS), is_active=True)
    if appeal.sensitive:
        people = people.filter(pk__in=readers_of(appeal).values("staff_id"))
    return [person for person in people.order_by("last_name", "first_name", "pk") if person.works_today]


def _name(person: Staff) -> str:
    return f"{person.get_full_name() or person.username} – {person.post or person.get_role_display()}"
