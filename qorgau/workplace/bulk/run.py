"""Doing a verb to several appeals, one transaction each: done or refused, and never twice for one press."""

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from qorgau.people.models import Staff
from qorgau.register.models import Appeal
from qorgau.rules.problems import Problem
from qorgau.rules.sentences import N_, Sentence
from qorgau.workplace.bulk.chosen import Chosen, appeals_chosen
from qorgau.workplace.card.meanwhile import version_to_check
from qorgau.workplace.models import ManyOutcome, ManyRun

Act = Callable[[Appeal, int | None], None]
"""Does the verb to an appeal that must be at a version; may raise any Problem."""

_KEPT = timedelta(days=1)


class OtherPress(Exception):
    """The same form was sent before, with other words or other appeals in it."""


def run_of(key: UUID, *, staff: Staff, verb: str, typed: dict[str, Any], chosen: Iterable[Chosen]) -> ManyRun:
    """The run of this press: a new one, or the one that an earlier press of the same form began.

    Raises OtherPress when the earlier one was another person's, or had something else in it.
    """
    now = timezone.now()
    ManyRun.objects.filter(staff=staff, at__lt=now - _KEPT).delete()
    about = {"verb": verb, "typed": typed, "chosen": [str(one) for one in chosen]}
    run, _made = ManyRun.objects.get_or_create(key=key, defaults={"staff": staff, "at": now, **about})
    if run.staff_id != staff.pk or {name: getattr(run, name) for name in about} != about:
        raise OtherPress
    return run


def do_each(run: ManyRun, chosen: Iterable[Chosen], act: Act, *, staff: Staff) -> None:
    """Do it to each appeal that this run has not come to yet. A run that was cut short goes on where it stopped."""
    wanted = list(chosen)
    come_to = set(run.outcomes.values_list("number", flat=True))
    left = [one for one in wanted if one.number not in come_to]
    appeals = appeals_chosen(left, staff)
    for one in left:
        _do_one(run, one, appeals.get(one.number), act, staff)


@transaction.atomic
def _do_one(run: ManyRun, one: Chosen, appeal: Appeal | None, act: Act, staff: Staff) -> None:
    """A second press waits here until the first has come to this appeal, and finds its outcome."""
    outcome, ours = ManyOutcome.objects.get_or_create(run=run, number=one.number)
    if not ours:
        return
    why = _NOT_THERE if appeal is None else _refusal(appeal, one, act, staff)
    if why is not None:
        outcome.why = why.to_json()
        outcome.save(update_fields=["why"])


def _refusal(appeal: Appeal, one: Chosen, act: Act, staff: Staff) -> Sentence | None:
    try:
        with transaction.atomic():
            act(appeal, version_to_check(appeal, staff, seen=one.version))
    except Problem as problem:
        return problem.sentence
    return None


_NOT_THERE = Sentence(N_("There is no such appeal, or it is not yours to see."))
