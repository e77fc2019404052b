"""Undoing a merging, and letting go what was part of an appeal that ends without an answer."""

from datetime import datetime

from django.db import transaction

from qorgau.handling.moving import move
from qorgau.handling.reasons import require_reason
from qorgau.notices.outbox import tell
from qorgau.notices.topics import Topic
from qorgau.people.models import Staff
from qorgau.register import clocks, custody
from qorgau.register.actors import APPLICANT, Actor
from qorgau.register.change import change
from qorgau.register.merged import hold_together, link_to_leading, merged_into
from qorgau.register.models import Appeal
from qorgau.rules.problems import Problem
from qorgau.rules.sentences import N_, Sentence
from qorgau.rules.states import Verb

LET_GO = "let_go"


@transaction.atomic
def separate(appeal: Appeal, *, staff: Staff, reason: str, at: datetime, seen_version: int | None = None) -> None:
    """Undo a merging: the appeal goes on by itself, in work with whoever separates it, on the clock it always had.

    1. The leading one is due when its own clock, or the earliest of those still part of it, is.
    2. The applicant is told. Both journals say so.

    Raises Problem when no reason is given (field `reason`), and NotAllowed when something was answered already, the
    time to undo is over, or the appeal is not part of another.
    """
    reason = require_reason(reason)
    link = link_to_leading(appeal)
    if link is not None:
        hold_together([appeal, link.earlier])
    move(
        Verb.SEPARATE,
        appeal,
        by=staff,
        at=at,
        seen_version=seen_version,
        because=Sentence(N_("Answered on its own again: {reason}"), {"reason": reason}),
        assignee=staff,
    )
    if link is None:
        raise Problem(Sentence(N_("The appeal is not part of another one.")))
    link.delete()
    _let_go(link.earlier, appeal, by=Actor.of(staff), at=at)
    _tell(appeal, at=at)


def leave(appeal: Appeal, *, at: datetime) -> None:
    """An appeal that ended by itself is no longer part of another; nothing when it was not. In the caller's
    transaction.
    """
    link = link_to_leading(appeal)
    if link is None:
        return
    link.delete()
    _let_go(link.earlier, appeal, by=APPLICANT, at=at)


def let_all_go(leading: Appeal, *, at: datetime) -> None:
    """The leading appeal was withdrawn: those that were part of it go on by themselves, whenever they were merged.

    In the caller's transaction.
    """
    for appeal in merged_into(leading).select_related("applicant", "holder"):
        move(
            Verb.SEPARATE,
            appeal,
            by=APPLICANT,
            at=at,
            because=Sentence(N_("The appeal that it was answered together with was withdrawn.")),
            through_leading=True,
        )
        appeal.links.filter(type="part_of").delete()
        _tell(appeal, at=at)


def _let_go(leading: Appeal, appeal: Appeal, *, by: Actor, at: datetime) -> None:
    if (offered := custody.open_handover(leading)) is not None:
        # That desk was shown it with the leading one only.
        custody.let_go(appeal, offered.receiver_id, at=at)
    change(leading, verb=LET_GO, actor=by, at=at, details={"let_go": appeal.number}, due_on=clocks.nearest_due(leading))


def _tell(appeal: Appeal, *, at: datetime) -> None:
    tell(
        topic=Topic.SEPARATED,
        appeal_number=appeal.number,
        applicant=appeal.applicant,
        facts={"due_on": appeal.due_on},
        at=at,
    )
