"""Making a certificate that waits, giving up on one, and forgetting those whose time is over."""

from datetime import datetime, timedelta
from hashlib import sha256

from django.conf import settings
from django.utils import timezone
from django.utils.translation import override

from qorgau.insured.answers import Insured, NotAnswering, Unknown
from qorgau.insured.certificate import kept
from qorgau.insured.certificate.contents import contents
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
    if asked.state != Certificate.WAITING:
        return
    iin = unseal(bytes(asked.iin_sealed))
    match look_up(iin, purpose=Purpose.CERTIFICATE, who=asked.asked_by):
        case Unknown():
            _end(asked, Certificate.UNKNOWN)
        case NotAnswering(reason=reason):
            raise RegisterSilent(reason)
        case Insured() as answer:
            made_at = timezone.now()
            with override(asked.language):
                pdf = render(_TEMPLATE, contents(asked, iin, answer, made_at))
            _keep(asked, pdf)


def give_up(certificate_id: int) -> None:
    """It cannot be made; whoever asked sees it, and the number stands for nothing."""
    _end(Certificate.objects.get(pk=certificate_id), Certificate.FAILED)


def kept_until(certificate: Certificate) -> datetime | None:
    """When the file is forgotten; None before there is one."""
    ended = certificate.finished_at
    return ended + timedelta(hours=settings.CERTIFICATES_KEPT_HOURS) if ended else None


def clear(certificate: Certificate) -> None:
    """Forget the file and whose it was. Number, language, period, day and hash remain."""
    kept.remove(certificate.stored_as)
    Certificate.objects.filter(pk=certificate.pk).update(state=Certificate.CLEARED, stored_as="", person=None)


def clear_old(at: datetime) -> int:
    """Forget the files that were kept as long as this installation keeps them; how many there were."""
    until = at - timedelta(hours=settings.CERTIFICATES_KEPT_HOURS)
    old = list(Certificate.objects.filter(state=Certificate.READY, finished_at__lt=until))
    for certificate in old:
        clear(certificate)
    Certificate.objects.filter(
        state__in=(Certificate.UNKNOWN, Certificate.FAILED), finished_at__lt=until, person__isnull=False
    ).update(person=None)
    return len(old)


def _keep(asked: Certificate, pdf: bytes) -> None:
    # The name stands in the row before there is a file, so that no file is left behind that nobody knows of.
    if asked.stored_as:
        kept.remove(asked.stored_as)
    asked.stored_as = kept.new_name()
    asked.save(update_fields=["stored_as"])
    kept.write(asked.stored_as, pdf)
    _end(asked, Certificate.READY, sha256=sha256(pdf).digest())


def _end(asked: Certificate, state: str, **what: bytes) -> None:
    Certificate.objects.filter(pk=asked.pk, state=Certificate.WAITING).update(
        state=state, finished_at=timezone.now(), iin_sealed=b"", **what
    )
