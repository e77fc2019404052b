"""The case as one PDF."""

from typing import Any

from qorgau.lib.pdf import render


def document(said: dict[str, Any]) -> bytes:
    """The PDF of what `contents` says."""
    return render("workplace/typst/case.typ", said)
