"""Ticking a step of the checklist off, and taking the tick away again."""

from datetime import datetime

from django.db import transaction

from qorgau.handling.permission import require_staff
from qorgau.people.models import Staff
from qorgau.register.actors import Actor
from qorgau.register.change import SomebodyWasFaster, change
from qorgau.register.checklists import step_of
from qorgau.register.models import Appeal, StepDone
from qorgau.rules.problems import Problem
from qorgau.rules.sentences import N_, Sentence
from qorgau.rules.states import Verb


@transaction.atomic
def tick(
    appeal: Appeal, *, staff: Staff, step_id: int, at: datetime, done: bool = True, seen_version: int | None = None
) -> None:
    """Say that a step was done, or, with `done` false, that it is open again.

    1. The step says who did it and when; the journal keeps every tick and whoever took it away.
    2. Nothing about states, terms or desks changes, and the applicant does not see it.
    3. A step that stands as wished already is left as it is, without a line.

    Raises Problem when the step does not belong to this appeal.
    """
    require_staff(Verb.TICK, appeal, staff, at=at)
    step = step_of(appeal, step_id)
    if step is None:
        raise Problem(Sentence(N_("This step does not belong to the appeal any longer; open the card again.")))
    if StepDone.objects.filter(appeal=appeal, step_id=step.pk).exists() == done:
        return
    if seen_version is not None and seen_version != appeal.version:
        raise SomebodyWasFaster
    change(
        appeal,
        verb=Verb.TICK.value,
        actor=Actor.of(staff),
        at=at,
        details={"step": step.pk, "done": done},
        details_before={"done": not done},
    )
    if done:
        StepDone.objects.create(appeal=appeal, step_id=step.pk, done_at=at, done_by=staff)
    else:
        StepDone.objects.filter(appeal=appeal, step_id=step.pk).delete()
