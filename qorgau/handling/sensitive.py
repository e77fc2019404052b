"""The sensitive track: corruption, harm to life or health, complaints about our own staff. Named readers only.

`Staff.may_read_sensitive` says who may be named and, of heads and experts of the centre, who names others. Naming says
who, by whom and why, and stands in the journal of the appeal. Those whom an appeal is about are never named.
"""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from qorgau.directory.models import Desk
from qorgau.directory.reference import current
from qorgau.handling.ending import lapse_what_waits
from qorgau.handling.moving import move
from qorgau.handling.reasons import require_reason
from qorgau.people.models import Staff
from qorgau.register import clocks, custody
from qorgau.register.actors import Actor
from qorgau.register.change import SomebodyWasFaster, change
from qorgau.register.models import Appeal, Concerned, NamedReader
from qorgau.register.scope import sensitive_known_to
from qorgau.rules.deadlines import Purpose
from qorgau.rules.ladder import DeskKind
from qorgau.rules.problems import NotAllowed, Problem
from qorgau.rules.roles import HANDLERS, NAMERS, Role
from qorgau.rules.sentences import N_, Sentence
from qorgau.rules.states import OPEN, State, Verb

NAMED, NAMING_ENDED, CONCERNS = "name_reader", "end_reader", "concerns"
"""Verbs of journal lines."""


@transaction.atomic
def mark_sensitive(appeal: Appeal, *, staff: Staff, reason: str, at: datetime, seen_version: int | None = None) -> None:
    """Close the appeal to all but named readers.

    1. Whoever marks it and whoever works on it stay its readers, if they may be named at all.
    2. A clinic never holds a sensitive appeal, which may be about itself: it goes to the branch, else the centre, new.

    Raises Problem (field `reason`) when no reason is given.
    """
    reason = require_reason(reason)
    fields: dict[str, Any] = (
        {} if appeal.holder.kind != DeskKind.CLINIC or appeal.state not in OPEN else _away_from_the_clinic(appeal)
    )
    worker = appeal.assignee
    if worker is not None and not worker.may_read_sensitive:
        fields["assignee"] = None
    because = Sentence(N_("Marked as sensitive: {reason}"), {"reason": reason})
    stops = bool(fields.get("holder"))
    if stops:
        for clock in clocks.running(appeal, Purpose.SUPPORT_SERVICE.value):
            clocks.stop(clock, at=at, calendar=current().calendar)
        fields["due_on"] = clocks.nearest_due(appeal)
    move(
        Verb.MARK_SENSITIVE,
        appeal,
        by=staff,
        at=at,
        seen_version=seen_version,
        because=because,
        sensitive=True,
        **fields,
    )
    if stops:
        lapse_what_waits(appeal, at=at)
        custody.pass_to(appeal, appeal.holder, at=at, because=because)
    for person in {one.pk: one for one in (staff, worker) if one and one.may_read_sensitive}.values():
        _write_naming(appeal, person, by=staff, reason=reason, at=at)


def _away_from_the_clinic(appeal: Appeal) -> dict[str, Any]:
    reference = current()
    to: Desk | None = reference.desk_of(
        DeskKind.BRANCH, region_id=appeal.region_id, organisation_id=appeal.organisation_id
    ) or reference.desk_of(DeskKind.CENTRE)
    if to is None:
        raise Problem(Sentence(N_("No desk of the Fund is in force that could take this appeal.")))
    return {"holder": to, "assignee": None, "state": State.REGISTERED.value}


@transaction.atomic
def mark_ordinary(appeal: Appeal, *, staff: Staff, reason: str, at: datetime, seen_version: int | None = None) -> None:
    """Open the appeal to everybody who would see it otherwise; the namings end.

    Raises Problem (field `reason`) when no reason is given, or when it is about somebody of our own staff.
    """
    reason = require_reason(reason)
    if Concerned.objects.filter(appeal=appeal).exists():
        raise Problem(Sentence(N_("The appeal is about somebody of our own staff, so it stays sensitive.")))
    because = Sentence(N_("Not sensitive: {reason}"), {"reason": reason})
    move(Verb.MARK_ORDINARY, appeal, by=staff, at=at, seen_version=seen_version, because=because, sensitive=False)
    readers_of(appeal).update(ended_at=at, ended_by=staff)


