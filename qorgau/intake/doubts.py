"""What looks wrong but may be right: it is asked once, and kept as said when it is sent again."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from qorgau.people.contacts import normal_email, normal_phone
from qorgau.rules.identity import check_iin

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True, slots=True)
class Doubt:
    """A field, and what to ask the person about it."""

    field: str
    question: "str | _StrPromise"


def doubts(said: Mapping[str, Any]) -> Iterator[Doubt]:
    """What should be asked about, in the order of the page."""
    yield from _about_the_date(said.get("event_date"))
    yield from _about_the_iin(said.get("iin", ""))
    if (phone := said.get("phone")) and not normal_phone(phone):
        yield Doubt("phone", _("This does not look like a telephone number. If it is right, send it again as it is."))
    if (email := said.get("email")) and not normal_email(email):
        yield Doubt("email", _("This does not look like an e-mail address. If it is right, send it again as it is."))


def _about_the_date(said: date | str | None) -> Iterator[Doubt]:
    if not said:
        return
    if isinstance(said, str):
        yield Doubt(
            "event_date",
            _(
                "We could not read this as a date. Write it as day, month, year, for example 12.03.2026, "
                "or send it again as it is: we will keep your words."
            ),
        )
    elif said > timezone.localdate():
        yield Doubt(
            "event_date",
            _("This day is still to come. Please check it, or send it again as it is: we will keep what you wrote."),
        )


def _about_the_iin(said: str) -> Iterator[Doubt]:
    if said and not (checked := check_iin(said)).valid:
        if checked.value is None:
            question = _(
                "An IIN has 12 digits and nothing else. Please check it, or send it again as it is: "
                "we will keep what you wrote."
            )
        else:
            question = _(
                "There is no such IIN: one of the digits is wrong. Please check it against the document, "
                "or send it again as it is: we will keep what you wrote."
            )
        yield Doubt("iin", question)
