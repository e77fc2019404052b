"""The form of one's own ready text."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from qorgau.directory.template_variables import problem_of
from qorgau.lib.clean_text import clean, clean_line
from qorgau.people.models import Staff
from qorgau.workplace.texts.belonging import DESK, MINE, may_make_for_desk
from qorgau.workplace.verbs.words import LONGEST_TEXT, text_field

WHOSE = {MINE: _("For me alone"), DESK: _("For my desk")}


class BelongingForm(forms.Form):
    """What texts and macros have in common: a name, and whose they are; the version that was seen."""

    version = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)
    name = forms.CharField(
        label=pgettext_lazy("of a thing", "Name"),
        max_length=200,
        error_messages={"required": _("Give it a name by which you will find it.")},
    )
    whose = forms.ChoiceField(label=_("For whom"), choices=list(WHOSE.items()), widget=forms.RadioSelect)

    def __init__(self, *args: Any, staff: Staff, is_new: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_new or not may_make_for_desk(staff):
            del self.fields["whose"]

    def clean_name(self) -> str:
        name = clean_line(self.cleaned_data["name"])
        if not name:
            raise ValidationError(_("Give it a name by which you will find it."))
        return name


class TextForm(BelongingForm):
    """A ready text, in one language at least; what is pasted loses its hidden characters and keeps its lines."""

    text_kk = text_field(_("Text in Kazakh"))
    text_ru = text_field(_("Text in Russian"))
    text_en = text_field(_("Text in English"))

    LANGUAGES = ("text_kk", "text_ru", "text_en")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name in self.LANGUAGES:
            cleaned[name] = clean(cleaned.get(name) or "")
            if len(cleaned[name]) > LONGEST_TEXT:
                self.add_error(name, gettext("At most %(limit)s characters fit here.") % {"limit": LONGEST_TEXT})
            elif problem := problem_of(cleaned[name]):
                self.add_error(name, problem)
        if not self.errors and not any(cleaned[name] for name in self.LANGUAGES):
            self.add_error("text_kk", gettext("Write the text in one language at least."))
        return cleaned
