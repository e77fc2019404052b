"""What the forms ask consent for. Registering and answering an appeal needs none: the law itself is the ground."""

import time
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import timezone

from qorgau.lib.speech import current_language
from qorgau.people.models import ConsentText

_SECONDS_KEPT = 60.0
_kept: tuple[float, date, dict[str, ConsentText]] | None = None

FIELDS = {
    "consent_clinic_contact": ConsentText.Purpose.CLINIC_CONTACT.value,
    "consent_insurance_warning": ConsentText.Purpose.INSURANCE_WARNING.value,
}
"""Fields of forms, and the purpose that ticking each agrees to."""


def consent_words(field: str) -> str:
    """The words in force today that ticking this field agrees to; "" when administrators have set none."""
    text = _in_force().get(FIELDS[field])
    return str(getattr(text, f"text_{current_language()}")) if text else ""


def consent_version(field: str) -> str:
    """The version of these words, "" when there are none."""
    text = _in_force().get(FIELDS[field])
    return text.version if text else ""


def consents_given(said: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """Purpose and version of every text that the person agreed to."""
    in_force = _in_force()
    return tuple(
        (purpose, in_force[purpose].version)
        for field, purpose in FIELDS.items()
        if said.get(field) and purpose in in_force
    )


def _in_force() -> dict[str, ConsentText]:
    global _kept
    today = timezone.localdate()
    if _kept is None or _kept[1] != today or time.monotonic() - _kept[0] > _SECONDS_KEPT:
        texts = ConsentText.objects.filter(valid_from__lte=today).order_by("valid_from", "pk")
        _kept = (time.monotonic(), today, {text.purpose: text for text in texts})
    return _kept[2]
