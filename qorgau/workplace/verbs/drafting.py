"""Writing the answer."""

from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from qorgau.handling.draft import draft
from qorgau.people.models import Staff
from qorgau.register.models import Answer, Appeal
from qorgau.rules.states import Verb
from qorgau.workplace.answer_texts import how_to_appeal, way_on_in
from qorgau.workplace.texts.insertion import InsertsReadyTexts, WithReadyTexts
from qorgau.workplace.verbs.verb_page import VerbForm
from qorgau.workplace.verbs.words import text_field
from qorgau.workplace.wording import DECISIONS_TO_TAKE

_LANGUAGES = dict(settings.LANGUAGES)


class DraftForm(WithReadyTexts):
    """The answer: what was decided, in which words, on what ground, and where one may go from here."""

    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=[("", _("Choose what was decided")), *DECISIONS_TO_TAKE.items()],
        error_messages={"required": _("Choose what was decided.")},
    )
    language = forms.ChoiceField(
        label=_("Language of the answer"), choices=settings.LANGUAGES, help_text=_("The applicant’s own, by law.")
    )
    text = text_field(_("Answer"), missing=_("Write the answer."))
    legal_basis = text_field(_("Legal basis"))
    how_to_appeal = text_field(
        _("Where to go in case of disagreement"),
        hint=_("These words follow the language of the answer; what you write yourself stays as it is."),
    )


class Drafting(InsertsReadyTexts):
    """Write the draft of the answer and save it."""

    verb = Verb.DRAFT
    form_class = DraftForm
    template = "verbs/draft_form.html"
    what_follows = _(
        "The draft is saved for your desk; the applicant does not see it. Who saves it last is its author."
    )
    done = _("The draft is saved.")

    def initial(self, appeal: Appeal, staff: Staff) -> dict[str, Any]:
        written = Answer.objects.filter(appeal=appeal).first()
        if written is None:
            return {"language": appeal.language, "how_to_appeal": how_to_appeal(appeal, appeal.language)}
        return {
            name: getattr(written, name) for name in ("decision", "language", "text", "legal_basis", "how_to_appeal")
        }

    def asked(self, request: HttpRequest, form: Any) -> VerbForm:
        grown, typed = super().asked(request, form), request.POST.dict()
        language = self.language(form.appeal, typed)
        grown.initial["how_to_appeal"] = way_on_in(language, typed.get("how_to_appeal", ""), form.appeal)
        return grown

    def language(self, appeal: Appeal, typed: dict[str, Any]) -> str:
        """The language of the answer, as it is chosen in the form."""
        return typed["language"] if typed.get("language") in _LANGUAGES else appeal.language

    def act(self, appeal: Appeal, form: Any, *, staff: Staff, at: datetime, seen_version: int | None) -> None:
        names = ("decision", "text", "legal_basis", "how_to_appeal", "language")
        written = {name: form.cleaned_data[name] for name in names}
        written["how_to_appeal"] = way_on_in(written["language"], written["how_to_appeal"], appeal)
        draft(appeal, staff=staff, at=at, seen_version=seen_version, **written)
