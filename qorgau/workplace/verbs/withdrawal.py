"""Writing down that the applicant wishes to withdraw."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from qorgau.handling.record_withdrawal import record_withdrawal
from qorgau.people.models import Staff
from qorgau.register.models import Appeal
from qorgau.rules.kinds import Channel
from qorgau.rules.states import Verb
from qorgau.workplace.verbs.verb_page import VerbForm, VerbPage
from qorgau.workplace.verbs.words import reason_field

_WAYS = [
    (Channel.CALL.value, _("By telephone")),
    (Channel.CLINIC_DESK.value, _("At the desk, in words or on paper")),
    (Channel.EMAIL.value, _("By e-mail")),
    (Channel.SOCIAL.value, _("In a social network")),
]


class WithdrawalForm(VerbForm):
    """How the wish reached us, and the person's reason."""

    channel = forms.ChoiceField(
        label=_("How the applicant said so"),
        choices=_WAYS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how the applicant said so.")},
    )
    reason = reason_field(_("The applicant’s reason, in their own words"))


class Withdrawal(VerbPage):
    """Write down a wish to withdraw; the applicant alone withdraws."""

    verb = Verb.RECORD_WITHDRAWAL
    form_class = WithdrawalForm
    what_follows = _(
        "Nothing is withdrawn yet: the applicant is asked to confirm it with the number and the code. "
        "Your name stays with the record."
    )
    done = _("The wish was written down; it waits for the applicant’s confirmation.")

    def act(self, appeal: Appeal, form: Any, *, staff: Staff, at: datetime, seen_version: int | None) -> None:
        record_withdrawal(
            appeal,
            staff=staff,
            channel=form.cleaned_data["channel"],
            reason=form.cleaned_data["reason"],
            at=at,
            seen_version=seen_version,
        )
