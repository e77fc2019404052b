"""Linking an appeal with another, and taking links off."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qorgau.handling.link import link
from qorgau.handling.unlink import unlink
from qorgau.people.models import Staff
from qorgau.register.links import BY_HAND, links_by_hand
from qorgau.register.models import Appeal, Link
from qorgau.rules.problems import Problem
from qorgau.rules.sentences import N_, Sentence
from qorgau.rules.states import Verb
from qorgau.workplace.verbs.other_appeal import OtherAppealForm, OtherAppealPage
from qorgau.workplace.verbs.verb_page import VerbForm, VerbPage
from qorgau.workplace.wording import LINKS, LINKS_SEEN_FROM_THE_EARLIER


class LinkingForm(OtherAppealForm):
    """With which one, and how they belong together."""

    type = forms.ChoiceField(
        label=gettext_lazy("This appeal"),
        choices=[(type, LINKS[type]) for type in BY_HAND],
        initial=BY_HAND[0],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose how the two appeals belong together.")},
    )


class Linking(OtherAppealPage):
    """Note that two appeals belong together."""

    verb = Verb.LINK
    form_class = LinkingForm
    what_follows = gettext_lazy(
        "Each appeal stays as it is, with its own term and its own answer. Both cards show the other one to those who "
        "may see it; the applicants are not told."
    )
    done = gettext_lazy("The two appeals are linked.")

    def act(self, appeal: Appeal, form: Any, *, staff: Staff, at: datetime, seen_version: int | None) -> None:
        type = form.cleaned_data["type"]
        link(appeal, other=form.found, type=type, staff=staff, at=at, seen_version=seen_version)


class UnlinkingForm(VerbForm):
    """Which of the links."""

    link = forms.ChoiceField(
        label=gettext_lazy("Link"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose the link that is taken off.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.links = {str(row.pk): row for row in links_by_hand(self.appeal, self.staff)}
        self.fields["link"].choices = [  # type: ignore[attr-defined]
            (key, _in_words(row, self.appeal)) for key, row in self.links.items()
        ]
        if len(self.links) == 1:
            self.initial.setdefault("link", next(iter(self.links)))


class Unlinking(VerbPage):
    """Take a link off."""

    verb = Verb.UNLINK
    form_class = UnlinkingForm
    template = "verbs/unlinking_form.html"
    what_follows = gettext_lazy("The two appeals are no longer shown on each other’s cards. The journals keep it.")
    done = gettext_lazy("The link was taken off.")

    def act(self, appeal: Appeal, form: Any, *, staff: Staff, at: datetime, seen_version: int | None) -> None:
        chosen = form.links.get(form.cleaned_data["link"])
        if chosen is None:
            raise Problem(Sentence(N_("This link is not there any longer.")), "link")
        unlink(appeal, link=chosen, staff=staff, at=at, seen_version=seen_version)


def _in_words(row: Link, appeal: Appeal) -> str:
    if row.appeal_id == appeal.pk:
        words, other = LINKS[row.type], row.earlier
    else:
        words, other = LINKS_SEEN_FROM_THE_EARLIER[row.type], row.appeal
    return _("%(relation)s: %(number)s") % {"relation": words, "number": other.number}
