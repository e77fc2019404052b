"""Who may do what now: facts about an appeal and a person, judged by `rules/states.py`."""

from datetime import datetime

from django.utils import timezone

from qorgau.directory.reference import current
from qorgau.handling.known import Known, known_of
from qorgau.handling.temporary import Temporary, temporary_of
from qorgau.lib.kept_queries import any_of, given
from qorgau.lib.speech import names_of
from qorgau.people.absences import acting_role
from qorgau.people.models import Staff
from qorgau.register import checklists
from qorgau.register.merged import link_to_leading
from qorgau.register.models import Appeal, InformationRequest
from qorgau.register.scope import ScopedQuery, callers_appeals_for
from qorgau.rules.deadlines import Purpose, ends_on
from qorgau.rules.kinds import Kind, Procedure
from qorgau.rules.ladder import DeskKind, Ownership, next_above
from qorgau.rules.merging import SEPARATE_WITHIN
from qorgau.rules.problems import NotAllowed
from qorgau.rules.states import Decision, Facts, Standing, State, Verb, allowed_verbs, judge


def verbs_for_staff(appeal: Appeal, staff: Staff) -> dict[Verb, Decision]:
    """Every verb with whether this person may use it now, and if not, why."""
    known = known_of(appeal, staff)
    return allowed_verbs(
        state=State(appeal.state),
        role=acting_role(staff, timezone.localdate()),
        standing=_standing(appeal, staff, known),
        facts=_facts(appeal, staff, known, timezone.now()),
    )


def require_staff(
    verb: Verb, appeal: Appeal, staff: Staff, *, at: datetime, standing: Standing | None = None
) -> Decision:
    """The decision that lets this person do it; raises NotAllowed with the reason otherwise.

    `standing` is given when somebody acts on this appeal through another one that it is part of.
    """
    known = known_of(appeal, staff)
    return _require(
        judge(
            verb,
            state=State(appeal.state),
            role=acting_role(staff, timezone.localdate(at)),
            standing=standing or _standing(appeal, staff, known),
            facts=_facts(appeal, staff, known, at),
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
            facts=_facts(appeal, None, known_of(appeal, None), at),
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


SEEN = ScopedQuery(lambda appeals: appeals.filter(pk=given("appeal")).values_list("pk"))
"""The appeal, when the scope of somebody shows it; a card asks it together with others (`lib/read_together.py`)."""
_SEEN_OF_SEVERAL = ScopedQuery(lambda appeals: appeals.filter(any_of("pk", "appeals")).values_list("pk")[:1])


def _standing(appeal: Appeal, staff: Staff, known: Known) -> Standing:
    """What this person's desk is to the appeal; none when the scope does not show it to them and nobody calls them."""
    if not SEEN.all(staff, appeal=appeal.pk):
        called = callers_appeals_for(staff).filter(pk=appeal.pk).exists()
        return Standing.CALLED if called else Standing.NONE
    if appeal.holder_id == staff.desk_id:
        return Standing.HOLDER
    if known.receiver is not None and known.receiver == staff.desk_id:
        return Standing.RECEIVER
    if known.asked_of_us:
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


def _facts(appeal: Appeal, staff: Staff | None, known: Known, at: datetime) -> Facts:
    progress = checklists.progress(appeal) if staff else checklists.Progress()
    temporary = temporary_of(appeal, timezone.localdate(at)) if staff else Temporary()
    return Facts(
        desk_kind=DeskKind(appeal.holder.kind),
        sensitive=appeal.sensitive,
        open_proposal=known.proposer is not None,
        is_proposer=staff is not None and known.proposer == staff.pk,
        open_hand_over=known.receiver is not None,
        escalated=bool(known.escalated),
        open_request=known.open_request,
        has_draft=known.author is not None,
        draft_approved=known.approved_at is not None,
        is_author=staff is not None and known.author == staff.pk,
        withdrawal_recorded=known.withdrawal_recorded,
        rung_above=rung_above(appeal) is not None,
        next_stage_opened=known.next_stage_opened,
        next_stage_expired=_next_stage_expired(
            Kind(appeal.kind), Procedure(appeal.procedure), DeskKind(appeal.holder.kind), appeal.answered_at, at
        ),
        has_checklist=bool(progress.lists),
        steps_first=tuple(names_of(step) for step in progress.open_musts),
        leads_others=known.leads_others,
        separation_expired=_separation_expired(appeal, at),
        has_link=_has_link(staff, known),
        about_status=temporary.about_status,
        person_known=temporary.person_known,
        temporary_until=temporary.until,
        next_temporary_from=temporary.next_from,
        temporary_in_force=temporary.in_force,
    )


def _has_link(staff: Staff | None, known: Known) -> bool:
    others = [*known.linked_from, *known.linked_to]
    return bool(others and staff and _SEEN_OF_SEVERAL.first(staff, appeals=others))


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
    return reference.calendar.local(at).date() > ends_on(policy, answered_at, reference.calendar)
