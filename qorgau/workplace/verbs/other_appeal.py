"""Naming another appeal in a form: those that probably belong together are offered, any other by its number."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qorgau.lib.speech import say, say_date
from qorgau.people.models import Staff
from qorgau.people.same_person import same_person_filter
from qorgau.register.models import Appeal, Link
from qorgau.register.scope import appeals_for
from qorgau.rules.kinds import Kind
from qorgau.rules.numbers import parse_number
from qorgau.rules.problems import Problem
from qorgau.rules.states import OPEN
from qorgau.workplace.discretion import words_for
from qorgau.workplace.state_words import state_words
from qorgau.workplace.verbs.verb_page import VerbForm, VerbPage
from qorgau.workplace.wording import KINDS

_AT_MOST = 8


class OtherAppealForm(VerbForm):
    """A form that names another appeal. After `is_valid`, `found` is it."""

    only_open = False
    """Whether only appeals that are still worked on, at this very desk, make sense."""

    offered = forms.ChoiceField(
        label=gettext_lazy("Probably meant"), required=False, widget=forms.RadioSelect, choices=()
    )
    other = forms.CharField(
        label=gettext_lazy("Number of another appeal"),
        required=False,
        max_length=60,
        help_text=gettext_lazy("As it stands on the card or on the receipt."),
        error_messages={"required": gettext_lazy("Choose an appeal, or write its number.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.found: Appeal | None = None
        candidates = [(row.number, _told(row)) for row in candidates_for(self.appeal, self.staff, self.only_open)]
        if candidates:
            self.fields["offered"].choices = [*candidates, ("", _("Another one"))]  # type: ignore[attr-defined]
        else:
            del self.fields["offered"]
            self.fields["other"].required = True

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        typed = self.cleaned_data.get("other", "").strip() or self.cleaned_data.get("offered", "")
        if "other" not in self.errors and "offered" not in self.errors:
            self._find(typed)
        return cleaned

    def _find(self, typed: str) -> None:
        if not typed:
            self.add_error("other", _("Choose an appeal, or write its number."))
            return
        try:
            number = parse_number(typed)
        except Problem as problem:
            self.add_error("other", say(problem.sentence))
            return
        self.found = _other(number, self.staff)
        if self.found is None:
            self.add_error("other", _("There is no appeal %(number)s, or it is not yours to see.") % {"number": number})


class OtherAppealPage(VerbPage):
    """The page of a verb with another appeal. "Look at it first" shows its words beside, and does nothing yet."""

    template = "verbs/other_appeal_form.html"

    def context(self, appeal: Appeal, form: Any) -> dict[str, Any]:
        typed = str(form["other"].value() or "").strip()
        if not typed and "offered" in form.fields:
            typed = str(form["offered"].value() or "")
        return {"other_shown": _shown(typed, form.staff) if typed else None}


def candidates_for(appeal: Appeal, staff: Staff, only_open: bool) -> list[Appeal]:
    """Appeals that probably belong with this one: by the same person, or linked as alike. Only those in scope."""
    alike = Link.objects.filter(Q(appeal=appeal) | Q(earlier=appeal), type__in=("duplicate_of", "repeat_of", "related"))
    ids = {key for pair in alike.values_list("appeal_id", "earlier_id") for key in pair}
    probable = Q(pk__in=ids)
    same = same_person_filter(appeal.applicant)
    if same is not None:
        probable |= Q(applicant__in=same)
    found = appeals_for(staff).filter(probable).exclude(pk=appeal.pk)
    if only_open:
        found = found.filter(state__in=sorted(OPEN), holder_id=appeal.holder_id)
    return list(found.order_by("-received_at")[:_AT_MOST])


def _other(number: str, staff: Staff) -> Appeal | None:
    related = ("applicant", "patient", "holder", "organisation", "region", "topic")
    return appeals_for(staff).filter(number=number).select_related(*related).first()


def _told(row: Appeal) -> str:
    return f"{row.number} · {KINDS[Kind(row.kind)]}, {state_words(row)}, {say_date(row.registered_on)}"


def _shown(typed: str, staff: Staff) -> dict[str, Any] | None:
    try:
        other = _other(parse_number(typed), staff)
    except Problem:
        return None
    if other is None:
        return None
    return {
        "number": other.number,
        "kind": KINDS[Kind(other.kind)],
        "state": other.state,
        "state_words": state_words(other),
        "received_at": other.received_at,
        "text": words_for(staff, other.text),
        "language": other.language,
    }
