"""Granting a temporary insured status, and revoking it."""

from datetime import datetime
from typing import Any

from django import forms
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from qorgau.directory.reference import current
from qorgau.handling.grant_temporary import grant_temporary
from qorgau.handling.revoke_temporary import revoke_temporary
from qorgau.lib.speech import name_in, say_date
from qorgau.people.models import Staff
from qorgau.register.models import Appeal, Attachment
from qorgau.rules.states import Verb
from qorgau.workplace.card.insurance_shown import category_said, granted_to_person
from qorgau.workplace.verbs.verb_page import VerbForm, VerbPage
from qorgau.workplace.verbs.words import reason_field, text_field


class GrantForm(VerbForm):
    """For which category, upon which documents, on what ground."""

    category = forms.ChoiceField(
        label=_("Category"), error_messages={"required": _("Choose the category that the documents prove.")}
    )
    documents = forms.TypedMultipleChoiceField(
        label=_("Documents it rests on"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages={"invalid_choice": _("A document you chose does not belong to this appeal.")},
    )
    ground = text_field(
        _("Ground"),
        hint=_("What the documents show and why the register does not. The applicant reads it."),
        missing=_("Say on what ground it is granted."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        categories = [
            (row.code, f"{row.code} {name_in(row)}")
            for row in current().insurance_categories.values()
            if row.holds_on(today)
        ]
        self.fields["category"].choices = [("", _("Choose the category")), *categories]  # type: ignore[attr-defined]
        files = Attachment.objects.filter(appeal=self.appeal).order_by("added_at", "pk")
        self.fields["documents"].choices = [(row.pk, row.name) for row in files]  # type: ignore[attr-defined]


class Granting(VerbPage):
    """Grant the person a temporary status for a month."""

    verb = Verb.GRANT_TEMPORARY
    form_class = GrantForm
    template = "verbs/temporary_form.html"
    what_follows = _(
        "From today every door tells the status with its last day, a month from now, and it ends by itself. The person "
        "is looked up once more before. The applicant is told; the appeal is still to be answered, and the data are "
        "still to be corrected."
    )
    done = _("The temporary status is granted and the applicant is told.")

    def initial(self, appeal: Appeal, staff: Staff) -> dict[str, Any]:
        files = list(Attachment.objects.filter(appeal=appeal).values_list("pk", flat=True)[:2])
        # Of several documents somebody must say which ones prove it.
        return {"category": category_said(appeal), "documents": files if len(files) == 1 else []}

    def act(self, appeal: Appeal, form: Any, *, staff: Staff, at: datetime, seen_version: int | None) -> None:
        said = form.cleaned_data
        self._until = grant_temporary(
            appeal,
            staff=staff,
            category=said["category"],
            ground=said["ground"],
            documents=said["documents"],
            at=at,
            seen_version=seen_version,
        ).until

    def done_words(self, form: Any) -> str:
        last_day = _("The last day: %(day)s.") % {"day": say_date(self._until)}
        return f"{self.done} {last_day}"

    def context(self, appeal: Appeal, form: Any) -> dict[str, Any]:
        return {
            "granted": granted_to_person(appeal, form.staff),
            "question_href": reverse("desk:question", args=[appeal.number]),
        }


class RevocationForm(VerbForm):
    """Why."""

    reason = reason_field(
        hint=_("For example: granted by mistake, or a document proved false. The applicant reads it.")
    )


class Revocation(VerbPage):
    """End a temporary status before its time."""

    verb = Verb.REVOKE_TEMPORARY
    form_class = RevocationForm
    what_follows = _(
        "From today no door tells the status any longer; the days before stay as they were. What was granted is kept, "
        "and the applicant is told with the reason."
    )
    done = _("The temporary status is revoked and the applicant is told.")
    kind = "danger"

    def act(self, appeal: Appeal, form: Any, *, staff: Staff, at: datetime, seen_version: int | None) -> None:
        revoke_temporary(appeal, staff=staff, reason=form.cleaned_data["reason"], at=at, seen_version=seen_version)
