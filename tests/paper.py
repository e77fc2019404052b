"""What somebody sees on a page of paper, who has no more than eyes and the camera of a telephone."""

import io
import re
from pathlib import Path

import pypdfium2
import zxingcpp
from pypdf import PdfReader

_SHARP_ENOUGH = 2.0


def words_of(pdf: bytes) -> str:
    """The words of all pages in one line."""
    said = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    return re.sub(r"\s+", " ", said)


def codes_on(pdf: bytes) -> list[str]:
    """What the QR codes on its pages hold."""
    with pypdfium2.PdfDocument(pdf) as document:
        drawn = [page.render(scale=_SHARP_ENOUGH).to_pil() for page in document]
    return [found.text for picture in drawn for found in zxingcpp.read_barcodes(picture)]


def draw(pdf: bytes, picture: Path) -> None:
    """Its first page as a picture, to be looked at."""
    with pypdfium2.PdfDocument(pdf) as document:
        document[0].render(scale=_SHARP_ENOUGH).to_pil().save(picture)
