"""What the security officer looks for among the openings, as far as it may stand in an address."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from django import forms
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from qorgau.lib.row_ids import row_id
from qorgau.rules.numbers import number_in
from qorgau.workplace.left_aside import notes_on

_FIRST_DAYS = timedelta(days=6)
_EARLIEST = date(2000, 1, 1)
"""Nothing was opened before, nor tomorrow: a day beyond is read as the last on its side."""

KINDS: dict[str, Promise] = {
    "": _("All openings"),
    "unusual": _("Outside the desk’s work or working hours"),
    "contacts": _("Contacts and IIN in full"),
    "status": _("The insured status in the register"),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the officer looks for, as far as it may stand in an address."""

    since: date
    until: date
    staff_id: int | None = None
    number: str = ""
    kind: str = ""
    before: int | None = None

    def address(self) -> str:
        """The page that shows it."""
        return f"{reverse('desk:who_looked')}?{urlencode(self.values())}"

    def values(self) -> dict[str, str | int]:
        """What it consists of, by the names of fields."""
        values: dict[str, str | int | None] = {
            "since": self.since.isoformat(),
            "until": self.until.isoformat(),
            "staff": self.staff_id,
            "number": self.number,
            "kind": self.kind,
            "before": self.before,
        }
        return {name: value for name, value in values.items() if value}


class PeriodForm(forms.Form):
    """From which day to which; a day that is not said is as usual."""

    since, until = (
        forms.DateField(
            label=label,
            required=False,
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            input_formats=["%Y-%m-%d", "%d.%m.%Y"],
            error_messages={"invalid": _("Write the date as day, month and year, for example 21.03.2026.")},
        )
        for label in (_("From"), _("To"))
    )


def wanted_by(typed: Mapping[str, str]) -> Wanted:
    """What an address or the form asks for; what cannot be read in it is as usual."""
    today, days = timezone.localdate(), _days(typed)
    until = min(max(days.get("until", today), _EARLIEST), today)
    since = min(max(days.get("since", until - _FIRST_DAYS), _EARLIEST), today)
    if since > until:
        since, until = until, since
    kind = typed.get("kind", "")
    return Wanted(
        since=since,
        until=until,
        staff_id=row_id(typed.get("staff", "")) or None,
        number=number_in(typed.get("number", "")),
        kind=kind if kind in KINDS else "",
        before=row_id(typed.get("before", "")) or None,
    )


_WHAT: dict[str, Promise] = {
    "since": _("the first day"),
    "until": _("the last day"),
    "staff": _("who looked"),
    "kind": _("what to show"),
    "before": _("the page"),
}


def left_aside(query: Mapping[str, str], wanted: Wanted) -> list[str]:
    """A note on what of the address could not be read; of a number, the page says so by itself."""
    understood = {**_days(query), "staff": wanted.staff_id, "kind": wanted.kind, "before": wanted.before}
    unreadable = [what for name, what in _WHAT.items() if query.get(name, "").strip() and not understood.get(name)]
    return notes_on(unreadable, [name for name in query if name not in _WHAT and name != "number"])


def _days(typed: Mapping[str, str]) -> dict[str, date]:
    """Those days of the period that can be read."""
    form = PeriodForm(typed)
    form.is_valid()
    return {name: day for name, day in form.cleaned_data.items() if day}
