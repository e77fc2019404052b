"""Labels and own fields of an appeal as pages of the desk show them, and what the journal tells of them."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from qorgau.directory.models import Label, OwnField
from qorgau.directory.own_fields import fields_for, input_name, say_value
from qorgau.directory.reference import current
from qorgau.lib.speech import name_in
from qorgau.register.details import labels_of, values_of
from qorgau.register.models import Appeal, JournalLine


def label_badges(labels: Iterable[Label]) -> list[dict[str, Any]]:
    """Labels as badges: the name, and the tone that stands for its colour."""
    return [{"text": name_in(label), "tone": label.colour, "code": label.code} for label in labels]


def badges_of(appeal_ids: Sequence[int]) -> dict[int, list[dict[str, Any]]]:
    """The labels of a page of appeals as badges: one query, and none where the installation has no labels."""
    if not current().labels or not appeal_ids:
        return {}
    return {key: label_badges(labels) for key, labels in labels_of(appeal_ids).items()}


def details_of(appeal: Appeal) -> dict[str, Any]:
    """The labels and the own fields of an appeal: those of its topic and desk, and whatever else was filled in."""
    values = values_of([appeal.pk]).get(appeal.pk, {})
    asked = {field.code: field for field in fields_for(appeal.topic, appeal.holder.kind)}
    fields = {**asked, **{field.code: field for field in current().own_fields.values() if field.code in values}}
    return {
        "labels": label_badges(labels_of([appeal.pk]).get(appeal.pk, [])),
        "fields": [(name_in(field), say_value(field, values.get(code, ""))) for code, field in fields.items()],
        "href": reverse("desk:details", args=[appeal.number]),
        "any": bool(current().labels_in_force() or fields),
    }


def details_told(line: JournalLine) -> Iterable[str]:
    """What a line says of labels and own fields, before and after."""
    for key, after in line.after.items():
        if key == "labels":
            yield _("Labels: %(before)s → %(after)s") % {
                "before": _label_names(line.before.get(key)),
                "after": _label_names(after),
            }
        elif field := _field_of(key):
            yield _("%(field)s: %(before)s → %(after)s") % {
                "field": name_in(field),
                "before": _value(field, line.before.get(key)),
                "after": _value(field, after),
            }


def _label_names(codes: str | None) -> str:
    known = {label.code: name_in(label) for label in current().labels.values()}
    return ", ".join(known.get(code, code) for code in (codes or "").split(", ") if code) or _("none")


def _field_of(key: str) -> OwnField | None:
    return next((field for field in current().own_fields.values() if input_name(field.code) == key), None)


def _value(field: OwnField, value: str | None) -> str:
    return say_value(field, value or "") or _("empty")
