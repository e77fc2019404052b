"""Closing an appeal to all but named readers, and opening it again."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from qorgau.handling.sensitive import mark_ordinary, mark_sensitive
from qorgau.people.models import Staff
from qorgau.register.models import Appeal
from qorgau.rules.states import Verb
from qorgau.workplace.verbs.verb_page import VerbForm, VerbPage
from qorgau.workplace.verbs.words import reason_field


class SensitivityForm(VerbForm):
    """Why."""

    reason = reason_field(hint=_("For example: extortion, harm to life or health, a complaint about our own staff."))


class Sensitivity(VerbPage):
    """Close the appeal to all but named readers."""

    verb = Verb.MARK_SENSITIVE
    form_class = SensitivityForm
    what_follows = _(
        "From now on only those who are named read the appeal, you perhaps not among them. At a clinic it goes to the "
        "Fund’s branch at once."
    )
    done = _("The appeal is sensitive now; only named readers see it.")

    def act(self, appeal: Appeal, form: Any, *, staff: Staff, at: datetime, seen_version: int | None) -> None:
        mark_sensitive(appeal, staff=staff, reason=form.cleaned_data["reason"], at=at, seen_version=seen_version)


class OrdinaryForm(VerbForm):
    """Why."""

    reason = reason_field()


class Ordinary(VerbPage):
    """Open the appeal to everybody who would see it otherwise."""

    verb = Verb.MARK_ORDINARY
    form_class = OrdinaryForm
    what_follows = _("Everybody who sees the other appeals of your desk sees this one too. The namings end.")
    done = _("The appeal is not sensitive any longer.")

    def act(self, appeal: Appeal, form: Any, *, staff: Staff, at: datetime, seen_version: int | None) -> None:
        mark_ordinary(appeal, staff=staff, reason=form.cleaned_data["reason"], at=at, seen_version=seen_version)
