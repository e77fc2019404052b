"""Which desk gets a new appeal, and why; which terms begin to run."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from django.utils import timezone

from qorgau.directory.models import Desk, Organisation, Region, Topic
from qorgau.directory.reference import Reference
from qorgau.intake.new_appeal import NewAppeal
from qorgau.register.record import ClockEntry
from qorgau.rules.deadlines import Policy, Purpose, compute
from qorgau.rules.kinds import Kind, procedure_of
from qorgau.rules.ladder import DeskKind, Ownership
from qorgau.rules.routing import RoutingFacts, Wish, route
from qorgau.rules.sentences import N_, Sentence
from qorgau.rules.working_days import Calendar

# A desk's own term beside the lawful one: a clinic has 5 calendar days, the contact centre its promise.
TERM_OF_DESK = {DeskKind.CLINIC: Purpose.SUPPORT_SERVICE, DeskKind.CONTACT_CENTRE: Purpose.CONSULTATION}


def terms_that_begin(topic: Topic | None, kind: Kind, desk_kind: DeskKind) -> tuple[Purpose, ...]:
    """What terms an appeal has from its receipt: the lawful one, and beside it its topic's own or the desk's."""
    own = Purpose(topic.own_term) if topic and topic.own_term and topic.appeal_kind in ("", kind.value) else None
    beside = own or TERM_OF_DESK.get(desk_kind)
    return (Purpose.CONSIDERATION, beside) if beside else (Purpose.CONSIDERATION,)


@dataclass(frozen=True, slots=True)
class Place:
    """Where an appeal belongs in the directory."""

    topic: Topic | None
    region: Region | None
    organisation: Organisation | None
    desk: Desk
    because: Sentence
    sensitive: bool
    flags: tuple[Sentence, ...]


def place(new: NewAppeal, reference: Reference) -> Place:
    """The desk for this appeal by the rules of routing; what the directory does not know is flagged, never refused."""
    flags: list[Sentence] = []
    topic = reference.topic_by_code(new.topic) if new.topic else None
    if new.topic and topic is None:
        flags.append(Sentence(N_("The reason “{code}” is not in the list."), {"code": new.topic[:60]}))
    organisation = reference.organisations.get(new.organisation_id) if new.organisation_id else None
    if organisation is None and new.organisation_as_said:
        flags.append(Sentence(N_("The organisation was not found in the list; its name was kept as it was written.")))
    region = reference.regions.get(organisation.region_id) if organisation else reference.region_by_kato(new.region)
    sensitive = new.sensitive or bool(topic and topic.sensitive)
    today = timezone.localdate()
    clinic_desk = (
        reference.desk_of(DeskKind.CLINIC, organisation_id=organisation.pk, on=today) if organisation else None
    )
    decision = route(
        RoutingFacts(
            kind=new.kind,
            channel=new.channel,
            topic_desk=DeskKind(topic.desk_kind) if topic and topic.desk_kind else None,
            sensitive=sensitive,
            region=region.kato if region else None,
            ownership=Ownership(organisation.ownership) if organisation else Ownership.UNKNOWN,
            has_organisation=organisation is not None,
            has_clinic_desk=clinic_desk is not None,
            wish=Wish(new.wish) if new.wish else None,
            answered_by=DeskKind(new.answered_by_desk_kind) if new.answered_by_desk_kind else None,
        )
    )
    desk = reference.desk_of(
        decision.desk_kind,
        region_id=region.pk if region else None,
        organisation_id=organisation.pk if organisation else None,
        on=today,
    )
    because = decision.because
    if desk is None:
        # The directory has no such desk (a region without a branch in a new installation): the contact centre
        # always exists and finds the way, so that no appeal is ever without a holder.
        desk = reference.desk_of(DeskKind.CONTACT_CENTRE)
        because = Sentence(
            N_("The directory has no desk for it, so the contact centre finds the way. {why}"), {"why": because}
        )
    if desk is None:
        raise RuntimeError("the directory has no contact centre: run `qorgau load_reference`")
    return Place(topic, region, organisation, desk, because, sensitive, tuple(flags))


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms that begin with the receipt, ready to be written."""

    registered_on: date
    due_on: date
    entries: tuple[ClockEntry, ...]


def terms(new: NewAppeal, where: Place, reference: Reference) -> Terms:
    """The lawful term, and that of the topic or of the desk where there is one."""
    on = reference.calendar_on(new.received_at.date()).local(new.received_at).date()
    desk_kind = DeskKind(where.desk.kind)
    policies = tuple(
        reference.policy(purpose, on=on, kind=new.kind, procedure=procedure_of(new.kind), desk_kind=desk_kind)
        for purpose in terms_that_begin(where.topic, new.kind, desk_kind)
    )
    return _terms(policies, new.received_at.replace(second=0, microsecond=0), reference.calendar_on(on))


@lru_cache(maxsize=256)
def _terms(policies: tuple[Policy, ...], minute: datetime, calendar: Calendar) -> Terms:
    """Sheets speak of minutes, so what comes in the same minute to the same kind of desk shares them."""
    sheets = [compute(policy, minute, calendar) for policy in policies]
    return Terms(
        registered_on=sheets[0].registered_on,
        due_on=min(sheet.due_on for sheet in sheets),
        entries=tuple(ClockEntry.of(sheet) for sheet in sheets),
    )
