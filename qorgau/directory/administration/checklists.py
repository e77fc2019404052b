from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Q, QuerySet
from django.forms import ModelForm
from django.forms.models import BaseModelFormSet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from qorgau.directory.administration.dated_form import DatedForm
from qorgau.directory.administration.recorded import IN_FORCE, NAMES, Dated, InForce
from qorgau.directory.changes import record, values_of
from qorgau.directory.models import Change, Checklist, ChecklistStep
from qorgau.lib.clean_text import clean_line
from qorgau.people.sign_in import signed_in

_IN_THREE_LANGUAGES = ("name_kk", "name_ru", "name_en")


class ChecklistForm(DatedForm):
    """A list: its name, and the appeals it belongs to."""

    only_one_of = ("topic", "appeal_kind")

    class Meta:
        model = Checklist
        fields = ("name_kk", "name_ru", "name_en", "code", "topic", "appeal_kind", "valid_from", "valid_to")
        help_texts = {
            "code": _("Latin letters, digits and hyphens. It stands in addresses and exports and does not change."),
            "topic": _("Empty for any topic; a group means all of its topics."),
            "appeal_kind": _("Empty for any kind."),
        }


class StepForm(DatedForm):
    """A step, in all three languages: colleagues read the same list each in their own."""

    class Meta:
        model = ChecklistStep
        fields = ("name_kk", "name_ru", "name_en", "must", "position", "valid_from", "valid_to")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in _IN_THREE_LANGUAGES:
            self.fields[name].required = True
            # A step is a sentence: it is read whole while it is written, and stays one line.
            self.fields[name].widget = forms.Textarea(attrs={"rows": 2, "cols": 80, "maxlength": 400})

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for name in _IN_THREE_LANGUAGES:
            cleaned[name] = clean_line(cleaned.get(name) or "")
        return cleaned


class Steps(admin.StackedInline):
    """The steps of a list."""

    model = ChecklistStep
    form = StepForm
    # Some are there from the beginning, for whoever has no JavaScript.
    extra = 3
    min_num = 1
    can_delete = False
    fields = ("name_kk", "name_ru", "name_en", ("must", "position"), ("valid_from", "valid_to"))
    verbose_name_plural = _("Steps")


@admin.register(Checklist)
class Checklists(Dated):
    """Steps that an installation wants done, list by list."""

    form = ChecklistForm
    inlines = (Steps,)
    list_display = ("name_ru", "code", "topic", "appeal_kind", "in_force")
    list_filter = (InForce, "appeal_kind")
    list_select_related = ("topic",)
    search_fields = ("name_kk", "name_ru", "name_en", "code", "steps__name_kk", "steps__name_ru", "steps__name_en")
    fixed = ("code", "topic", "appeal_kind")
    fieldsets = (
        (
            NAMES[0],
            {
                "fields": NAMES[1]["fields"],
                "description": _(
                    "An appeal has the lists that were in force on the day it was registered: the one for all topics, "
                    "that of its group and that of its topic. New words of a step show on all of these appeals at "
                    "once; to ask for something else from a day on, give the list or the step its last day and write a "
                    "new one. A step that must be done holds back the submission and the sending of the answer."
                ),
            },
        ),
        (_("Which appeals"), {"fields": ("code", "topic", "appeal_kind")}),
        IN_FORCE,
    )

    def save_formset(self, request: HttpRequest, form: ModelForm, formset: BaseModelFormSet, change: bool) -> None:
        """Save the steps, each with its line in the history."""
        before = {row.pk: values_of(row) for row in ChecklistStep.objects.filter(checklist=form.instance)}
        for row in formset.save():
            record(row, before=before.get(row.pk, {}), by=signed_in(request))

    def changes_of(self, row: Any) -> QuerySet[Change]:
        """The lines of the list and those of its steps."""
        steps = Q(model=ChecklistStep._meta.label_lower, row_id__in=row.steps.values("pk"))
        return Change.objects.filter(steps | Q(model=row._meta.label_lower, row_id=row.pk))
