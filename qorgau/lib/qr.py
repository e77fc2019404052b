"""QR codes."""

import io

import segno
from markupsafe import Markup


def qr_svg(text: str) -> Markup:
    """A QR code that holds ``text``, as an SVG drawing without fixed size, quiet zone included."""
    drawing = io.BytesIO()
    segno.make_qr(text, error="m").save(drawing, kind="svg", xmldecl=False, omitsize=True, border=4, light="#fff")
    return Markup(drawing.getvalue().decode())  # noqa: S704 - drawn here; the text is in it as squares only
