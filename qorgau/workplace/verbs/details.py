"""Setting labels and own fields."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from qorgau.directory.models import OwnField
from qorgau.directory.own_fields import LONGEST_TEXT, NO, YES, fields_for, input_name, option_words
from qorgau.directory.reference import current
from qorgau.handling.set_details import set_details
from qorgau.lib.speech import name_in
from qorgau.people.models import Staff
from qorgau.register.details import labels_of, values_of
from qorgau.register.models import Appeal
from qorgau.rules.states import Verb
from qorgau.workplace.verbs.verb_page import VerbForm, VerbPage


class DetailsForm(VerbForm):
    """The labels in use, those that the appeal has, and the own fields of its topic at the desk that holds it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        has = labels_of([self.appeal.pk]).get(self.appeal.pk, [])
        values = values_of([self.appeal.pk]).get(self.appeal.pk, {})
        labels = {label.code: label for label in [*current().labels_in_force(), *has]}
        self.own = fields_for(self.appeal.topic, self.appeal.holder.kind)
        if labels:
            self.fields["labels"] = forms.MultipleChoiceField(
                label=_("Labels"),
                choices=[(code, name_in(label)) for code, label in labels.items()],
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )
        for field in self.own:
            self.fields[input_name(field.code)] = _input(field, values.get(field.code, ""))

    def values(self) -> dict[str, str]:
        """What was typed, by the code of the field."""
        return {field.code: self.cleaned_data[input_name(field.code)] for field in self.own}


class Details(VerbPage):
    """Put labels on the appeal and fill in its own fields."""

    verb = Verb.SET_DETAILS
    form_class = DetailsForm
    template = "verbs/details_form.html"
    what_follows = _("Everybody who sees the appeal reads them; the applicant does not. Nothing about persons here.")
    done = _("Labels and fields are saved.")

    def initial(self, appeal: Appeal, staff: Staff) -> dict[str, Any]:
        values = values_of([appeal.pk]).get(appeal.pk, {})
        labels = [label.code for label in labels_of([appeal.pk]).get(appeal.pk, [])]
        return {"labels": labels, **{input_name(code): value for code, value in values.items()}}

    def act(self, appeal: Appeal, form: Any, *, staff: Staff, at: datetime, seen_version: int | None) -> None:
        labels = form.cleaned_data.get("labels")
        set_details(appeal, staff=staff, labels=labels, values=form.values(), at=at, seen_version=seen_version)


def _input(field: OwnField, value: str) -> forms.Field:
    """The input of an own field. Its rules are those of `read_value`, which `set_details` asks."""
    label, required = name_in(field), field.required
    missing = {"required": _("This must be filled in.")}
    if field.kind in ("choice", "yes_no"):
        return forms.ChoiceField(
            label=label,
            required=required,
            error_messages=missing,
            choices=[("", _("Not said")), *_options(field, value)],
        )
    if field.kind == "date":
        widget = forms.TextInput(attrs={"type": "date"})
    elif field.kind == "number":
        widget = forms.TextInput(attrs={"inputmode": "decimal"})
    else:
        widget = forms.TextInput(attrs={"maxlength": LONGEST_TEXT})
    return forms.CharField(label=label, required=required, error_messages=missing, strip=False, widget=widget)


def _options(field: OwnField, value: str) -> list[tuple[str, str]]:
    """The options that are offered, and the one that was chosen before."""
    if field.kind == "yes_no":
        return [(YES, gettext("yes")), (NO, gettext("no"))]
    offered = [option for option in field.options if option["offered"] or option["code"] == value]
    return [(option["code"], option_words(option)) for option in offered]
