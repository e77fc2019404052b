"""The form of a macro: its name, whose it is, and up to six steps."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from qorgau.directory.reference import current
from qorgau.directory.template_variables import problem_of
from qorgau.lib.clean_text import clean
from qorgau.lib.speech import name_in
from qorgau.people.models import Staff
from qorgau.rules.states import Verb
from qorgau.workplace.macros.steps import MOST_STEPS, VERBS, WITH_WORDS, Step
from qorgau.workplace.texts.belonging import DESK
from qorgau.workplace.texts.forms import BelongingForm
from qorgau.workplace.texts.ready import GROUPS, MINE, ready_texts
from qorgau.workplace.verbs.words import text_field
from qorgau.workplace.wording import DECISIONS_TO_TAKE


class MacroForm(BelongingForm):
    """A macro. Empty steps are left out; what does not fit its verb is said beside it."""

    def __init__(self, *args: Any, staff: Staff, is_new: bool, of_desk: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, staff=staff, is_new=is_new, **kwargs)
        self.of_desk = of_desk
        self.texts = {text.key: text for text in ready_texts(staff)}
        texts: dict[str, list[tuple[str, str]]] = {}
        for text in self.texts.values():
            texts.setdefault(str(GROUPS[text.group]), []).append((text.key, text.name))
        labels = [(label.code, name_in(label)) for label in current().labels_in_force()]
        for number in self.numbers:
            self.fields[f"verb{number}"] = forms.ChoiceField(
                label=_("What to do"), required=False, choices=[("", _("No step")), *VERBS.items()]
            )
            self.fields[f"text{number}"] = forms.ChoiceField(
                label=_("Ready text"), required=False, choices=[("", _("None")), *texts.items()]
            )
            self.fields[f"words{number}"] = text_field(_("Own words"))
            self.fields[f"decision{number}"] = forms.ChoiceField(
                label=_("Decision"), required=False, choices=[("", _("None")), *DECISIONS_TO_TAKE.items()]
            )
            self.fields[f"label{number}"] = forms.ChoiceField(
                label=_("Label"), required=False, choices=[("", _("None")), *labels]
            )

    @property
    def numbers(self) -> range:
        """The numbers of the steps."""
        return range(1, MOST_STEPS + 1)

    @property
    def steps(self) -> list[Step]:
        """The steps that were filled in; of a valid form."""
        return [step for number in self.numbers if (step := self._step(number)) is not None]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for number in self.numbers:
            if not self.errors:
                self._check(number)
        if not self.errors and not self.steps:
            self.add_error("verb1", gettext("Choose at least one step."))
        return cleaned

    def _step(self, number: int) -> Step | None:
        verb = self.cleaned_data.get(f"verb{number}")
        if not verb:
            return None
        said = {name: self.cleaned_data.get(f"{name}{number}") or "" for name in ("text", "words", "decision", "label")}
        has_words = Verb(verb) in WITH_WORDS
        return Step(
            verb=Verb(verb),
            text=said["text"] if has_words else "",
            words=clean(said["words"]) if has_words else "",
            decision=said["decision"] if verb == Verb.DRAFT else "",
            label=said["label"] if verb == Verb.SET_DETAILS else "",
        )

    def _check(self, number: int) -> None:
        step = self._step(number)
        if step is None:
            return
        if step.verb in WITH_WORDS and not (step.text or step.words):
            self.add_error(f"words{number}", gettext("Choose a ready text or write own words."))
        elif problem := problem_of(step.words):
            self.add_error(f"words{number}", problem)
        if step.verb == Verb.DRAFT and not step.decision:
            self.add_error(f"decision{number}", gettext("Choose what was decided."))
        if step.verb == Verb.SET_DETAILS and not step.label:
            self.add_error(f"label{number}", gettext("Choose a label."))
        for_desk = self.of_desk or self.cleaned_data.get("whose") == DESK
        if for_desk and step.text and self.texts[step.text].group == MINE:
            self.add_error(
                f"text{number}", gettext("Others at the desk do not see this text: choose one of the desk or for all.")
            )


def initial_of(name: str, version: int | None, steps: list[Step]) -> dict[str, Any]:
    """What stands in the form of a macro with these steps."""
    initial: dict[str, Any] = {"name": name, "version": version}
    for number, step in enumerate(steps, start=1):
        initial |= {f"{field}{number}": value for field, value in step.to_json().items()}
    return initial
