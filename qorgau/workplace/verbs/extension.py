"""Extending the lawful term: a specialist proposes, the head decides."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from qorgau.handling.extend import extend, refuse_extension
from qorgau.handling.propose_extension import last_possible_day, open_proposal, propose_extension
from qorgau.lib.speech import say_date
from qorgau.people.models import Staff
from qorgau.register.models import Appeal
from qorgau.rules.states import Verb
from qorgau.workplace.verbs.verb_page import VerbForm, VerbPage
from qorgau.workplace.verbs.words import reason_field


class ProposalForm(VerbForm):
    """Until when and why."""

    until = forms.DateField(
        label=_("New due date"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d.%m.%Y"],
        help_text=_("At most two months after the first due date (Art. 76)."),
        error_messages={
            "required": _("Choose the new due date."),
            "invalid": _("Write the date as day, month and year, for example 21.03.2026."),
        },
    )
    reason = reason_field(hint=_("Which facts must still be established. The applicant reads it in the notice."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if day := last_possible_day(self.appeal):
            until = self.fields["until"]
            until.help_text = gettext("At the latest %(day)s: two months after the first due date (Art. 76).") % {
                "day": say_date(day)
            }
            until.widget.attrs["max"] = day.isoformat()


class ExtensionProposed(VerbPage):
    """Propose a longer term to the head of the desk."""

    verb = Verb.PROPOSE_EXTENSION
    form_class = ProposalForm
    what_follows = _(
        "The head of the desk or the deputy decides. The notice to the applicant is drafted from this and leaves when "
        "they approve; until then the present term runs on."
    )
    done = _("The longer term is proposed; the head of the desk decides.")

    def act(self, appeal: Appeal, form: Any, *, staff: Staff, at: datetime, seen_version: int | None) -> None:
        said = form.cleaned_data
        propose_extension(
            appeal, staff=staff, until=said["until"], reason=said["reason"], at=at, seen_version=seen_version
        )


class Extension(VerbPage):
    """Extend the term as it was proposed, by a reasoned decision of the head or the deputy."""

    verb = Verb.EXTEND
    template = "verbs/extension_form.html"
    what_follows = _("The computation sheet gets the step, and the notice below is sent to the applicant at once.")
    done = _("The term was extended and the applicant is told.")

    def act(self, appeal: Appeal, form: Any, *, staff: Staff, at: datetime, seen_version: int | None) -> None:
        extend(appeal, staff=staff, at=at, seen_version=seen_version)

    def context(self, appeal: Appeal, form: Any) -> dict[str, Any]:
        return {"proposal": open_proposal(appeal)}


class RefusalForm(VerbForm):
    """Why not."""

    reason = reason_field(hint=_("Whoever proposed it reads the reason; the applicant does not."))


class ExtensionRefused(VerbPage):
    """Leave the term as it is."""

    verb = Verb.REFUSE_EXTENSION
    form_class = RefusalForm
    template = "verbs/extension_form.html"
    what_follows = _("The present term stands, and the applicant hears nothing of it.")
    done = _("The term stays as it is.")

    def act(self, appeal: Appeal, form: Any, *, staff: Staff, at: datetime, seen_version: int | None) -> None:
        refuse_extension(appeal, staff=staff, reason=form.cleaned_data["reason"], at=at, seen_version=seen_version)

    def context(self, appeal: Appeal, form: Any) -> dict[str, Any]:
        return {"proposal": open_proposal(appeal)}
