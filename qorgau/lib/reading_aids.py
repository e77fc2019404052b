"""How a reader wants to see pages: contrast, size, spacing, typeface, pictures. Kept in one small cookie.

The cookie ``aids`` holds one word or number per setting, in a settled order: ``black.150.wide.serif.off``. It is a wish
about looks, nothing else: no session, nothing personal, and a bad value is simply the ordinary look.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields

from django.http import HttpRequest, HttpResponse

COOKIE = "aids"
A_YEAR = 365 * 24 * 3600

CHOICES: dict[str, tuple[str, ...]] = {
    "contrast": ("normal", "white", "black", "blue"),
    "size": ("100", "125", "150", "175", "200"),
    "spacing": ("normal", "wide", "widest"),
    "typeface": ("sans", "serif", "dyslexia"),
    "pictures": ("on", "off"),
}
"""Every setting and its values, the ordinary one first."""


@dataclass(frozen=True, slots=True)
class ReadingAids:
    """One reader's settings. Contrast: white = black on white, black = white on black, blue = yellow on blue."""

    contrast: str = "normal"
    size: str = "100"
    spacing: str = "normal"
    typeface: str = "sans"
    pictures: str = "on"

    @property
    def classes(self) -> str:
        """Classes for the ``html`` element; empty when everything is ordinary."""
        return " ".join(f"{name}-{value}" for name, value in self.as_dict().items() if value != CHOICES[name][0])

    @property
    def in_use(self) -> bool:
        """Whether anything differs from the ordinary look."""
        return self != ORDINARY

    def as_dict(self) -> dict[str, str]:
        return {field.name: getattr(self, field.name) for field in fields(self)}


ORDINARY = ReadingAids()


def reading_aids(request: HttpRequest | None) -> ReadingAids:
    """The settings that came with a request."""
    cookie = request.COOKIES.get(COOKIE) if request else None
    return parse(cookie) if cookie else ORDINARY


def parse(cookie: str) -> ReadingAids:
    """Settings from a cookie. A value that is not one of ours becomes the ordinary one; with a wrong count all do."""
    values = cookie[:100].split(".")
    if len(values) != len(CHOICES):
        return ORDINARY
    return chosen(dict(zip(CHOICES, values, strict=True)))


def chosen(values: Mapping[str, str]) -> ReadingAids:
    """Settings from a form or an address; what is missing or unknown is ordinary."""
    return ReadingAids(
        **{
            name: value if (value := values.get(name, "")) in allowed else allowed[0]
            for name, allowed in CHOICES.items()
        }
    )


def keep(response: HttpResponse, wanted: ReadingAids, *, secure: bool) -> None:
    """Put settings into the answer's cookie; the ordinary look needs none."""
    if wanted == ORDINARY:
        response.delete_cookie(COOKIE, samesite="Lax")
        return
    response.set_cookie(
        COOKIE, ".".join(wanted.as_dict().values()), max_age=A_YEAR, samesite="Lax", httponly=True, secure=secure
    )
