"""Who may do what now: facts about an appeal and a person, judged by `rules/states.py`."""

from datetime import datetime

from django.utils import timezone

from qorgau.directory.reference import current
from qorgau.people.absences import acting_role
from qorgau.people.models import Staff
from qorgau.register.custody import open_handover
from qorgau.register.merged import PART_OF, link_to_leading
from qorgau.register.models import Answer, Appeal, ExtensionProposal, InformationRequest, Link, Withdrawal
from qorgau.register.scope import appeals_for
from qorgau.rules.deadlines import Purpose, compute
from qorgau.rules.kinds import Kind, Procedure
from qorgau.rules.ladder import DeskKind, Ownership, next_above
from qorgau.rules.merging import SEPARATE_WITHIN
from qorgau.rules.problems import NotAllowed
from qorgau.rules.states import Decision, Facts, Standing, State, Verb, allowed_verbs, judge


def verbs_for_staff(appeal: Appeal, staff: Staff) -> dict[Verb, Decision]:
    """Every verb with whether this person may use it now, and if not, why."""
    return allowed_verbs(
        state=State(appeal.state),
        role=acting_role(staff, timezone.localdate()),
        standing=standing_of(appeal, staff),
        facts=_facts(appeal, staff, timezone.now()),
    )


def verbs_for_applicant(appeal: Appeal) -> dict[Verb, Decision]:
    """Every verb with whether the applicant may use it now, and if not, why."""
    return allowed_verbs(
        state=State(appeal.state),
        role=None,
        standing=Standing.APPLICANT,
        facts=_facts(appeal, None, timezone.now()),
    )


def require_staff(
    verb: Verb, appeal: Appeal, staff: Staff, *, at: datetime, standing: Standing | None = None
) -> Decision:
    """The decision that lets this person do it; raises NotAllowed with the reason otherwise.

    `standing` is given when somebody acts on this appeal through another one that it is part of.
    """
    return _require(
        judge(
            verb,
            state=State(appeal.state),
            role=acting_role(staff, timezone.localdate(at)),
            standing=standing or standing_of(appeal, staff),
            facts=_facts(appeal, staff, at),
        )
    )


def require_applicant(verb: Verb, appeal: Appeal, *, at: datetime) -> Decision:
    """The decision that lets the applicant do it; raises NotAllowed with the reason otherwise."""
    return _require(
        judge(
            verb,
            state=State(appeal.state),
            role=None,
            standing=Standing.APPLICANT,
            facts=_facts(appeal, None, at),
        )
    )


def require_clock(verb: Verb, appeal: Appeal) -> Decision:
    """The decision that lets a passed time limit do it; raises NotAllowed otherwise."""
    return _require(judge(verb, state=State(appeal.state), role=None, standing=Standing.CLOCK, facts=Facts()))


def require_through_leading(verb: Verb, appeal: Appeal) -> Decision:
    """The decision that lets it happen because of what the applicant of the leading appeal did; raises NotAllowed."""
    return _require(judge(verb, state=State(appeal.state), role=None, standing=Standing.LEADING, facts=Facts()))


def _require(decision: Decision) -> Decision:
    if not decision.allowed and decision.why:
        raise NotAllowed(decision.why)
    return decision


def standing_of(appeal: Appeal, staff: Staff) -> Standing:
    """What this person's desk is to the appeal; none when the scope does not show it to them."""
    if not appeals_for(staff).filter(pk=appeal.pk).exists():
        return Standing.NONE
    if appeal.holder_id == staff.desk_id:
        return Standing.HOLDER
    handover = open_handover(appeal)
    if handover and handover.receiver_id == staff.desk_id:
        return Standing.RECEIVER
    if open_request(appeal, staff):
        return Standing.ADDRESSEE
    return Standing.PARTICIPANT


def open_request(appeal: Appeal, staff: Staff) -> InformationRequest | None:
    """The request for information that waits for this person's desk, if there is one."""
    requests = InformationRequest.objects.filter(appeal=appeal, replied_at__isnull=True, asked_id=staff.desk_id)
    return requests.select_related("clock").first()


def ownership_of(appeal: Appeal) -> Ownership:
    """Whose the organisation is that the appeal is about."""
    return Ownership(appeal.organisation.ownership) if appeal.organisation else Ownership.UNKNOWN


def rung_above(appeal: Appeal) -> DeskKind | None:
    """The rung above the desk that holds, or answered, the appeal."""
    return next_above(DeskKind(appeal.holder.kind), ownership=ownership_of(appeal))


def applicant_facts(
    *,
    kind: Kind,
    procedure: Procedure,
    holder: DeskKind,
    ownership: Ownership,
    answered_at: datetime | None,
    withdrawal_recorded: bool,
    next_stage_opened: bool,
    at: datetime,
) -> Facts:
    """What a verdict on the applicant's own verbs depends on, for whoever has read it all already."""
    return Facts(
        desk_kind=holder,
        withdrawal_recorded=withdrawal_recorded,
        rung_above=next_above(holder, ownership=ownership) is not None,
        next_stage_opened=next_stage_opened,
        next_stage_expired=_next_stage_expired(kind, procedure, holder, answered_at, at),
    )


def _facts(appeal: Appeal, staff: Staff | None, at: datetime) -> Facts:
    answer = Answer.objects.filter(appeal=appeal).first()
    handover = open_handover(appeal)
    proposal = ExtensionProposal.objects.filter(appeal=appeal, decided_at__isnull=True).first()
    return Facts(
        desk_kind=DeskKind(appeal.holder.kind),
        sensitive=appeal.sensitive,
        open_proposal=proposal is not None,
        is_proposer=bool(proposal and staff and proposal.proposed_by_id == staff.pk),
        open_hand_over=handover is not None,
        escalated=handover is not None and handover.escalated,
        open_request=InformationRequest.objects.filter(appeal=appeal, replied_at__isnull=True).exists(),
        has_draft=answer is not None,
        draft_approved=bool(answer and answer.approved_at),
        is_author=bool(answer and staff and answer.author_id == staff.pk),
        withdrawal_recorded=Withdrawal.objects.filter(appeal=appeal, confirmed_at__isnull=True).exists(),
        rung_above=rung_above(appeal) is not None,
        next_stage_opened=Link.objects.filter(earlier=appeal, type="stage_after").exists(),
        next_stage_expired=_next_stage_expired(
            Kind(appeal.kind), Procedure(appeal.procedure), DeskKind(appeal.holder.kind), appeal.answered_at, at
        ),
        leads_others=Link.objects.filter(earlier=appeal, type=PART_OF).exists(),
        separation_expired=_separation_expired(appeal, at),
    )


def _separation_expired(appeal: Appeal, at: datetime) -> bool:
    link = link_to_leading(appeal) if appeal.state == State.MERGED else None
    return link is not None and at > link.at + SEPARATE_WITHIN


def _next_stage_expired(
    kind: Kind, procedure: Procedure, holder: DeskKind, answered_at: datetime | None, at: datetime
) -> bool:
    if answered_at is None:
        return False
    reference = current()
    policy = reference.policy(
        Purpose.NEXT_STAGE, on=answered_at.date(), kind=kind, procedure=procedure, desk_kind=holder
    )
    return reference.calendar.local(at).date() > compute(policy, answered_at, reference.calendar).due_on
