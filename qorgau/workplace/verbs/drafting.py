"""Writing the answer."""

from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from qorgau.handling.draft import draft
from qorgau.lib.speech import name_in
from qorgau.people.models import Staff
from qorgau.register.models import Answer, Appeal
from qorgau.rules.states import Verb
from qorgau.workplace.answer_texts import appended, filled, how_to_appeal, templates_for
from qorgau.workplace.verbs.verb_page import VerbForm, VerbPage
from qorgau.workplace.verbs.words import text_field
from qorgau.workplace.wording import DECISIONS

_LANGUAGES = dict(settings.LANGUAGES)


class DraftForm(VerbForm):
    """The answer: what was decided, in which words, on what ground, and where one may go from here."""

    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=[("", _("Choose what was decided")), *DECISIONS.items()],
        error_messages={"required": _("Choose what was decided.")},
    )
    language = forms.ChoiceField(
        label=_("Language of the answer"), choices=settings.LANGUAGES, help_text=_("The applicant’s own, by law.")
    )
    template = forms.ChoiceField(
        label=_("Ready text"), required=False, help_text=_("It is added after what is written; nothing is replaced.")
    )
    text = text_field(_("Answer"), missing=_("Write the answer."))
    legal_basis = text_field(_("Legal basis"))
    how_to_appeal = text_field(_("Where to go in case of disagreement"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.templates = {str(template.pk): template for template in templates_for(self.appeal)}
        choices = [(key, name_in(template)) for key, template in self.templates.items()]
        self.fields["template"].choices = [("", _("Choose a text")), *choices]  # type: ignore[attr-defined]


class Drafting(VerbPage):
    """Write the draft of the answer and save it."""

    verb = Verb.DRAFT
    form_class = DraftForm
    template = "draft_form.html"
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
        """The form with the ready text added, in the language of the answer."""
        typed = request.POST.dict()
        template = form.templates.get(typed.get("template", ""))
        language = typed.get("language", "")
        if language not in _LANGUAGES:
            language = form.appeal.language
        if template is not None:
            addition = filled(template, form.appeal, form.staff, language)
            typed["text"] = appended(typed.get("text", ""), addition)
        return self.form_class(initial=typed, appeal=form.appeal, staff=form.staff)

    def act(self, appeal: Appeal, form: Any, *, staff: Staff, at: datetime, seen_version: int | None) -> None:
        names = ("decision", "text", "legal_basis", "how_to_appeal", "language")
        written = {name: form.cleaned_data[name] for name in names}
        draft(appeal, staff=staff, at=at, seen_version=seen_version, **written)
