"""Making a certificate that waits."""

from hashlib import sha256

from django.utils import timezone
from django.utils.translation import override

from qorgau.insured.answers import Insured, NotAnswering, Unknown
from qorgau.insured.certificate.contents import contents
from qorgau.insured.certificate.kept import keep
from qorgau.insured.journal import Purpose
from qorgau.insured.lookup import look_up
from qorgau.insured.models import Certificate
from qorgau.lib.pdf import render
from qorgau.lib.sealed import unseal

_TEMPLATE = "insured/typst/certificate.typ"


class RegisterSilent(Exception):
    """The insured register does not answer now; later it may."""


def make(certificate_id: int) -> None:
    """Look up, write the PDF, keep it sealed and its hash for good. One that is not waiting is left as it is.

    Raises RegisterSilent, and Problem where a row of the directory is missing; the certificate goes on waiting then.
    """
    asked = Certificate.objects.get(pk=certificate_id)
    if not asked.goes_on:
        return
    iin = unseal(bytes(asked.iin_sealed))
    match look_up(iin, purpose=Purpose.CERTIFICATE, who=asked.asked_by):
        case Unknown():
            asked.end(Certificate.UNKNOWN)
        case NotAnswering(reason=reason):
            raise RegisterSilent(reason)
        case Insured() as answer:
            made_at = timezone.now()
            with override(asked.language):
                pdf = render(_TEMPLATE, contents(asked, iin, answer, made_at))
            keep(asked, pdf)
            asked.end(Certificate.READY, sha256=sha256(pdf).digest())
