from typing import Any

from django.contrib import admin
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from qorgau.directory.administration.dated_form import DatedForm
from qorgau.directory.administration.recorded import IN_FORCE, NAMES, Dated, InForce
from qorgau.directory.models import AnswerTemplate
from qorgau.directory.template_variables import VARIABLES, problem_of

_LANGUAGES = ("kk", "ru", "en")


class AnswerTemplateForm(DatedForm):
    """An answer template in three languages."""

    class Meta:
        model = AnswerTemplate
        fields = (
            *("name_kk", "name_ru", "name_en", "code", "topic", "desk_kind"),
            *("text_kk", "text_ru", "text_en", "valid_from", "valid_to"),
        )
        help_texts = {
            "topic": _("Empty for any topic."),
            "desk_kind": _("Empty for any desk."),
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for name in (f"text_{language}" for language in _LANGUAGES):
            if problem := problem_of(cleaned.get(name, "")):
                self.add_error(name, problem)
        return cleaned


@admin.register(AnswerTemplate)
class AnswerTemplates(Dated):
    """Texts ready for answers."""

    form = AnswerTemplateForm
    list_display = ("name_ru", "code", "topic", "desk_kind", "in_force")
    list_filter = (InForce, "desk_kind", "topic")
    list_select_related = ("topic",)
    search_fields = ("name_kk", "name_ru", "name_en", "code", "text_kk", "text_ru", "text_en")
    readonly_fields = ("variables",)
    fixed = ("code",)
    fieldsets = (
        NAMES,
        (_("Where it is offered"), {"fields": ("code", "topic", "desk_kind")}),
        (
            _("Text"),
            {
                "fields": ("variables", "text_kk", "text_ru", "text_en"),
                "description": _(
                    "Variables stand in braces and are filled in from the appeal. What the writer has to say stands in "
                    "square brackets."
                ),
            },
        ),
        IN_FORCE,
    )

    @admin.display(description=_("variables"))
    def variables(self, template: AnswerTemplate) -> SafeString:
        lines = [(name, meaning) for name, meaning in VARIABLES.items()]
        return format_html("<dl>{}</dl>", format_html_join("", "<dt>{{{}}}</dt><dd>{}</dd>", lines))
