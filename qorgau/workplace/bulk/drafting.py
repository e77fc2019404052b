"""Drafting the answers to several appeals from one ready text."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from qorgau.directory.template_variables import fill
from qorgau.handling.draft import draft
from qorgau.people.models import Staff
from qorgau.register.models import Answer, Appeal
from qorgau.rules.problems import Problem
from qorgau.rules.sentences import N_, Sentence
from qorgau.rules.states import Verb
from qorgau.workplace.answer_texts import facts_for, how_to_appeal
from qorgau.workplace.bulk.verbs import ManyForm, ManyVerb
from qorgau.workplace.texts.ready import count_use, grouped, is_meant_for, ready_texts_for_several
from qorgau.workplace.verbs.words import text_field
from qorgau.workplace.wording import DECISIONS_TO_TAKE


class DraftingForm(ManyForm):
    """The ready text, and what was decided in all of them."""

    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=[("", _("Choose what was decided")), *DECISIONS_TO_TAKE.items()],
        error_messages={"required": _("Choose what was decided.")},
    )
    template = forms.ChoiceField(
        label=_("Ready text"),
        help_text=_("Each draft is in the language of its applicant, with the number and dates of its appeal."),
        error_messages={"required": _("Choose a text.")},
    )
    legal_basis = text_field(_("Legal basis"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.texts = {text.key: text for text in ready_texts_for_several(self.staff, self.appeals)}
        choices = [("", _("Choose a text")), *grouped(self.texts.values())]
        self.fields["template"].choices = choices  # type: ignore[attr-defined]


class Drafting(ManyVerb):
    """Save a draft in each appeal that has none. Nothing is sent; each is sent or submitted by a press of its own."""

    verb = Verb.DRAFT
    form_class = DraftingForm
    what_follows = _(
        "Every one of the appeals gets a draft from the ready text; a draft that is there already is not replaced. "
        "Nothing is sent yet."
    )

    def act(self, appeal: Appeal, form: Any, *, staff: Staff, at: datetime, seen_version: int | None) -> None:
        text = form.texts[form.cleaned_data["template"]]
        if not is_meant_for(text, appeal, staff):
            raise Problem(Sentence(N_("The ready text is not meant for the reason of this appeal.")))
        if appeal.language not in text.texts:
            raise Problem(
                Sentence(N_("The ready text is not there in the applicant's language. Open the card to write."))
            )
        if Answer.objects.filter(appeal=appeal).exists():
            raise Problem(Sentence(N_("There is a draft already. Open the card to go on with it.")))
        draft(
            appeal,
            staff=staff,
            decision=form.cleaned_data["decision"],
            text=fill(text.texts[appeal.language], facts_for(appeal, staff, appeal.language)),
            legal_basis=form.cleaned_data["legal_basis"],
            how_to_appeal=how_to_appeal(appeal, appeal.language),
            language=appeal.language,
            at=at,
            seen_version=seen_version,
        )
        count_use(text.key)
