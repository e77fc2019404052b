"""Whether a certificate that somebody was shown is one of ours, and the same as it was made."""

from collections.abc import Iterable
from hashlib import sha256

from qorgau.insured.models import Certificate
from qorgau.lib.sealed import same


def issued(number: str) -> Certificate | None:
    """The certificate of a number in its written form; None when none was made under it."""
    return Certificate.objects.filter(number=number).exclude(sha256=b"").first()


def is_the_same(certificate: Certificate, chunks: Iterable[bytes]) -> bool:
    """Whether a file, given piece by piece, is to the last byte the one that was made."""
    found = sha256()
    for chunk in chunks:
        found.update(chunk)
    return same(found.digest(), bytes(certificate.sha256))
