"""Forms about insurance: whose status, and what it costs."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _

from qorgau.channels.portal.forms.fields import Choice, IinLine, Line, Said
from qorgau.insured.what_is_due import WHO, WITH_INCOME, tenge_typed
from qorgau.lib.speech import say
from qorgau.rules.identity import IdentityCheck, check_iin
from qorgau.rules.months import month_of

_FIRST_YEAR = 2017


class Iin(IinLine):
    """An identity number as people type it. Gives what can be said of it; what cannot be one is told beside it."""

    def clean(self, value: Any) -> IdentityCheck:  # type: ignore[override]
        checked = check_iin(super().clean(value))
        if checked.problem is not None:
            raise ValidationError(say(checked.problem), code="wrong")
        return checked


class StatusForm(forms.Form):
    """Whose status. What only looks wrong is asked about once; ``asked`` carries that it was."""

    iin = Iin(
        label=_("IIN"),
        help_text=_("12 digits. They stand on the identity card, and on a child’s birth certificate."),
        limit=200,
        missing=_("Write the IIN: 12 digits."),
    )
    asked = Said(limit=4)
    doubted = False
    """The person has been asked about the number once this form is shown."""

    def clean(self) -> dict[str, Any]:
        """Ask once about a number that looks like an organisation's."""
        said = super().clean() or {}
        checked = said.get("iin")
        if checked is not None and checked.reads_as_bin and not said.get("asked"):
            self.doubted = True
            self.add_error(
                "iin",
                _(
                    "This looks like the BIN of an organisation, not the IIN of a person. "
                    "If it is an IIN all the same, press the button once more."
                ),
            )
        return said

    @property
    def number(self) -> str:
        """The twelve digits of a valid form."""
        return str(self.cleaned_data["iin"].value)


class CodeForm(forms.Form):
    """The code from the SMS."""

    code = Line(
        label=_("Code from the SMS"),
        help_text=_("Six digits."),
        limit=60,
        missing=_("Write the six digits from the SMS."),
        attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "spellcheck": "false"},
    )


class Tenge(Line):
    """A sum as people write it: blanks between the thousands, a comma or a point before the tiyn. Gives a Decimal."""

    def clean(self, value: Any) -> Decimal | None:  # type: ignore[override]
        typed = super().clean(value)
        sum_typed = tenge_typed(typed)
        if typed and sum_typed is None:
            raise ValidationError(_("Write the sum in digits, for example 350 000."), code="wrong")
        return sum_typed


def _years() -> list[tuple[str, str]]:
    last = timezone.localdate().year + 1
    return [(str(year), str(year)) for year in range(last, _FIRST_YEAR - 1, -1)]


class CalculatorForm(forms.Form):
    """Who pays, for which month, from how much."""

    payer = Choice(
        label=_("Who are you?"),
        choices=tuple((payer.value, words) for payer, words in WHO.items()),
        missing=_("Choose who you are."),
        widget=forms.RadioSelect(),
    )
    month = Choice(
        label=_("Month"),
        choices=tuple((str(number), name) for number, name in MONTHS.items()),
        missing=_("Choose the month."),
    )
    year = Choice(label=_("Year"), choices=_years, missing=_("Choose the year."))
    income = Tenge(
        label=_("Income of the month before anything is withheld, tenge"),
        help_text=_("Not needed for a business of your own, or if you pay for yourself or the state does."),
        limit=40,
        attrs={"inputmode": "decimal", "autocomplete": "off"},
    )
    other_income = Tenge(
        label=_("Wage from another job in the same month, tenge"),
        limit=40,
        attrs={"inputmode": "decimal", "autocomplete": "off"},
    )
    contract_income = Tenge(
        label=_("Income under civil-law contracts in the same month, tenge"),
        limit=40,
        attrs={"inputmode": "decimal", "autocomplete": "off"},
    )

    def clean(self) -> dict[str, Any]:
        """Ask for the income where the payment depends on it."""
        said = super().clean() or {}
        if said.get("payer") in WITH_INCOME and "income" in said and said["income"] is None:
            self.add_error("income", _("Write how much it was."))
        return said

    @property
    def asked_month(self) -> int:
        """The month of a valid form (`rules/months.py`)."""
        return month_of(date(int(self.cleaned_data["year"]), int(self.cleaned_data["month"]), 1))