@transaction.atomic
def name_reader(
    appeal: Appeal, *, staff: Staff, reader: Staff, reason: str, at: datetime, seen_version: int | None = None
) -> None:
    """Name somebody to read this sensitive appeal; naming them again changes nothing.

    Raises NotAllowed when this person does not name readers, and Problem when there is no reason (field `reason`) or
    that person cannot be named (field `reader`).
    """
    require_namer(appeal, staff)
    reason = require_reason(reason)
    if reader.pk not in {person.pk for person in nameable(appeal)}:
        raise Problem(Sentence(N_("This person cannot be named for this appeal.")), "reader")
    if is_named(appeal, reader):
        return
    _check_seen(appeal, seen_version)
    because = Sentence(N_("Named to read it: {reason}"), {"reason": reason})
    change(appeal, verb=NAMED, actor=Actor.of(staff), at=at, because=because, details={"reader": reader.pk})
    _write_naming(appeal, reader, by=staff, reason=reason, at=at)


@transaction.atomic
def end_naming(
    appeal: Appeal, *, staff: Staff, reader: Staff, reason: str, at: datetime, seen_version: int | None = None
) -> None:
    """This person reads the appeal no longer; if they worked on it, nobody does now. Raises as `name_reader` does."""
    require_namer(appeal, staff)
    reason = require_reason(reason)
    _check_seen(appeal, seen_version)
    because = Sentence(N_("Reads it no longer: {reason}"), {"reason": reason})
    _take_away(appeal, reader, verb=NAMING_ENDED, staff=staff, because=because, at=at)


@transaction.atomic
def say_concerned(
    appeal: Appeal, *, staff: Staff, reader: Staff, reason: str, at: datetime, seen_version: int | None = None
) -> None:
    """The appeal is about this colleague: they neither read it nor hear of it. Raises as `name_reader` does."""
    require_namer(appeal, staff)
    reason = require_reason(reason)
    if reader.pk == staff.pk:
        raise Problem(Sentence(N_("Another person must say that an appeal is about you.")), "reader")
    _check_seen(appeal, seen_version)
    because = Sentence(N_("It is about a colleague: {reason}"), {"reason": reason})
    _take_away(appeal, reader, verb=CONCERNS, staff=staff, because=because, at=at)
    Concerned.objects.get_or_create(appeal=appeal, staff=reader, defaults={"said_at": at, "said_by": staff})


def may_name(appeal: Appeal, staff: Staff) -> bool:
    """Whether this person names its readers: the head of the holding desk, an expert or head at the centre."""
    if staff.role not in NAMERS or staff.desk is None:
        return False
    own = staff.desk_id == appeal.holder_id or staff.desk.kind == DeskKind.CENTRE
    return own and sensitive_known_to(staff).filter(pk=appeal.pk).exists()


def require_namer(appeal: Appeal, staff: Staff) -> None:
    """Raises NotAllowed unless this person names the readers of this appeal."""
    if not may_name(appeal, staff):
        raise NotAllowed(
            Sentence(N_("Only the head of the desk, the deputy or an expert of the Fund’s centre can do this."))
        )


def readers_of(appeal: Appeal) -> QuerySet[NamedReader]:
    """The present readers."""
    return NamedReader.objects.filter(appeal=appeal, ended_at__isnull=True)


def is_named(appeal: Appeal, person: Staff) -> bool:
    """Whether this person was named to read it, and still is."""
    return person.may_read_sensitive and readers_of(appeal).filter(staff=person).exists()


def nameable(appeal: Appeal) -> list[Staff]:
    """Who can be named: those with the right to it at the holding desk and the centre whom the appeal is not about."""
    centre = current().desk_of(DeskKind.CENTRE)
    desks = {appeal.holder_id, centre.pk if centre else appeal.holder_id}
    people = Staff.objects.filter(desk_id__in=desks, may_read_sensitive=True, is_active=True)
    people = people.exclude(pk__in=Concerned.objects.filter(appeal=appeal).values("staff_id"))
    people = people.filter(role__in=sorted({*HANDLERS, Role.AUDITOR})).order_by("last_name", "first_name", "pk")
    return [person for person in people.select_related("desk") if person.works_today]


def _check_seen(appeal: Appeal, seen_version: int | None) -> None:
    if seen_version is not None and seen_version != appeal.version:
        raise SomebodyWasFaster


def _write_naming(appeal: Appeal, reader: Staff, *, by: Staff, reason: str, at: datetime) -> None:
    NamedReader.objects.get_or_create(
        appeal=appeal, staff=reader, ended_at=None, defaults={"reason": reason, "named_at": at, "named_by": by}
    )


def _take_away(appeal: Appeal, person: Staff, *, verb: str, staff: Staff, because: Sentence, at: datetime) -> None:
    fields = {"assignee": None} if appeal.assignee_id == person.pk else {}
    details = {"reader": person.pk}
    change(appeal, verb=verb, actor=Actor.of(staff), at=at, because=because, details=details, **fields)
    readers_of(appeal).filter(staff=person).update(ended_at=at, ended_by=staff)
