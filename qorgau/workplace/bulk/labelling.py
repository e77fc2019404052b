"""Putting labels on several appeals."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from qorgau.directory.reference import current
from qorgau.handling.set_details import add_labels
from qorgau.lib.speech import name_in
from qorgau.people.models import Staff
from qorgau.register.models import Appeal
from qorgau.rules.states import Verb
from qorgau.workplace.bulk.verbs import ManyForm, ManyVerb


class LabellingForm(ManyForm):
    """The labels in use."""

    labels = forms.MultipleChoiceField(
        label=_("Labels"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose a label.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        options = [(label.code, name_in(label)) for label in current().labels_in_force()]
        self.fields["labels"].choices = options  # type: ignore[attr-defined]
        if not options:
            self.fields["labels"].help_text = _("There are no labels yet. Administrators add them.")


class Labelling(ManyVerb):
    """The labels come to those that each appeal has; none is taken off."""

    verb = Verb.SET_DETAILS
    words = _("Put labels on")
    form_class = LabellingForm
    what_follows = _("The appeals get these labels besides those they have. The applicants do not see them.")

    def act(self, appeal: Appeal, form: Any, *, staff: Staff, at: datetime, seen_version: int | None) -> None:
        add_labels(appeal, staff=staff, labels=form.cleaned_data["labels"], at=at, seen_version=seen_version)
