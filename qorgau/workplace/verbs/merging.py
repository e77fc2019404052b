"""Merging two appeals from the card of either."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from qorgau.handling.merge import merge
from qorgau.people.models import Staff
from qorgau.register.models import Appeal
from qorgau.rules.states import Verb
from qorgau.workplace.verbs.other_appeal import OtherAppealForm, OtherAppealPage
from qorgau.workplace.verbs.words import reason_field


class MergingForm(OtherAppealForm):
    """With which one, and why."""

    only_open = True
    reason = reason_field(
        _("Why they are answered together"), hint=_("For your colleagues; the applicants do not read it.")
    )


class Merging(OtherAppealPage):
    """This appeal becomes part of another."""

    verb = Verb.MERGE
    form_class = MergingForm
    what_follows = _(
        "Work goes on with the other appeal, and its answer comes to both applicants. Both numbers keep working, the "
        "lawful term of each stays, and neither applicant sees the other. It can be undone for 14 days, until there is "
        "an answer."
    )
    done = _("The appeal is part of the other one now.")

    def act(self, appeal: Appeal, form: Any, *, staff: Staff, at: datetime, seen_version: int | None) -> None:
        reason = form.cleaned_data["reason"]
        merge(appeal, into=form.found, staff=staff, reason=reason, at=at, seen_version=seen_version)


class TakingIn(OtherAppealPage):
    """Another appeal becomes part of this one."""

    verb = Verb.TAKE_IN
    form_class = MergingForm
    what_follows = _(
        "This appeal leads: work goes on here, and the answer comes to both applicants. Both numbers keep working, the "
        "lawful term of each stays, and neither applicant sees the other. It can be undone for 14 days, until there is "
        "an answer."
    )
    done = _("The other appeal is part of this one now.")

    def act(self, appeal: Appeal, form: Any, *, staff: Staff, at: datetime, seen_version: int | None) -> None:
        reason = form.cleaned_data["reason"]
        merge(form.found, into=appeal, staff=staff, reason=reason, at=at, seen_version_of_leading=seen_version)
