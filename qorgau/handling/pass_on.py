"""Offering an appeal to another desk, up or down the ladder."""

from datetime import datetime
from operator import attrgetter

from django.db import transaction
from django.utils import timezone

from qorgau.directory.models import Desk
from qorgau.directory.reference import current
from qorgau.handling.moving import move
from qorgau.handling.permission import ownership_of
from qorgau.handling.reasons import require_reason
from qorgau.handling.together import part_of, show_to
from qorgau.lib.speech import names_of
from qorgau.notices.outbox import tell_desk
from qorgau.notices.topics import Topic
from qorgau.people.models import Staff
from qorgau.register import custody
from qorgau.register.models import Appeal, Handover
from qorgau.rules.ladder import DeskKind, level, reachable
from qorgau.rules.problems import Problem
from qorgau.rules.sentences import N_, Sentence
from qorgau.rules.states import Verb


@transaction.atomic
def pass_on(
    appeal: Appeal, *, staff: Staff, to: Desk, reason: str, at: datetime, seen_version: int | None = None
) -> None:
    """Offer the appeal to another desk.

    1. The giver goes on holding it, and its clocks run on, until the receiver accepts or returns it.
    2. The receiver sees it, and what is part of it, from now on and is told.

    Raises Problem when no reason is given (field `reason`) or this desk is not on the ladder for it (field `to`).
    """
    reason = require_reason(reason)
    if not may_receive(appeal, to):
        raise Problem(_why_not(appeal, to), "to")
    move(
        Verb.PASS_ON,
        appeal,
        by=staff,
        at=at,
        seen_version=seen_version,
        because=Sentence(N_("Offered to another desk: {reason}"), {"reason": reason}),
        details={"offered_to": to.pk},
    )
    Handover.objects.create(
        appeal=appeal, giver=appeal.holder, receiver=to, reason=reason, offered_at=at, offered_by=staff
    )
    custody.bring_in(appeal, to)
    show_to(part_of(appeal), to)
    tell_desk(
        topic=Topic.HANDOVER_OFFERED,
        appeal_number=appeal.number,
        desk=to,
        facts={"desk": names_of(appeal.holder)},
        at=at,
    )


def receivers(appeal: Appeal) -> list[Desk]:
    """The desks this appeal can be offered to, lowest rung first; of clinics only that of its organisation."""
    reference, today = current(), timezone.localdate()
    desks: list[Desk | None] = []
    for kind in _kinds(appeal):
        if kind == DeskKind.BRANCH and appeal.region_id is None:
            if appeal.holder.kind == kind:
                continue  # another branch is found by words; nothing speaks for any of them
            # Nobody knows the region yet: any branch may be the right one.
            branches = [desk for desk in reference.desks.values() if desk.kind == kind and desk.holds_on(today)]
            desks.extend(sorted(branches, key=attrgetter("name_ru")))
            continue
        desks.append(reference.desk_of(kind, region_id=appeal.region_id, organisation_id=appeal.organisation_id))
    return [desk for desk in desks if desk is not None and desk.pk != appeal.holder_id]


def may_receive(appeal: Appeal, to: Desk) -> bool:
    """Whether this appeal can be offered to a desk."""
    return to.pk in {desk.pk for desk in receivers(appeal)} or _is_other_clinic(appeal, to)


def _kinds(appeal: Appeal) -> tuple[DeskKind, ...]:
    """The rungs it can be handed to; from a branch also another branch, where it turns out to be of another region."""
    holder = DeskKind(appeal.holder.kind)
    kinds = reachable(holder, ownership_of(appeal), sensitive=appeal.sensitive)
    return tuple(sorted({*kinds, holder}, key=level)) if holder == DeskKind.BRANCH else kinds


def _is_other_clinic(appeal: Appeal, to: Desk) -> bool:
    """An appeal may turn out to be about a clinic it did not name, or a branch's about another region."""
    elsewhere = to.kind in (DeskKind.CLINIC, DeskKind.BRANCH) and DeskKind(to.kind) in _kinds(appeal)
    return elsewhere and to.pk != appeal.holder_id and to.holds_on(timezone.localdate())


def _why_not(appeal: Appeal, to: Desk) -> Sentence:
    if not to.holds_on(timezone.localdate()):
        return Sentence(N_("This desk is no longer in force. Choose another."))
    if to.kind == DeskKind.HEALTH_DEPARTMENT:
        return Sentence(N_("A health department is responsible for the state organisations of its region only."))
    if to.kind == DeskKind.CLINIC and appeal.sensitive:
        return Sentence(N_("A sensitive appeal is never handed to the clinic it may be about."))
    return Sentence(N_("An appeal cannot be handed from here to this desk."))
