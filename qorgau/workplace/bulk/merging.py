"""Merging several appeals into one of them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from qorgau.handling.merge import merge
from qorgau.people.models import Staff
from qorgau.register.models import Appeal
from qorgau.register.scope import appeals_for
from qorgau.rules.kinds import Kind
from qorgau.rules.states import Verb
from qorgau.workplace.bulk.verbs import ManyForm, ManyVerb
from qorgau.workplace.verbs.words import reason_field
from qorgau.workplace.wording import KINDS


class MergingForm(ManyForm):
    """Which of them leads, and why they are answered together."""

    into = forms.ChoiceField(
        label=_("Which of them leads"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the appeal that leads: work goes on there.")},
    )
    reason = reason_field(
        _("Why they are answered together"), hint=_("For your colleagues; the applicants do not read it.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["into"].choices = earliest_first(self.appeals)  # type: ignore[attr-defined]


def earliest_first(appeals: Iterable[Appeal]) -> list[tuple[str, str]]:
    """Choices of one of several appeals: what came first is mostly what the others belong to."""
    in_order = sorted(appeals, key=lambda appeal: (appeal.received_at, appeal.pk))
    return [(appeal.number, f"{appeal.number} · {KINDS[Kind(appeal.kind)]}") for appeal in in_order]


class Merging(ManyVerb):
    verb = Verb.MERGE
    form_class = MergingForm
    what_follows = _(
        "Work goes on with the one that leads, and its answer comes to every applicant. All numbers keep working, the "
        "lawful term of each stays, and no applicant sees another. It can be undone for 14 days, until there is an "
        "answer."
    )

    def act(self, appeal: Appeal, form: Any, *, staff: Staff, at: datetime, seen_version: int | None) -> None:
        into = appeals_for(staff).select_related("holder", "applicant").get(number=form.cleaned_data["into"])
        # The one that leads was chosen with the others; nothing is to be done to it.
        if into.pk != appeal.pk:
            merge(appeal, into=into, staff=staff, reason=form.cleaned_data["reason"], at=at, seen_version=seen_version)
