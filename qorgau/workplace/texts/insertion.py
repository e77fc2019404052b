"""Putting ready texts into what somebody writes: at the cursor or after it, several if they wish, nothing replaced."""

from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from qorgau.directory.template_variables import VARIABLES, fill, gaps
from qorgau.lib.row_ids import row_id
from qorgau.people.models import Staff
from qorgau.register.models import Appeal
from qorgau.workplace.answer_texts import appended, facts_for
from qorgau.workplace.texts.ready import ReadyText, count_use, found, grouped, ready_texts
from qorgau.workplace.verbs.verb_page import VerbForm, VerbPage

_LANGUAGES = dict(settings.LANGUAGES)


class WithReadyTexts(VerbForm):
    """A form with one long text, into which ready texts may be put. `into` names that text."""

    into = "text"

    template_words = forms.CharField(
        label=_("Find a ready text"), required=False, max_length=200, widget=forms.TextInput(attrs={"type": "search"})
    )
    template = forms.ChoiceField(
        label=_("Ready text"),
        required=False,
        help_text=_("It is added where the cursor was, or at the end; nothing is replaced."),
    )
    # Where the cursor stands, in UTF-16 units as browsers count; empty without JavaScript.
    cursor = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.notes: list[str] = []
        self.adding = False
        self.texts = {text.key: text for text in ready_texts(self.staff, self.appeal)}
        self.fields[self.into].widget.attrs["data-insert-here"] = "cursor"
        words = str(self["template_words"].value() or "")
        self.shown = found(self.texts.values(), words) if words.strip() else list(self.texts.values())
        self.fields["template"].choices = [("", _("Choose a text")), *grouped(self.shown)]  # type: ignore[attr-defined]
        if self.texts and not self.shown:
            self.notes.append(gettext("No ready text holds these words. Try fewer or others."))

    def begin_at(self, field: str, *, cursor: int | None = None) -> None:
        """Give this field the focus when the form opens, with the cursor there: whoever writes goes on writing."""
        self.begins_at = field
        self.fields[field].widget.attrs["autofocus"] = "autofocus"
        if cursor is not None:
            self.fields[field].widget.attrs["data-cursor"] = cursor

    def clean_template(self) -> str:
        """Sending says nothing about the choice: it is for adding alone."""
        return ""


class InsertsReadyTexts(VerbPage):
    """A page of a verb whose form is `WithReadyTexts`."""

    def language(self, appeal: Appeal, typed: dict[str, Any]) -> str:
        """The language that is written in."""
        return appeal.language

    def asked(self, request: HttpRequest, form: Any) -> VerbForm:
        """The form with the chosen text put in and a word about what is open in it; or only with what was found."""
        typed: dict[str, Any] = request.POST.dict()
        text = form.texts.get(typed.get("template", "")) if "insert" in request.POST else None
        notes: list[str] = []
        ends = 0
        if text is not None:
            addition, notes = written(text, form.appeal, form.staff, self.language(form.appeal, typed))
            typed[form.into], ends = put_in(typed.get(form.into, ""), addition, typed.pop("cursor", ""))
            count_use(text.key)
        grown = self.form_class(initial=typed, appeal=form.appeal, staff=form.staff)
        if isinstance(grown, WithReadyTexts):
            grown.notes, grown.adding = [*notes, *grown.notes], True
            if text is not None:
                grown.begin_at(form.into, cursor=ends)
            else:
                grown.begin_at("template" if grown.shown else "template_words")
        return grown


def written(text: ReadyText, appeal: Appeal, staff: Staff, language: str) -> tuple[str, list[str]]:
    """The text for this appeal in a language, and notes: which language it is in, and what was left open in it."""
    variant, spoken = text.in_language(language)
    facts = facts_for(appeal, staff, spoken)
    notes = []
    if spoken != language:
        notes.append(
            gettext("“%(name)s” is not there in this language; it was added in another one: %(language)s.")
            % {"name": text.name, "language": _LANGUAGES[spoken]}
        )
    notes += [_note_on(name) for name in gaps(variant, facts)]
    return fill(variant, facts), notes


_SECOND_HALVES = {bytes([byte]) for byte in range(0xDC, 0xE0)}
"""How the second half of a character beyond the first 65,536 begins, in UTF-16."""


def put_in(text: str, addition: str, cursor: str) -> tuple[str, int]:
    """The text with the addition at the cursor, a blank line around it, and where the addition ends, in UTF-16 units.
    Without a cursor it comes to the end.
    """
    text = text.replace("\r\n", "\n")
    units = row_id(cursor)
    if units is None:
        grown = appended(text, addition)
        return grown, _units(grown)
    encoded = text.encode("utf-16-le", errors="surrogatepass")
    if encoded[2 * units + 1 : 2 * units + 2] in _SECOND_HALVES:
        units -= 1  # nobody's cursor stands within a character, but anybody can say it does
    before = encoded[: 2 * units].decode("utf-16-le", errors="replace")
    after = encoded[2 * units :].decode("utf-16-le", errors="replace")
    grown = appended(before, addition)
    return (f"{grown}\n\n{after.lstrip()}" if after.strip() else grown), _units(grown)


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", errors="surrogatepass")) // 2


def _note_on(name: str) -> str:
    if name in VARIABLES:
        return gettext(
            "Not known, so it is left open in the text: {%(name)s} (%(meaning)s). Write it, or take it out."
        ) % {
            "name": name,
            "meaning": VARIABLES[name],
        }
    return gettext("There is no variable {%(name)s}; it is left open in the text. Write it, or take it out.") % {
        "name": name
    }
