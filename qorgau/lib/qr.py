"""QR codes."""

import io

import segno


def qr_svg(text: str) -> str:
    """A QR code that holds ``text``, as an SVG drawing without fixed size, quiet zone included."""
    drawing = io.BytesIO()
    segno.make_qr(text, error="m").save(drawing, kind="svg", xmldecl=False, omitsize=True, border=4, light="#fff")
    return drawing.getvalue().decode()
