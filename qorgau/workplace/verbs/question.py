"""Asking the applicant."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from qorgau.handling.ask_applicant import ask_applicant
from qorgau.people.models import Staff
from qorgau.register.models import Appeal
from qorgau.rules.states import Verb
from qorgau.workplace.texts.insertion import InsertsReadyTexts, WithReadyTexts
from qorgau.workplace.verbs.words import text_field


class QuestionForm(WithReadyTexts):
    """What is asked."""

    into = "question"

    question = text_field(
        _("Question"), hint=_("Write in the applicant’s language."), missing=_("Write what you want to know.")
    )


class Question(InsertsReadyTexts):
    """Ask the applicant a question."""

    verb = Verb.ASK_APPLICANT
    form_class = QuestionForm
    template = "verbs/question_form.html"
    what_follows = _("The applicant is told that there is a question. The lawful clock runs on.")
    done = _("The question was asked.")

    def act(self, appeal: Appeal, form: Any, *, staff: Staff, at: datetime, seen_version: int | None) -> None:
        ask_applicant(appeal, staff=staff, question=form.cleaned_data["question"], at=at, seen_version=seen_version)
