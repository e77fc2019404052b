"""Taking an appeal into work."""

from datetime import datetime

from django.db import transaction

from qorgau.directory.models import Desk
from qorgau.directory.reference import current
from qorgau.handling.moving import move
from qorgau.handling.together import hand_over_together, part_of
from qorgau.intake.placing import TERM_OF_DESK
from qorgau.lib.speech import names_of
from qorgau.notices.outbox import tell
from qorgau.notices.topics import Topic
from qorgau.people.models import Staff
from qorgau.register import clocks, custody
from qorgau.register.actors import CLOCK
from qorgau.register.change import change
from qorgau.register.models import Answer, Appeal, ExtensionProposal, Handover, InformationRequest
from qorgau.rules.deadlines import compute
from qorgau.rules.kinds import Kind, Procedure
from qorgau.rules.ladder import DeskKind
from qorgau.rules.sentences import N_, Sentence
from qorgau.rules.states import Verb


@transaction.atomic
def accept(appeal: Appeal, *, staff: Staff, at: datetime, seen_version: int | None = None) -> None:
    """Take the appeal into work; the person who accepts becomes the one who works on it.

    1. A new appeal of one's own desk: the custody notes who accepted it.
    2. An appeal handed over: its custody passes to this desk, the giver's own term stops, this desk's own term
       begins, the lawful term runs on, and the applicant hears who holds the appeal now. A draft goes along, the
       approval of it by the giver's head does not; what was asked of this desk it now finds out itself. Appeals that
       are part of it come along.
    """
    handover = custody.open_handover(appeal)
    if handover and handover.receiver_id == staff.desk_id:
        _take_over(appeal, handover, staff=staff, at=at, seen_version=seen_version)
        return
    move(Verb.ACCEPT, appeal, by=staff, at=at, seen_version=seen_version, assignee=staff)
    custody.accept(appeal, staff=staff, at=at)


def _take_over(appeal: Appeal, handover: Handover, *, staff: Staff, at: datetime, seen_version: int | None) -> None:
    because = Sentence(N_("Handed over: {reason}"), {"reason": handover.reason})
    desk, merged = handover.receiver, part_of(appeal)
    move(
        Verb.ACCEPT,
        appeal,
        by=staff,
        at=at,
        seen_version=seen_version,
        because=because,
        holder=desk,
        assignee=staff,
    )
    custody.settle(handover, "accepted", staff=staff, at=at)
    custody.begin(appeal, desk, staff=staff, at=at, because=because)
    Answer.objects.filter(appeal=appeal).update(submitted_at=None, approved_at=None, approved_by=None)
    # What was proposed to the giver's head is not for the receiver's to decide.
    ExtensionProposal.objects.filter(appeal=appeal, decided_at__isnull=True).update(decided_at=at, outcome="lapsed")
    _stop_asking_oneself(appeal, desk, at=at)
    hand_over_together(merged, desk, staff=staff, because=because, at=at)
    for one in (*merged, appeal):  # the leading one last: it is due when the earliest of them is
        _change_desk_term(one, DeskKind(desk.kind), at=at)
        tell(
            topic=Topic.PASSED_ON,
            appeal_number=one.number,
            applicant=one.applicant,
            facts={"desk": names_of(desk), "due_on": one.due_on},
            at=at,
        )


def _stop_asking_oneself(appeal: Appeal, desk: Desk, *, at: datetime) -> None:
    asked = InformationRequest.objects.filter(appeal=appeal, asked=desk, replied_at__isnull=True)
    for request in asked.select_related("clock"):
        clocks.stop(request.clock, at=at, calendar=current().calendar)
        request.replied_at = at
        request.save(update_fields=["replied_at"])


def _change_desk_term(appeal: Appeal, desk_kind: DeskKind, *, at: datetime) -> None:
    reference = current()
    for clock in clocks.running(appeal, *(purpose.value for purpose in TERM_OF_DESK.values())):
        clocks.stop(clock, at=at, calendar=reference.calendar)
    if purpose := TERM_OF_DESK.get(desk_kind):
        policy = reference.policy(
            purpose,
            on=reference.calendar.local(at).date(),
            kind=Kind(appeal.kind),
            procedure=Procedure(appeal.procedure),
            desk_kind=desk_kind,
        )
        clocks.start(appeal, compute(policy, at, reference.calendar), at=at)
    due_on = clocks.nearest_due(appeal)
    overdue = due_on is not None and due_on < reference.calendar.local(at).date()
    # The version and the line of this transaction already tell of the hand-over; the due date follows from it.
    if (due_on, overdue) != (appeal.due_on, appeal.overdue):
        change(appeal, verb="due", actor=CLOCK, at=at, due_on=due_on, overdue=overdue)
