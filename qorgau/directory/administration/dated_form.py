"""What every form of the directory has in common: rows that hold for a time, and lists written one a line."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext

from qorgau.lib.clean_text import clean, clean_line
from qorgau.lib.speech import say_date

_DAY = timedelta(days=1)


class Lines(forms.CharField):
    """A list of short texts, one a line."""

    widget = forms.Textarea

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        super().__init__(**kwargs)
        self.widget.attrs.update({"rows": 4})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        lines = value if isinstance(value, list) else clean(value or "").split("\n")
        return list(dict.fromkeys(line for raw in lines if (line := clean_line(raw))))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.to_python(initial or []) != self.to_python(data)


class DatedForm(forms.ModelForm):
    """A row that holds from one day to another, and the only one of its key to do so on any day."""

    # Fields that name what a row is about; None for tables whose rows have unique codes anyway.
    only_one_of: tuple[str, ...] | None = None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        begins, ends = self._said("valid_from"), self._said("valid_to")
        if begins and ends and ends < begins:
            self.add_error("valid_to", gettext("The last day is before the first, {day}.").format(day=say_date(begins)))
        elif self.only_one_of is not None and not self.errors:
            self._be_the_only_one(begins, ends)
        return cleaned

    def _said(self, name: str) -> Any:
        """A value of the form, or of the row where the form does not ask for it."""
        return self.cleaned_data[name] if name in self.cleaned_data else getattr(self.instance, name)

    def _be_the_only_one(self, begins: date | None, ends: date | None) -> None:
        assert self.only_one_of is not None
        same = self._meta.model._default_manager.filter(**{name: self._said(name) for name in self.only_one_of})
        if ends:
            same = same.filter(Q(valid_from__isnull=True) | Q(valid_from__lte=ends))
        if begins:
            same = same.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=begins))
        other = same.exclude(pk=self.instance.pk).first()
        if other is None:
            return
        days = {
            "row": other,
            "from": say_date(other.valid_from) or gettext("ever"),
            "to": say_date(other.valid_to) or gettext("now on"),
        }
        if begins and (other.valid_from is None or other.valid_from < begins):
            advice = gettext("Give it {day} as its last day first.").format(day=say_date(begins - _DAY))
        else:
            advice = gettext("Two rows for the same thing must not hold on the same day.")
        self.add_error(
            "valid_from" if "valid_from" in self.fields else "valid_to",
            gettext("“{row}” holds on these days already (from {from} to {to}).").format(**days) + " " + advice,
        )
