"""The checklists of appeals: which steps belong to each, and which of them are done.

An appeal has the lists that were in force on the day it was registered, like its terms: everybody who opens it sees the
same steps, whoever was first, and nothing needs to be written for that. What is done is read with one query for any
number of appeals, and with none where no list belongs to any of them. Whoever asks has found the appeals through
`register/scope.py`.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import NamedTuple

from django.db.models import Case, Count, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.db.models.lookups import Exact, GreaterThan, LessThan

from qorgau.directory.models import Checklist, ChecklistStep
from qorgau.directory.reference import Reference, current
from qorgau.lib.kept_queries import KeptQuery, any_of, given
from qorgau.register.models import Appeal, StepDone
from qorgau.rules.states import OPEN


@dataclass(frozen=True, slots=True)
class Line:
    """A step, and who did it when, if it is done."""

    step: ChecklistStep
    done: StepDone | None


@dataclass(frozen=True, slots=True)
class Progress:
    """The steps of one appeal, list by list."""

    lists: tuple[tuple[Checklist, tuple[Line, ...]], ...] = ()

    @property
    def lines(self) -> list[Line]:
        return [line for _, lines in self.lists for line in lines]

    @property
    def steps(self) -> int:
        return len(self.lines)

    @property
    def done(self) -> int:
        return sum(line.done is not None for line in self.lines)

    @property
    def still_open(self) -> list[ChecklistStep]:
        return [line.step for line in self.lines if line.done is None]

    @property
    def open_musts(self) -> list[ChecklistStep]:
        """What must be done before the answer and is not."""
        return [step for step in self.still_open if step.must]


@dataclass(frozen=True, slots=True)
class About:
    """What decides which lists an appeal has."""

    appeal_id: int
    topic_id: int | None
    kind: str
    registered_on: date


def about(appeal: Appeal) -> About:
    return About(appeal.pk, appeal.topic_id, appeal.kind, appeal.registered_on)


class HowFar(NamedTuple):
    """How many steps an appeal has, and which of them are not done: enough for a list, which asks nobody's name."""

    steps: int
    still_open: list[ChecklistStep]

    @property
    def done(self) -> int:
        return self.steps - len(self.still_open)


def how_far(appeals: Iterable[About]) -> dict[int, HowFar]:
    """How far each appeal is that has any steps, by its id. One query, or none."""
    if not current().checklists:
        return {}
    every, steps_of = list(appeals), cache(_steps_of)
    with_steps = {
        one.appeal_id: steps for one in every if (steps := steps_of(one.topic_id, one.kind, one.registered_on))
    }
    done: dict[int, set[int]] = defaultdict(set)
    if with_steps:
        for appeal_id, step_id in DONE_OF_MANY.all(appeals=[one.appeal_id for one in every]):
            done[appeal_id].add(step_id)
    return {
        key: HowFar(len(steps), [step for step in steps if step.pk not in done[key]])
        for key, steps in with_steps.items()
    }


def progress(appeal: Appeal) -> Progress:
    """The steps of one appeal; empty when no list belongs to it."""
    lists = _lists_of(about(appeal))
    return _progress(lists, {row.step_id: row for row in _DONE.all(appeal=appeal.pk)}) if lists else Progress()


def step_of(appeal: Appeal, step_id: int) -> ChecklistStep | None:
    """The step, if it belongs to the appeal."""
    return next((step for _, steps in _lists_of(about(appeal)) for step in steps if step.pk == step_id), None)


def with_open_steps(*, in_front: bool = True) -> Q:
    """The condition of open appeals with a step that is not done, for a query that the scope began.

    Only open appeals are asked about, which an index knows apart: of a million they are the few that somebody works on.
    `in_front` says that the order of the list has them in front, so that a page of it is soon full; otherwise they
    are gathered first and put in order then.
    """
    reference, any_of_them = current(), Q(pk__in=[])
    for checklist in reference.checklists.values():
        fits = _belongs_to(checklist, reference) & _registered_within(checklist)
        for days, steps in _steps_by_their_days(checklist, reference).items():
            any_of_them |= fits & _registered_within(days) & _not_all_done(steps)
    # Within a CASE, so that PostgreSQL does not look up the topics of every list in the whole register first. It takes
    # equal numbers for rarer than true conditions, and what is rare it gathers.
    found = Case(When(any_of_them, then=Value(1)), default=Value(0))
    return Q(GreaterThan(found, 0) if in_front else Exact(found, 1), state__in=sorted(OPEN))


def _belongs_to(checklist: Checklist, reference: Reference) -> Q:
    fits = Q(kind=checklist.appeal_kind) if checklist.appeal_kind else Q()
    if checklist.topic_id is None:
        return fits
    own = [key for key, topic in reference.topics.items() if checklist.topic_id in (key, topic.parent_id)]
    return fits & Q(topic_id__in=own)


def _registered_within(days: "Checklist | _Days") -> Q:
    fits = Q()
    if days.valid_from:
        fits &= Q(registered_on__gte=days.valid_from)
    if days.valid_to:
        fits &= Q(registered_on__lte=days.valid_to)
    return fits


class _Days(NamedTuple):
    """From when to when something is in force."""

    valid_from: date | None
    valid_to: date | None


def _steps_by_their_days(checklist: Checklist, reference: Reference) -> dict[_Days, list[int]]:
    by_days: dict[_Days, list[int]] = {}
    for step in reference.checklist_steps.values():
        if step.checklist_id == checklist.pk:
            by_days.setdefault(_Days(step.valid_from, step.valid_to), []).append(step.pk)
    return by_days


def _not_all_done(steps: list[int]) -> Q:
    done = StepDone.objects.filter(appeal_id=OuterRef("pk"), step_id__in=steps).order_by().values("appeal_id")
    counted = Subquery(done.annotate(rows=Count("pk")).values("rows"))
    return Q(LessThan(Coalesce(counted, 0), len(steps)))


def _lists_of(one: About) -> list[tuple[Checklist, list[ChecklistStep]]]:
    reference = current()
    if not reference.checklists:
        return []
    return reference.checklists_for(topic_id=one.topic_id, kind=one.kind, on=one.registered_on)


def _steps_of(topic_id: int | None, kind: str, on: date) -> list[ChecklistStep]:
    return [step for _, steps in current().checklists_for(topic_id=topic_id, kind=kind, on=on) for step in steps]


_DONE = KeptQuery(lambda: StepDone.objects.filter(appeal_id=given("appeal")).select_related("done_by"))
DONE_OF_MANY = KeptQuery(
    lambda: StepDone.objects.filter(any_of("appeal_id", "appeals")).values_list("appeal_id", "step_id")
)
"""The steps that are done of any number of appeals; pages ask it together with others (`lib/read_together.py`)."""


def _progress(lists: list[tuple[Checklist, list[ChecklistStep]]], done: Mapping[int, StepDone]) -> Progress:
    return Progress(
        tuple((checklist, tuple(Line(step, done.get(step.pk)) for step in steps)) for checklist, steps in lists)
    )
