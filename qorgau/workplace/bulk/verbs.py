"""The verbs that make sense for several appeals at once: what each asks for, and how it is done to one of them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from qorgau.handling.accept import accept
from qorgau.handling.answer import answer
from qorgau.handling.assign import assign
from qorgau.handling.note import note
from qorgau.handling.submit_for_approval import submit_for_approval
from qorgau.people.models import Staff
from qorgau.register.models import Appeal
from qorgau.rules.roles import HANDLERS
from qorgau.rules.states import Verb
from qorgau.workplace.verbs.words import text_field


class ManyForm(forms.Form):
    """What is asked once for all the appeals."""

    def __init__(self, *args: Any, appeals: Iterable[Appeal], staff: Staff, **kwargs: Any) -> None:
        self.appeals, self.staff = list(appeals), staff
        super().__init__(*args, **kwargs)


class ManyVerb:
    """One verb for several appeals. Subclasses say what it asks for, what follows, and do it to one appeal.

    `words` stand on the button where those of the single verb would promise something else.
    """

    verb: ClassVar[Verb]
    form_class: ClassVar[type[ManyForm]] = ManyForm
    template: ClassVar[str] = "bulk/form.html"
    words: ClassVar[Promise | None] = None
    what_follows: ClassVar[Promise]

    def act(self, appeal: Appeal, form: Any, *, staff: Staff, at: datetime, seen_version: int | None) -> None:
        """Do it as a single one is done. May raise any Problem."""
        raise NotImplementedError


class Accepting(ManyVerb):
    verb = Verb.ACCEPT
    what_follows = _("Your desk takes the appeals into work, and you become the one who works on them.")

    def act(self, appeal: Appeal, form: Any, *, staff: Staff, at: datetime, seen_version: int | None) -> None:
        accept(appeal, staff=staff, at=at, seen_version=seen_version)


class AssigningForm(ManyForm):
    """Who works on them."""

    to = forms.TypedChoiceField(label=_("Colleague"), coerce=int, error_messages={"required": _("Choose a colleague.")})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = Staff.objects.filter(desk=self.staff.desk, role__in=sorted(HANDLERS), is_active=True)
        in_order = people.order_by("last_name", "first_name", "pk")
        self.colleagues = {person.pk: person for person in in_order if person.works_today}
        choices = [(key, _with_post(person)) for key, person in self.colleagues.items()]
        self.fields["to"].choices = [("", _("Choose a colleague")), *choices]  # type: ignore[attr-defined]


class Assigning(ManyVerb):
    verb = Verb.ASSIGN
    form_class = AssigningForm
    what_follows = _("The colleague finds the appeals under “Mine”.")

    def act(self, appeal: Appeal, form: Any, *, staff: Staff, at: datetime, seen_version: int | None) -> None:
        to = form.colleagues[form.cleaned_data["to"]]
        assign(appeal, staff=staff, to=to, at=at, seen_version=seen_version)


class Submitting(ManyVerb):
    verb = Verb.SUBMIT_FOR_APPROVAL
    what_follows = _("The drafts go to the head of the desk or the deputy, who reads each of them.")

    def act(self, appeal: Appeal, form: Any, *, staff: Staff, at: datetime, seen_version: int | None) -> None:
        submit_for_approval(appeal, staff=staff, at=at, seen_version=seen_version)


class Answering(ManyVerb):
    verb = Verb.ANSWER
    what_follows = _(
        "Each applicant gets the answer that stands in the draft of their appeal. It cannot be changed afterwards; the "
        "clocks stop. Where an approval is due, only approved drafts leave."
    )

    def act(self, appeal: Appeal, form: Any, *, staff: Staff, at: datetime, seen_version: int | None) -> None:
        answer(appeal, staff=staff, at=at, seen_version=seen_version)


class NotingForm(ManyForm):
    """The words of the note."""

    text = text_field(_("Note"), missing=_("Write the note."))


class Noting(ManyVerb):
    verb = Verb.NOTE
    form_class = NotingForm
    what_follows = _("Every one of the appeals gets the same note. Colleagues see it; the applicant does not.")

    def act(self, appeal: Appeal, form: Any, *, staff: Staff, at: datetime, seen_version: int | None) -> None:
        # A note contradicts nothing that others did meanwhile.
        note(appeal, staff=staff, text=form.cleaned_data["text"], at=at)


def _with_post(person: Staff) -> str:
    return f"{person.get_full_name() or person.username} – {person.post or person.get_role_display()}"
