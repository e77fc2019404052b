"""What a page needs to know of one field of a Django form, without asking Django's own templates to draw it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from itertools import groupby
from typing import Any

from django.forms import BaseForm, BoundField, CheckboxInput, FileField, RadioSelect, Select, Textarea
from django.forms.widgets import CheckboxSelectMultiple, ChoiceWidget, Input, Widget

DATE_LENGTH = len("2026-01-31")
SETTLED_BY_THE_PAGE = frozenset(
    {
        *("id", "name", "type", "value", "required", "disabled", "multiple", "rows", "cols"),
        *("aria-describedby", "aria-invalid"),
    }
)
"""Attributes that the components write themselves, whatever the widget says."""


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose. ``group`` is the heading above it in a long list."""

    value: str
    label: str
    selected: bool
    group: str
    id: str


@dataclass(frozen=True, slots=True)
class ShownField:
    """A field as the page draws it. ``kind`` picks the shape, ``type`` is the input's own."""

    kind: str
    type: str
    id: str
    name: str
    label: str
    hint: str
    errors: list[str]
    value: str
    checked: bool
    required: bool
    disabled: bool
    multiple: bool
    options: list[Option]
    attributes: dict[str, Any]

    @property
    def described_by(self) -> str | None:
        """Ids of the hint and the error, for ``aria-describedby``."""
        ids = [f"{self.id}-hint"] if self.hint else []
        if self.errors:
            ids.append(f"{self.id}-error")
        return " ".join(ids) or None

    @property
    def groups(self) -> list[tuple[str, list[Option]]]:
        """The options under their headings, in their order."""
        return [(heading, list(options)) for heading, options in groupby(self.options, key=lambda option: option.group)]


def shown(bound: BoundField, *, label: str | None = None, hint: str | None = None) -> ShownField:
    """A bound field made ready for drawing; label and hint may be replaced by the page's own words."""
    widget = bound.field.widget
    kind = _kind(widget)
    attributes = _attributes(widget, bound)
    raw = bound.value()
    value = "" if kind in ("file", "checkbox", "radios", "checkboxes", "select") else _as_typed(widget, raw)
    return ShownField(
        kind=kind,
        type=_type(widget, value),
        id=bound.id_for_label if kind not in ("radios", "checkboxes") else bound.auto_id or bound.html_name,
        name=bound.html_name,
        label=str(bound.label if label is None else label),
        hint=str(bound.help_text if hint is None else hint),
        errors=[str(error) for error in bound.errors],
        value=value,
        checked=isinstance(widget, CheckboxInput) and bool(widget.check_test(raw)),
        required=bound.field.required,
        disabled=bound.field.disabled,
        multiple=getattr(widget, "allow_multiple_selected", False),
        options=_options(widget, bound, raw) if isinstance(widget, ChoiceWidget) else [],
        attributes=attributes,
    )


@dataclass(frozen=True, slots=True)
class ShownError:
    """One line of the summary: what is wrong, and which field to go to ("" when no single field is)."""

    text: str
    target: str


def shown_errors(forms: BaseForm | Iterable[BaseForm]) -> list[ShownError]:
    """Everything wrong in one form or several, in the order of the page; of each form as a whole first."""
    lines = []
    for form in [forms] if isinstance(forms, BaseForm) else forms:
        if not form.is_bound:
            continue
        lines += [ShownError(str(error), "") for error in form.non_field_errors()]
        for bound in form:
            lines += [ShownError(str(error), _target(bound)) for error in bound.errors]
    return lines


def _target(bound: BoundField) -> str:
    if bound.is_hidden:
        return ""
    first_of_many = isinstance(bound.field.widget, RadioSelect | CheckboxSelectMultiple)
    return f"{bound.auto_id or bound.html_name}_0" if first_of_many else str(bound.id_for_label)


def _kind(widget: Widget) -> str:
    if widget.is_hidden:
        return "hidden"
    if isinstance(widget, Textarea):
        return "textarea"
    if isinstance(widget, CheckboxSelectMultiple):
        return "checkboxes"
    if isinstance(widget, RadioSelect):
        return "radios"
    if isinstance(widget, Select):
        return "select"
    if isinstance(widget, CheckboxInput):
        return "checkbox"
    if isinstance(widget, Input):
        return "file" if widget.input_type == "file" else "text"
    raise TypeError(f"No component draws {type(widget).__name__}: draw it in the page, or add it here.")


def _type(widget: Widget, value: str) -> str:
    kind = str(widget.attrs.get("type") or getattr(widget, "input_type", "") or "text")
    if kind == "date" and value and not _is_iso_date(value):
        return "text"  # a browser would throw away what it can't read as a date; what was typed must stay
    return kind


def _is_iso_date(value: str) -> bool:
    try:
        return len(value) == DATE_LENGTH and bool(date.fromisoformat(value))
    except ValueError:
        return False


def _as_typed(widget: Widget, raw: Any) -> str:
    if raw is None:
        return ""
    if isinstance(raw, date | time) and getattr(widget, "input_type", "") in ("date", "time", "datetime-local"):
        return raw.isoformat()
    return str(widget.format_value(raw) or "")


def _attributes(widget: Widget, bound: BoundField) -> dict[str, Any]:
    attributes = {**widget.attrs, **bound.field.widget_attrs(widget)}
    if isinstance(bound.field, FileField):
        attributes.pop("maxlength", None)
    return {
        name: "" if value is True else value
        for name, value in attributes.items()
        if value not in (False, None) and name not in SETTLED_BY_THE_PAGE
    }


def _options(widget: ChoiceWidget, bound: BoundField, raw: Any) -> list[Option]:
    chosen = widget.format_value(raw)
    return [
        Option(
            value="" if option["value"] is None else str(option["value"]),
            label=str(option["label"]),
            selected=bool(option["selected"]),
            group=str(group or ""),
            id=f"{bound.auto_id or bound.html_name}_{number}",
        )
        for number, (group, option) in enumerate(
            (group, option)
            for group, options, _index in widget.optgroups(bound.html_name, chosen)
            for option in options
        )
    ]
