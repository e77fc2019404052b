"""A certificate while it is kept lies sealed: whoever copies the disk reads nothing."""

from qorgau.insured.models import Certificate


def keep(certificate: Certificate, pdf: bytes) -> None:
    """Write the file of a certificate that is being made."""
    with certificate.being_written() as file:
        file.write(pdf)


def pdf_of(certificate: Certificate) -> bytes | None:
    """The PDF; None when it is not, or no longer, kept, also when somebody changed it on the disk."""
    file = certificate.opened()
    if file is None:
        return None
    with file:
        return file.read()
