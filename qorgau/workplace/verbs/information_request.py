"""Asking a clinic about an appeal."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from qorgau.directory.models import Desk
from qorgau.directory.reference import current
from qorgau.handling.request_information import request_information
from qorgau.people.models import Staff
from qorgau.register.models import Appeal
from qorgau.rules.ladder import DeskKind
from qorgau.rules.states import Verb
from qorgau.workplace.verbs.desk_choice import DeskChoiceForm, DeskChoicePage
from qorgau.workplace.verbs.words import text_field


class InformationRequestForm(DeskChoiceForm):
    """Whom and what."""

    chosen, typed = "asked", "desk_words"

    desk_words = forms.CharField(
        label=_("Clinic"), required=False, help_text=_("Find a clinic by a part of its name, its BIN or another name.")
    )
    asked = forms.CharField(required=True, error_messages={"required": _("Choose the clinic.")})
    question = text_field(
        _("What do you want to know?"),
        hint=_("The clinic sees the appeal from now on."),
        missing=_("Write what you want to know."),
    )

    def natural(self) -> list[Desk]:
        desk = current().desk_of(DeskKind.CLINIC, organisation_id=self.appeal.organisation_id)
        return [desk] if desk and self.possible(desk) else []

    def possible(self, desk: Desk) -> bool:
        return desk.kind == DeskKind.CLINIC and not self.appeal.sensitive


class InformationRequest(DeskChoicePage):
    """Request information from a clinic's patient support service."""

    verb = Verb.REQUEST_INFORMATION
    form_class = InformationRequestForm
    what_follows = _("The clinic is told and has its own term to reply. The lawful clock of the appeal runs on.")
    done = _("The clinic was asked.")

    def initial(self, appeal: Appeal, staff: Staff) -> dict[str, Any]:
        desk = current().desk_of(DeskKind.CLINIC, organisation_id=appeal.organisation_id)
        return {"asked": desk.pk if desk and not appeal.sensitive else ""}

    def act(self, appeal: Appeal, form: Any, *, staff: Staff, at: datetime, seen_version: int | None) -> None:
        question = form.cleaned_data["question"]
        request_information(appeal, staff=staff, asked=form.desk(), question=question, at=at, seen_version=seen_version)
