"""Running a macro: rehearsed first, so that people see what will happen; then all of its steps or none."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F

from qorgau.people.models import Staff
from qorgau.register.models import Appeal
from qorgau.rules.problems import Conflict, Problem
from qorgau.rules.sentences import Sentence
from qorgau.workplace.macros.steps import Prepared, Step, do, prepare
from qorgau.workplace.models import Macro
from qorgau.workplace.texts.ready import ReadyText, ready_texts


@dataclass(frozen=True, slots=True)
class Foreseen:
    """A step as it will go: `why` it would be refused; `reached` is false after the first refusal."""

    step: Step
    words: str = ""
    open_places: tuple[str, ...] = ()
    why: Sentence | None = None
    reached: bool = True


class StepRefused(Exception):
    """A step was refused, so nothing was done. `number` counts from one."""

    def __init__(self, number: int, problem: Problem) -> None:
        super().__init__(number, problem)
        self.number, self.problem = number, problem


def rehearse(macro: Macro, appeal: Appeal, staff: Staff, *, at: datetime) -> list[Foreseen]:
    """What the steps would do now: done by their verbs and taken back at once, so that no check is left out.

    `appeal` is not to be used afterwards.
    """
    steps, texts = _steps(macro), _texts(macro, staff)
    seen: list[Foreseen] = []
    with transaction.atomic():
        for step in steps:
            if seen and (seen[-1].why or not seen[-1].reached):
                seen.append(Foreseen(step, reached=False))
                continue
            seen.append(_try(step, texts, appeal, staff, at))
        transaction.set_rollback(True)
    return seen


def run(macro: Macro, appeal: Appeal, staff: Staff, *, at: datetime, seen_version: int | None) -> None:
    """Do every step, each by its verb with its checks and its journal line, in one transaction.

    Raises StepRefused at the first step that cannot be done, and SomebodyWasFaster; in both cases nothing is done.
    """
    texts = _texts(macro, staff)
    with transaction.atomic():
        for number, step in enumerate(_steps(macro), start=1):
            try:
                prepared = prepare(step, texts, appeal, staff)
                do(prepared, appeal, staff, at=at, seen_version=seen_version if number == 1 else appeal.version)
            except Conflict:
                raise
            except Problem as problem:
                raise StepRefused(number, problem) from problem
        Macro.objects.filter(pk=macro.pk).update(used=F("used") + 1)


def _try(step: Step, texts: dict[str, ReadyText], appeal: Appeal, staff: Staff, at: datetime) -> Foreseen:
    prepared: Prepared | None = None
    try:
        prepared = prepare(step, texts, appeal, staff)
        with transaction.atomic():
            do(prepared, appeal, staff, at=at, seen_version=appeal.version)
    except Problem as problem:
        words, left = (prepared.words, prepared.open_places) if prepared else ("", ())
        return Foreseen(step, words, left, why=problem.sentence)
    return Foreseen(step, prepared.words, prepared.open_places)


def _steps(macro: Macro) -> Iterator[Step]:
    return (Step.from_json(value) for value in macro.steps)


def _texts(macro: Macro, staff: Staff) -> dict[str, ReadyText]:
    """The ready texts its steps name, those of every topic too: whoever made the macro chose them."""
    named = {value.get("text") for value in macro.steps} - {None, ""}
    return {text.key: text for text in ready_texts(staff) if text.key in named} if named else {}
