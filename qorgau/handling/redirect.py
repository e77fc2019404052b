"""Passing an appeal to a body outside the register that is competent for it."""

from datetime import datetime

from django.db import transaction

from qorgau.directory.reference import current
from qorgau.handling.ending import end
from qorgau.handling.moving import move
from qorgau.handling.reasons import require_reason, require_words
from qorgau.handling.together import part_of, redirect_together
from qorgau.lib.folding import fold
from qorgau.notices.outbox import tell
from qorgau.notices.topics import Topic
from qorgau.people.models import Staff
from qorgau.register.models import Appeal
from qorgau.rules.deadlines import Purpose, compute
from qorgau.rules.kinds import Kind, Procedure
from qorgau.rules.ladder import DeskKind
from qorgau.rules.problems import Problem
from qorgau.rules.sentences import N_, Sentence
from qorgau.rules.states import Verb


@transaction.atomic
def redirect(
    appeal: Appeal, *, staff: Staff, body: str, reason: str, at: datetime, seen_version: int | None = None
) -> None:
    """Pass the appeal to the competent body outside (АППК Art. 65: within 3 working days of receipt, with notice).

    1. The appeal ends here as redirected; its clocks stop; the line says whether the 3 days were kept.
    2. The applicant is told where it went. Appeals that are part of this one go along.

    Raises Problem when the body (field `body`) or the reason (field `reason`) is not named, or the body is a desk of
    the register: nothing is ended as "not ours" that belongs to one of us.
    """
    body = require_words(body, "body", Sentence(N_("Name the body that the appeal is passed to.")))
    if is_ours(body):
        raise Problem(
            Sentence(N_("This body works in the register: hand the appeal over to its desk instead.")), "body"
        )
    reason = require_reason(reason)
    because = Sentence(N_("Passed to {body}: {reason}"), {"body": body, "reason": reason})
    merged = part_of(appeal)
    move(
        Verb.REDIRECT,
        appeal,
        by=staff,
        at=at,
        seen_version=seen_version,
        because=because,
        details={"in_time": _in_time(appeal, at)},
        closed_at=at,
        waiting_since=None,
        due_on=None,
    )
    end(appeal, at=at)
    tell(topic=Topic.REDIRECTED, appeal_number=appeal.number, applicant=appeal.applicant, facts={"place": body}, at=at)
    redirect_together(merged, staff=staff, body=body, because=because, at=at)


def is_ours(body: str) -> bool:
    """Whether these words name a desk of the register."""
    said = fold(body)
    names = (name for desk in current().desks.values() for name in (desk.name_kk, desk.name_ru, desk.name_en))
    return any(fold(name) in said for name in names if name)


def _in_time(appeal: Appeal, at: datetime) -> bool:
    reference = current()
    policy = reference.policy(
        Purpose.REDIRECTION,
        on=appeal.registered_on,
        kind=Kind(appeal.kind),
        procedure=Procedure(appeal.procedure),
        desk_kind=DeskKind(appeal.holder.kind),
    )
    sheet = compute(policy, appeal.received_at, reference.calendar)
    return reference.calendar.local(at).date() <= sheet.due_on
