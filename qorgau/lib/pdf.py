"""Typst templates to PDF, and to pictures.

A template gets its data as one JSON value, never as text glued into its source.

In a template:  #let data = json(bytes(sys.inputs.data))
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

import typst

ROOT = Path(__file__).resolve().parent.parent
"""Templates are named from here, the folder of the package, and may import one another by the same names."""


def render(template: str, data: dict[str, Any]) -> bytes:
    """The PDF that a template such as ``intake/typst/talon.typ`` makes of ``data`` (anything JSON can hold).

    Tagged for screen readers, by PDF/UA-1 where the words allow it: that standard refuses a document with a sign for
    which no font has a picture, and people may write any sign.
    """
    try:
        return _compile(template, data, ["ua-1"])
    except typst.TypstError:
        return _compile(template, data, [])


def draw(template: str, data: dict[str, Any], *, dots_per_inch: int) -> bytes:
    """The picture (PNG) that a template of one page makes of ``data``. Its words must be told beside it too."""
    return _compile(template, data, [], format="png", ppi=dots_per_inch)


def _compile(template: str, data: dict[str, Any], standards: list[Any], **how: Any) -> bytes:
    made = typst.compile(
        ROOT / template,
        root=ROOT,
        font_paths=_fonts(),
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        pdf_standards=standards,
        **{"format": "pdf", **how},
    )
    if not isinstance(made, bytes):
        raise TypeError(f"{template} was expected to make one file")
    return made


def load_fonts() -> None:
    """Find the fonts now, which takes a second, and not when the first paper is asked for."""
    _fonts()


@cache
def _fonts() -> typst.Fonts:
    # The fonts inside Typst have every Kazakh letter; those of the system only help out with rare signs.
    return typst.Fonts(include_system_fonts=True)
