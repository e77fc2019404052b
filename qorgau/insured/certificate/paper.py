"""A certificate for a branch that prints it: ordered, made and handed over at once, and not kept."""

import os
from pathlib import Path

from django.utils import timezone

from qorgau.insured.certificate import kept
from qorgau.insured.certificate.making import clear, give_up, make
from qorgau.insured.certificate.order import order
from qorgau.insured.certificate.period import Period
from qorgau.insured.models import Certificate

WHO = "staff:paper"
"""How this door is called in the journal of look-ups."""


def write_certificate(iin: str, period: Period, language: str, path: Path) -> Certificate | None:
    """Write the PDF, readable by this account alone; None when the register does not know the person.

    Raises what `order` and `make` raise, and OSError for a path that can't be written.
    """
    certificate = order(iin, period, language, timezone.now(), who=WHO)
    try:
        make(certificate.pk)
    except BaseException:
        give_up(certificate.pk)
        raise
    certificate.refresh_from_db()
    if certificate.state != Certificate.READY:
        return None
    try:
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(kept.read(certificate.stored_as))
    finally:
        clear(certificate)
    return certificate
