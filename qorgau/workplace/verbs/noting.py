"""Writing a note that stays inside."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from qorgau.handling.note import note
from qorgau.lib.speech import name_in
from qorgau.people.models import Staff
from qorgau.register.following.audience import may_be_mentioned
from qorgau.register.models import Appeal
from qorgau.rules.states import Verb
from qorgau.workplace.verbs.verb_page import VerbForm, VerbPage
from qorgau.workplace.verbs.words import text_field

MOST_OFFERED = 80
"""People in the list of a form; the others can be named by typing @ and their user name."""


class NoteForm(VerbForm):
    """The note."""

    text = text_field(
        _("Note"),
        missing=_("Write the note."),
        hint=_("Write @ and a user name to name a colleague, or choose them below."),
    )
    mentioned = forms.TypedMultipleChoiceField(
        label=_("Who should read it"),
        help_text=_("They find the note under “For you” and get an e-mail that says there is one."),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = may_be_mentioned(self.appeal, self.staff)[:MOST_OFFERED]
        self.fields["mentioned"].choices = [(person.pk, _words(person)) for person in people]  # type: ignore[attr-defined]
        if not people:
            del self.fields["mentioned"]


class Noting(VerbPage):
    """Write a note that colleagues see and the applicant does not."""

    verb = Verb.NOTE
    form_class = NoteForm
    what_follows = _("Your desk and the Fund’s desks that see the appeal read the note. The applicant does not.")
    done = _("The note was written.")

    def act(self, appeal: Appeal, form: Any, *, staff: Staff, at: datetime, seen_version: int | None) -> None:
        # A note holds whatever happened meanwhile, so it asks for no version.
        mentioned = form.cleaned_data.get("mentioned") or ()
        form.named = note(appeal, staff=staff, text=form.cleaned_data["text"], at=at, mentioned=mentioned)

    def done_words(self, form: Any) -> str:
        if not form.named:
            return str(self.done)
        # The last initial and the sentence share their full stop.
        people = ", ".join(person.short_name for person in form.named).removesuffix(".")
        return gettext("The note was written. It names: %(people)s.") % {"people": people}


def _words(person: Staff) -> str:
    return f"{person.get_full_name() or person.username} (@{person.username}), {name_in(person.desk)}"
