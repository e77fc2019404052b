"""Splitting a question off an appeal that asked several."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from qorgau.directory.reference import current
from qorgau.handling.split import split
from qorgau.lib.row_ids import row_id
from qorgau.lib.speech import name_in
from qorgau.people.models import Staff
from qorgau.register.models import Appeal, Attachment
from qorgau.rules.states import Verb
from qorgau.workplace.discretion import sees_personal_data
from qorgau.workplace.organisations import OrganisationOption, found_for_form, option, search_address
from qorgau.workplace.verbs.verb_page import VerbForm, VerbPage
from qorgau.workplace.verbs.words import text_field


class SplittingForm(VerbForm):
    """The words of the question, and where it belongs."""

    words = text_field(
        _("Words of the question that is split off"),
        hint=_("All the applicant’s words stand here: leave those of one question. Nothing can be added to them."),
        missing=_("Choose the words of the question that is split off."),
    )
    topic = forms.ChoiceField(label=_("Reason"), required=False)
    organisation_words = forms.CharField(
        label=_("Medical organisation"), required=False, help_text=_("A part of the name, the BIN or another name.")
    )
    organisation = forms.CharField(required=False)
    kept = forms.MultipleChoiceField(
        label=_("Files that belong to it"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        topics = [
            (name_in(group), [(topic.code, name_in(topic)) for topic in topics])
            for group, topics in current().topic_tree()
        ]
        self.fields["topic"].choices = [("", _("Not known yet")), *topics]  # type: ignore[attr-defined]
        files = Attachment.objects.filter(appeal=self.appeal, message__isnull=True).order_by("pk")
        self.attachments = {str(row.pk): row for row in files} if sees_personal_data(self.staff) else {}
        if self.attachments:
            choices = [(key, row.name) for key, row in self.attachments.items()]
            self.fields["kept"].choices = choices  # type: ignore[attr-defined]
        else:
            del self.fields["kept"]

    def options(self) -> list[OrganisationOption]:
        """The organisations to choose from: what the words mean; without words the one that is chosen."""
        words = str(self["organisation_words"].value() or "")
        if words.strip():
            return found_for_form(words, self.appeal.region, self.staff)
        chosen = current().organisations.get(row_id(str(self["organisation"].value() or "")) or 0)
        return [option(chosen)] if chosen else []

    def search_address(self) -> str:
        """Where they are asked for while somebody types."""
        return search_address(self.appeal.region)


class Splitting(VerbPage):
    """Register one question of this appeal as an appeal of its own."""

    verb = Verb.SPLIT
    form_class = SplittingForm
    template = "verbs/splitting_form.html"
    what_follows = _(
        "The question gets a number, a code and a term of its own; the term counts from when this appeal was received. "
        "The rules choose its desk, and the applicant is told. This appeal keeps all its words."
    )
    done = _("The question was split off; it is among the linked appeals.")

    def initial(self, appeal: Appeal, staff: Staff) -> dict[str, Any]:
        parts = (appeal.text, appeal.circumstances, appeal.desired_outcome)
        return {
            "words": "\n\n".join(part for part in parts if part),
            "topic": appeal.topic.code if appeal.topic else "",
            "organisation": appeal.organisation_id or "",
        }

    def act(self, appeal: Appeal, form: Any, *, staff: Staff, at: datetime, seen_version: int | None) -> None:
        reference, said = current(), form.cleaned_data
        split(
            appeal,
            staff=staff,
            words=said["words"],
            topic=reference.topic_by_code(said["topic"]) if said["topic"] else None,
            organisation=reference.organisations.get(row_id(said["organisation"]) or 0),
            files=[form.attachments[key] for key in said.get("kept", ())],
            at=at,
            seen_version=seen_version,
        )
