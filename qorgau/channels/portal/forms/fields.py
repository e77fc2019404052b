"""Fields of public forms: forgiving, quick, and with their own words for what is wrong.

A form here is made and read with every sending, so its fields are shared by all forms of a class instead of being
copied for each (`Shared`). Nothing may therefore change a field or its widget after the class was made.
"""

from collections.abc import Callable, Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import Widget
from django.utils.translation import gettext_lazy as _

from qorgau.lib.clean_text import clean, clean_line
from qorgau.lib.typed_dates import read_date

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

WRONG_CHOICE = _("Choose one of the list.")
TOO_LONG = _("This has %(length)s characters; %(limit)s fit here. Please shorten it. Nothing you typed is lost.")


class Shared(forms.Field):
    """A field that forms share."""

    def __deepcopy__(self, memo: dict[int, Any]) -> "Shared":
        return self


class Line(Shared):
    """A line of words: hidden characters and repeated blanks go, everything else stays."""

    def __init__(
        self, *, limit: int, missing: "str | _StrPromise" = "", attrs: dict[str, Any] | None = None, **kwargs: Any
    ):
        kwargs.setdefault("required", bool(missing))
        kwargs.setdefault("widget", forms.TextInput(attrs=attrs))
        super().__init__(**kwargs)
        self.limit = limit
        self.missing = missing

    def clean(self, value: Any) -> str:
        words = self.tidy(value) if value else ""
        if not words and self.required:
            raise ValidationError(self.missing, code="required")
        if len(words) > self.limit:
            raise ValidationError(TOO_LONG, code="too_long", params={"length": len(words), "limit": self.limit})
        return words

    def tidy(self, value: str) -> str:
        return clean_line(value)


class IinLine(Line):
    """An identity number as somebody types it, with blanks or a slip: digits at hand, nothing remembered or mended."""

    def __init__(self, **kwargs: Any):
        digits = {"inputmode": "numeric", "autocomplete": "off", "spellcheck": "false"}
        super().__init__(**{"limit": 60, "attrs": digits, **kwargs})


class Text(Line):
    """A text with its line breaks. The limit is told to the page, which counts along but never cuts off."""

    def __init__(self, *, limit: int, attrs: dict[str, Any] | None = None, **kwargs: Any):
        widget = forms.Textarea(attrs={"data-limit": limit, **(attrs or {})})
        super().__init__(limit=limit, widget=widget, **kwargs)

    def tidy(self, value: str) -> str:
        return clean(value)


class Said(Shared):
    """A hidden value that the page carries for the person; whatever it is, it is read as it came."""

    widget = forms.HiddenInput

    def __init__(self, *, limit: int = 200, **kwargs: Any):
        super().__init__(required=False, **kwargs)
        self.limit = limit

    def clean(self, value: Any) -> str:
        return str(value or "")[: self.limit]


class SaidMany(Said):
    """Several hidden values under one name."""

    widget = forms.MultipleHiddenInput

    def clean(self, value: Any) -> list[str]:  # type: ignore[override]
        return [super(SaidMany, self).clean(one) for one in value or ()]


class Day(Line):
    """A day in any way of writing it. Gives a date, or the words when they are no date; "" when nothing was typed."""

    def clean(self, value: Any) -> date | str:  # type: ignore[override]
        words = super().clean(value)
        return (read_date(words) or words) if words else ""


Choices = Iterable[tuple[str, Any]]


class Choice(Shared):
    """One of a list. The list may be a function that is asked anew each time: it keeps its own answers."""

    def __init__(
        self,
        *,
        choices: Choices | Callable[[], Choices],
        values: Callable[[], Iterable[str]] | None = None,
        wrong: "str | _StrPromise" = WRONG_CHOICE,
        missing: "str | _StrPromise" = "",
        widget: Widget | None = None,
        **kwargs: Any,
    ):
        shown: Widget = widget or forms.Select()
        super().__init__(required=bool(missing), widget=shown, **kwargs)
        self.widget.choices = forms.ChoiceField(choices=choices).choices
        self.choices = self.widget.choices
        self.values = values or (lambda: (value for value, _label in self.choices))
        self.wrong = wrong
        self.missing = missing

    def clean(self, value: Any) -> str:
        chosen = str(value or "")
        if not chosen and self.required:
            raise ValidationError(self.missing, code="required")
        if chosen and chosen not in self.values():
            raise ValidationError(self.wrong, code="wrong")
        return chosen


class Tick(Shared):
    """A box to tick."""

    widget = forms.CheckboxInput

    def __init__(self, **kwargs: Any):
        super().__init__(required=False, **kwargs)

    def clean(self, value: Any) -> bool:
        return bool(value)


class ManyFiles(forms.FileInput):
    """A control that takes several files."""

    allow_multiple_selected = True


class Files(Shared):
    """Files to send. They are staged before the form is read; the field only shows the control and what went wrong."""

    def __init__(self, **kwargs: Any):
        super().__init__(required=False, widget=ManyFiles(), **kwargs)

    def clean(self, value: Any) -> None:
        return None
