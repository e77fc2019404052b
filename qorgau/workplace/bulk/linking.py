"""Linking several appeals with one of them."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from qorgau.handling.link import link
from qorgau.people.models import Staff
from qorgau.register.links import BY_HAND
from qorgau.register.models import Appeal
from qorgau.register.scope import appeals_for
from qorgau.rules.states import Verb
from qorgau.workplace.bulk.merging import earliest_first
from qorgau.workplace.bulk.verbs import ManyForm, ManyVerb
from qorgau.workplace.wording import LINKS


class LinkingForm(ManyForm):
    """With which of them, and how the others belong to it."""

    to = forms.ChoiceField(
        label=_("Which of them the others are linked with"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the appeal that the others are linked with.")},
    )
    type = forms.ChoiceField(
        label=_("The others"),
        choices=[(type, LINKS[type]) for type in BY_HAND],
        initial=BY_HAND[0],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how the two appeals belong together.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = earliest_first(self.appeals)  # type: ignore[attr-defined]


class Linking(ManyVerb):
    verb = Verb.LINK
    form_class = LinkingForm
    words = _("Link with one of them")
    what_follows = _(
        "Each appeal stays as it is, with its own term and its own answer. The cards show each other to those who may "
        "see them; the applicants are not told."
    )

    def act(self, appeal: Appeal, form: Any, *, staff: Staff, at: datetime, seen_version: int | None) -> None:
        to = appeals_for(staff).get(number=form.cleaned_data["to"])
        # It was chosen with the others; it is not linked with itself.
        if to.pk != appeal.pk:
            link(appeal, other=to, type=form.cleaned_data["type"], staff=staff, at=at, seen_version=seen_version)
