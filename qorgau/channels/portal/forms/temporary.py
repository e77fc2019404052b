"""The application for a temporary insured status: which category, since when, upon which documents, whose."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from qorgau.channels.portal.forms.appeals import AppealForm
from qorgau.channels.portal.forms.fields import Choice, Day, Files, IinLine, Text
from qorgau.channels.portal.forms.pieces import Author, Concerned, Place
from qorgau.directory.choices import categories, category_codes
from qorgau.intake.checks import LONGEST_TEXT
from qorgau.lib.speech import say_date
from qorgau.rules.kinds import Kind
from qorgau.rules.sentences import N_, Sentence

TOPIC = "temporary-status"


class Claim(forms.Form):
    """What the person says to be, and what proves it."""

    category = Choice(
        label=_("Which of these are you?"),
        choices=categories,
        values=category_codes,
        missing=_("Choose the category. If you do not know it, choose the closest one and explain it below."),
        wrong=_("Choose from the list."),
        widget=forms.RadioSelect(),
    )
    since = Day(
        label=_("Since when?"),
        help_text=_("As in the document, for example 12.03.2026. The year alone is enough."),
        limit=60,
        required=False,
        attrs={"autocomplete": "off"},
    )
    files = Files(  # type: ignore[assignment]  # a field, which the form takes out of its class
        label=_("Documents that prove it"),
        help_text=_(
            "For example a certificate of pension, of disability, of studies, of pregnancy or of registration as "
            "unemployed: a photograph or a PDF. Do not add copies of identity documents: the law forbids collecting "
            "them."
        ),
    )
    words = Text(
        label=_("Anything else we should know?"),
        help_text=_("For example that you have an appointment or an operation on a certain day."),
        limit=LONGEST_TEXT - 1_000,
        required=False,
    )


class TemporaryForm(Author, Concerned, Place, Claim, AppealForm):
    """An application of a privileged person who is shown as not insured (DOMAIN §3.1, S6)."""

    kind = Kind.APPLICATION
    about = Choice(
        label=_("Whom is it for?"),
        choices=(("me", _("For me")), ("other", _("For somebody I write for"))),
        widget=forms.RadioSelect(),
    )
    iin = IinLine(
        label=_("IIN"),
        help_text=_("12 digits: yours, or that of the person you write for. The status is granted to this number."),
        required=False,
    )
    organisation = organisation_id = organisation_for = None  # type: ignore[assignment]
    field_order = (
        *("category", "since", "files", "words"),
        *("about", "relation", "patient_surname", "patient_given_name", "patient_patronymic", "iin"),
        "region",
        *("surname", "given_name", "patronymic", "phone", "email", "language"),
    )

    def clean(self) -> dict[str, object]:
        """Put what was chosen into words, as the person would write it; without them it is no application yet."""
        said: dict[str, Any] = super().clean()
        said["topic"] = TOPIC
        if category := said.get("category"):
            # By its name alone: the desk finds the category by it, in whatever language it was said.
            said["circumstances"] = dict(categories())[category]
            said["text"] = _in_words(said)
        return said

    def ask_besides(self, *, files: int) -> None:
        """Ask for the IIN and for a document once. An application without them is taken all the same (Art. 64)."""
        if not self.cleaned_data.get("iin") and "iin" not in self.asked:
            self.ask("iin", _WHY_IIN)
        if not files and "files" not in self.asked:
            self.ask("files", _WHY_DOCUMENT)

    def remarks(self, *, files: int) -> tuple[Sentence, ...]:
        """What the desk should see at once."""
        return () if files else (Sentence(N_("No document that proves the category was sent with it.")),)


_WHY_IIN = _(
    "Without the IIN the status cannot be granted to anybody. Write it, or send the form once more as it is: we will "
    "ask you for it."
)
_WHY_DOCUMENT = _(
    "The Fund grants the status on a document that proves the category. Add it if you have it at hand. If not, send "
    "the form once more as it is and bring the document later: you can add files to your appeal by its number and code."
)


def _in_words(said: dict[str, Any]) -> str:
    since = said.get("since")
    lines = [
        gettext("Please grant me a temporary insured status.")
        if said.get("about") != "other"
        else gettext("Please grant the person I write for a temporary insured status."),
        gettext("Category: %(category)s.") % {"category": said["circumstances"]},
    ]
    if since:
        lines.append(gettext("Since: %(day)s.") % {"day": since if isinstance(since, str) else say_date(since)})
    if said.get("words"):
        lines += ["", said["words"]]
    return "\n".join(lines)
