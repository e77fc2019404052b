"""Forms of somebody who follows an appeal."""

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from qorgau.channels.portal.forms.fields import Choice, Files, Line, Text
from qorgau.handling.for_applicant.wording import OUTCOMES
from qorgau.intake.checks import LONGEST_TEXT
from qorgau.rules.numbers import EXAMPLE


class OpenForm(forms.Form):
    """Number and code."""

    number = Line(
        label=_("Number of the appeal"),
        help_text=format_lazy(_("It stands on your receipt and looks like {example}."), example=EXAMPLE),
        limit=60,
        missing=_("Write the number of the appeal."),
        attrs={"autocomplete": "off", "spellcheck": "false", "inputmode": "text"},
    )
    code = Line(
        label=_("Access code"),
        help_text=_("Ten letters and digits from your receipt, for example K7M4-Q9TX-2F. Spaces do not matter."),
        limit=60,
        missing=_("Write the access code."),
        attrs={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "characters"},
    )


class MessageForm(forms.Form):
    """Words or files for the desk."""

    text = Text(label=_("Your message"), limit=LONGEST_TEXT, required=False)
    files = Files(label=_("Files"))  # type: ignore[assignment]  # a field, which the form takes out of its class


class RatingForm(forms.Form):
    """What the applicant thinks of the answer."""

    outcome = Choice(
        label=_("Is the matter solved?"),
        choices=tuple(OUTCOMES.items()),
        missing=_("Choose whether the matter is solved."),
        widget=forms.RadioSelect(),
    )
    stars = Choice(
        label=_("How were you treated?"),
        choices=(
            ("5", _("5: very well")),
            ("4", _("4: well")),
            ("3", _("3: neither well nor badly")),
            ("2", _("2: badly")),
            ("1", _("1: very badly")),
        ),
        widget=forms.RadioSelect(),
    )
    words = Text(label=_("In your own words"), limit=5_000, required=False)


class WithdrawForm(forms.Form):
    """Why somebody withdraws."""

    reason = Text(
        label=_("Why do you withdraw?"),
        help_text=_(
            "You need not say it. If somebody pressed you to withdraw, do not withdraw: write to us or call 1414."
        ),
        limit=5_000,
        required=False,
    )


class NextStageForm(forms.Form):
    """Why the answer does not satisfy."""

    text = Text(
        label=_("What is wrong with the answer?"),
        help_text=_("Everything you wrote before goes along; write only what was not answered or not solved."),
        limit=LONGEST_TEXT,
        missing=_("Write why the answer does not satisfy you: one sentence is enough."),
    )
    files = Files(label=_("Files"))  # type: ignore[assignment]  # a field, which the form takes out of its class
