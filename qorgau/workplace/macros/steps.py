"""The steps of a macro: which verb, with which words; and doing one, by the verb that a person would use by hand."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from qorgau.directory.template_variables import fill, gaps
from qorgau.handling.accept import accept
from qorgau.handling.ask_applicant import ask_applicant
from qorgau.handling.assign import assign
from qorgau.handling.carry_on import carry_on
from qorgau.handling.draft import draft
from qorgau.handling.note import note
from qorgau.handling.reasons import require_finished
from qorgau.handling.set_details import add_labels
from qorgau.handling.submit_for_approval import submit_for_approval
from qorgau.people.models import Staff
from qorgau.register.models import Answer, Appeal
from qorgau.rules.problems import Problem
from qorgau.rules.sentences import N_, Sentence
from qorgau.rules.states import Verb
from qorgau.workplace.answer_texts import appended, facts_for, how_to_appeal
from qorgau.workplace.texts.ready import ReadyText

MOST_STEPS = 6

VERBS: dict[Verb, Promise] = {
    Verb.ACCEPT: _("Accept the appeal"),
    Verb.ASSIGN: _("Assign it to whoever runs the macro"),
    Verb.SET_DETAILS: _("Put a label on it"),
    Verb.NOTE: _("Write a note"),
    Verb.ASK_APPLICANT: _("Ask the applicant"),
    Verb.CARRY_ON: _("Carry on without waiting"),
    Verb.DRAFT: _("Add to the draft of the answer"),
    Verb.SUBMIT_FOR_APPROVAL: _("Submit for approval"),
}
"""What a macro may do. What ends an appeal, hands it over or extends its term stays with a person's own decision."""

WITH_WORDS = frozenset({Verb.NOTE, Verb.ASK_APPLICANT, Verb.DRAFT})


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One verb. `text` is the key of a ready text and comes before `words`; `decision` is for a draft only."""

    verb: Verb
    text: str = ""
    words: str = ""
    decision: str = ""
    label: str = ""

    def to_json(self) -> dict[str, str]:
        """What a macro keeps."""
        return {name: str(value) for name, value in asdict(self).items() if value}

    @classmethod
    def from_json(cls, value: dict[str, str]) -> "Step":
        """The step that `to_json` wrote."""
        return cls(**{**value, "verb": Verb(value["verb"])})  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Prepared:
    """A step made ready for one appeal: its words filled in, and the variables that stayed open."""

    step: Step
    words: str
    open_places: tuple[str, ...]


def prepare(step: Step, texts: dict[str, ReadyText], appeal: Appeal, staff: Staff) -> Prepared:
    """Fill in the words for this appeal. Raises Problem when the ready text is no more."""
    if step.verb not in WITH_WORDS:
        return Prepared(step, "", ())
    parts: list[str] = []
    left: list[str] = []
    spoken = appeal.language
    if step.text:
        if step.text not in texts:
            raise Problem(Sentence(N_("The ready text of this step is no more. Change the macro.")))
        text, spoken = texts[step.text].in_language(appeal.language)
        parts.append(text)
    parts.append(step.words)
    facts = facts_for(appeal, staff, spoken)
    for part in parts:
        left += gaps(part, facts)
    return Prepared(step, "\n\n".join(fill(part, facts) for part in parts if part), tuple(dict.fromkeys(left)))


def do(prepared: Prepared, appeal: Appeal, staff: Staff, *, at: datetime, seen_version: int | None) -> None:
    """Do the step by its verb, with the verb's own checks and journal line. Raises any Problem of the verb."""
    step, words = prepared.step, prepared.words
    common: dict[str, Any] = {"staff": staff, "at": at, "seen_version": seen_version}
    match step.verb:
        case Verb.ACCEPT:
            accept(appeal, **common)
        case Verb.ASSIGN:
            assign(appeal, to=staff, **common)
        case Verb.SET_DETAILS:
            add_labels(appeal, labels=[step.label], **common)
        case Verb.NOTE:
            note(appeal, text=words, **common)
        case Verb.ASK_APPLICANT:
            require_finished(words)  # it reaches the applicant at once
            ask_applicant(appeal, question=words, **common)
        case Verb.CARRY_ON:
            carry_on(appeal, **common)
        case Verb.DRAFT:
            _draft(appeal, words, step.decision, common)
        case Verb.SUBMIT_FOR_APPROVAL:
            submit_for_approval(appeal, **common)
        case _:
            raise Problem(Sentence(N_("A macro cannot do this. Change the macro.")))


def _draft(appeal: Appeal, words: str, decision: str, common: dict[str, Any]) -> None:
    """Added after the draft that is there, which keeps its decision and its other words."""
    written = Answer.objects.filter(appeal=appeal).first()
    if written is None:
        language = appeal.language
        how = how_to_appeal(appeal, language)
        draft(appeal, decision=decision, text=words, legal_basis="", how_to_appeal=how, language=language, **common)
        return
    draft(
        appeal,
        decision=written.decision,
        text=appended(written.text, words),
        legal_basis=written.legal_basis,
        how_to_appeal=written.how_to_appeal,
        language=written.language,
        **common,
    )
