"""Fields for words that staff write in the forms of verbs."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

LONGEST_TEXT = 20_000


def text_field(
    label: "_StrPromise", *, hint: "_StrPromise | str" = "", missing: "_StrPromise | None" = None, **kwargs: Any
) -> forms.CharField:
    """A text of any length that `handling` takes; its own rules say what is wrong with it."""
    kwargs.setdefault("widget", forms.Textarea(attrs={"data-limit": LONGEST_TEXT}))
    return forms.CharField(
        label=label,
        help_text=hint,
        required=missing is not None,
        strip=False,
        error_messages={"required": missing} if missing else None,
        **kwargs,
    )


def reason_field(label: "_StrPromise | None" = None, *, hint: "_StrPromise | str" = "") -> forms.CharField:
    """A reason without which the verb means nothing."""
    missing = _("Give the reason: those who read it later must understand.")
    return text_field(label or _("Reason"), hint=hint, missing=missing)
