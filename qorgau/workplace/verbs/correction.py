"""Correcting the reason, the organisation or the region of an appeal."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from qorgau.directory.models import Organisation
from qorgau.directory.reference import current
from qorgau.handling.correct import correct
from qorgau.lib.row_ids import row_id
from qorgau.lib.speech import current_language, name_in
from qorgau.people.models import Staff
from qorgau.register.models import Appeal
from qorgau.rules.states import Verb
from qorgau.workplace.organisations import OrganisationOption, found_for_form, is_meant_by, option, search_address
from qorgau.workplace.verbs.verb_page import VerbForm, VerbPage
from qorgau.workplace.verbs.words import reason_field


class CorrectionForm(VerbForm):
    """What the appeal is about, as it was understood so far, and why that is not right."""

    topic = forms.ChoiceField(label=_("Reason"), required=False)
    organisation_words = forms.CharField(
        label=_("Medical organisation"), required=False, help_text=_("A part of the name, the BIN or another name.")
    )
    organisation = forms.CharField(required=False)
    region = forms.ChoiceField(
        label=_("Region"), required=False, help_text=_("Where an organisation is chosen, its own region counts.")
    )
    reason = reason_field(_("Why it is corrected"), hint=_("The history of the appeal shows it."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reference, now = current(), self.appeal.topic
        topics = [
            (name_in(group), [(topic.code, name_in(topic)) for topic in topics])
            for group, topics in reference.topic_tree()
        ]
        if now is not None and not any(code == now.code for _group, offered in topics for code, _name in offered):
            topics.append((str(_("No longer offered")), [(now.code, name_in(now))]))
        regions = [(row.kato, name_in(row)) for row in reference.regions_in_order(current_language())]
        self.fields["topic"].choices = [("", _("Not known yet")), *topics]  # type: ignore[attr-defined]
        self.fields["region"].choices = [("", _("Not known yet")), *regions]  # type: ignore[attr-defined]

    def options(self) -> list[OrganisationOption]:
        """The organisations to choose from: what the words mean; without words the one that is chosen, and none."""
        words = str(self["organisation_words"].value() or "")
        if words.strip():
            return found_for_form(words, self.appeal.region, self.staff)
        chosen = _organisation(str(self["organisation"].value() or ""))
        none = OrganisationOption("", str(_("It is about no medical organisation, or it is not known")), "")
        return [option(chosen), none] if chosen else [none]

    def search_address(self) -> str:
        """Where they are asked for while somebody types."""
        return search_address(self.appeal.region)

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        words = self.cleaned_data.get("organisation_words", "")
        if words.strip() and not (self.meant and is_meant_by(words, self.meant)):
            self.add_error(
                "organisation", forms.ValidationError(_("Choose one of those found, or take the words out."))
            )
        return cleaned

    @property
    def meant(self) -> Organisation | None:
        """The organisation that is chosen."""
        return _organisation(self.cleaned_data.get("organisation", ""))


class Correction(VerbPage):
    """Give the appeal the reason, the organisation and the region that it really is about."""

    verb = Verb.CORRECT
    form_class = CorrectionForm
    template = "verbs/correction_form.html"
    what_follows = _(
        "Lists, checklists and figures follow from now on. The person’s words, the desk and the terms stay: if another "
        "desk should have it, hand it over."
    )
    done = _("The appeal was corrected.")

    def initial(self, appeal: Appeal, staff: Staff) -> dict[str, Any]:
        return {
            "topic": appeal.topic.code if appeal.topic else "",
            "organisation": appeal.organisation_id or "",
            "region": appeal.region.kato if appeal.region else "",
        }

    def act(self, appeal: Appeal, form: Any, *, staff: Staff, at: datetime, seen_version: int | None) -> None:
        reference, said = current(), form.cleaned_data
        correct(
            appeal,
            staff=staff,
            topic=reference.topic_by_code(said["topic"]) if said["topic"] else None,
            organisation=form.meant,
            region=reference.region_by_kato(said["region"]) if said["region"] else None,
            reason=said["reason"],
            at=at,
            seen_version=seen_version,
        )


def _organisation(key: str) -> Organisation | None:
    return current().organisations.get(row_id(key) or 0)
