from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from qorgau.directory.administration.dated_form import DatedForm, Lines
from qorgau.directory.administration.recorded import IN_FORCE, NAMES, Dated, InForce
from qorgau.directory.models import OwnField
from qorgau.directory.models.desk import KIND_NAMES

_MOST_OPTIONS = 100


class Options(Lines):
    """Options of a choice, one a line: `code: қазақша | русский | English`; a minus before it offers it no longer."""

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, list):
            return "\n".join(
                f"{'' if row.get('offered', True) else '-'}{row['code']}: {row['kk']} | {row['ru']} | {row['en']}"
                for row in value
            )
        return value

    def to_python(self, value: Any) -> Any:
        if isinstance(value, list) and all(isinstance(row, dict) for row in value):
            return value
        return [_option(line) for line in super().to_python(value)]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return True


def _option(line: str) -> dict[str, Any]:
    code, colon, words = line.removeprefix("-").partition(":")
    names = [name.strip() for name in words.split("|")]
    code = code.strip()
    if not colon or slugify(code) != code.lower() or not code or len(names) != 3 or not all(names):
        raise ValidationError(
            gettext("“{line}” cannot be read; a line looks like x-ray: Рентген | Рентген | X-ray.").format(line=line)
        )
    return {"code": code, **dict(zip(("kk", "ru", "en"), names, strict=True)), "offered": not line.startswith("-")}


class OwnFieldForm(DatedForm):
    """A field: what it asks, of which appeals and at which desks."""

    options = Options(
        label=_("options"),
        help_text=_(
            "Only for a choice, one a line: code: Kazakh | Russian | English. An option stays once it was offered; put "
            "a minus before its line to offer it no longer."
        ),
    )
    desk_kinds = forms.MultipleChoiceField(
        label=_("desks that see it"),
        choices=KIND_NAMES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen means all."),
    )

    class Meta:
        model = OwnField
        fields = (
            *(
                "name_kk",
                "name_ru",
                "name_en",
                "code",
                "kind",
                "options",
                "required",
                "topic",
                "desk_kinds",
                "position",
            ),
            *("valid_from", "valid_to"),
        )
        help_texts = {
            "code": _("Latin letters, digits and hyphens. It stands in addresses and exports and does not change."),
            "topic": _("Empty for any topic; a group means all of its topics."),
            "required": _("Asked for whenever labels and fields are saved; an answer is never held back for it."),
            "position": _("Smaller numbers come first."),
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if "options" not in cleaned:
            return cleaned
        options = cleaned["options"]
        codes = [row["code"] for row in options]
        if (self._said("kind") == "choice") != bool(options):
            self.add_error("options", _("A choice needs options, and nothing else has any."))
        elif len(set(codes)) < len(codes) or len(codes) > _MOST_OPTIONS:
            self.add_error("options", gettext("Each code stands once, and %(num)s at most.") % {"num": _MOST_OPTIONS})
        elif gone := [row["code"] for row in (self.instance.options or []) if row["code"] not in codes]:
            self.add_error(
                "options",
                gettext("An option that was offered stays: put a minus before “{codes}” instead.").format(
                    codes=", ".join(gone)
                ),
            )
        return cleaned


@admin.register(OwnField)
class OwnFields(Dated):
    """Questions that an installation asks of appeals besides ours."""

    form = OwnFieldForm
    list_display = ("name_ru", "code", "kind", "topic", "required", "position", "in_force")
    list_filter = (InForce, "kind", "required")
    list_select_related = ("topic",)
    search_fields = ("name_kk", "name_ru", "name_en", "code")
    fixed = ("code", "kind")
    fieldsets = (
        (
            NAMES[0],
            {
                "fields": NAMES[1]["fields"],
                "description": _(
                    "Never ask for personal data in a field of your own: no names, identity numbers, telephones or "
                    "diagnoses. Values are not encrypted, everybody who sees the appeal reads them, and the journal "
                    "keeps them for ever. What looks like a telephone, e-mail or identity number is refused."
                ),
            },
        ),
        (_("What is asked"), {"fields": ("code", "kind", "options", "required")}),
        (_("Where it is asked"), {"fields": ("topic", "desk_kinds", "position")}),
        IN_FORCE,
    )
