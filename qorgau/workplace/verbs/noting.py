"""Writing a note that stays inside."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from qorgau.handling.note import note
from qorgau.people.models import Staff
from qorgau.register.models import Appeal
from qorgau.rules.states import Verb
from qorgau.workplace.verbs.verb_page import VerbForm, VerbPage
from qorgau.workplace.verbs.words import text_field


class NoteForm(VerbForm):
    """The note."""

    text = text_field(_("Note"), missing=_("Write the note."))


class Noting(VerbPage):
    """Write a note that colleagues see and the applicant does not."""

    verb = Verb.NOTE
    form_class = NoteForm
    what_follows = _("Your desk and the Fund’s desks that see the appeal read the note. The applicant does not.")
    done = _("The note was written.")

    def act(self, appeal: Appeal, form: Any, *, staff: Staff, at: datetime, seen_version: int | None) -> None:
        # A note holds whatever happened meanwhile, so it asks for no version.
        note(appeal, staff=staff, text=form.cleaned_data["text"], at=at)
