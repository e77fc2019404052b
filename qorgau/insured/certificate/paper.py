"""A certificate for a branch that prints it: ordered, made and handed over at once, and not kept."""

import os
from pathlib import Path

from django.utils import timezone

from qorgau.insured.certificate.kept import pdf_of
from qorgau.insured.certificate.making import make
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
        certificate.refresh_from_db()
        certificate.end(Certificate.FAILED)
        raise
    certificate.refresh_from_db()
    pdf = pdf_of(certificate)
    if pdf is None:
        return None
    try:
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(pdf)
    finally:
        certificate.forget()
    return certificate
