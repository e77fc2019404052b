"""Absences and substitutes. While somebody is away, a colleague of the same desk sees and does their work.

Appeals stay with the one who is away, so nothing has to be given back; the substitute finds them under "mine" with "for
whom". A head's substitute decides as the head does, but never upon a draft or a proposal of their own.
"""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Q, QuerySet

from qorgau.lib.kept_queries import KeptQuery, given
from qorgau.people.models import Absence, Staff
from qorgau.rules.problems import NotAllowed, Problem
from qorgau.rules.roles import HANDLERS, HEADS, Role
from qorgau.rules.sentences import N_, Sentence


def on(day: Any) -> QuerySet[Absence]:
    """The absences of a day. One whose people no longer work at the same desk holds no longer."""
    present = Absence.objects.filter(since__lte=day, until__gte=day, ended_at__isnull=True)
    return present.filter(staff__desk_id=F("substitute__desk_id"), substitute__is_active=True)


def stands_in_for(staff: Staff, day: date) -> list[Staff]:
    """The colleagues whose work this person does on a day."""
    return [row.staff for row in on(day).filter(substitute=staff).select_related("staff").order_by("pk")]


def keys_of_the_absent(substitute: Staff, day: date) -> tuple[int, ...]:
    """The same by their keys, for queries."""
    return tuple(key for (key,) in FOR_SOMEBODY.all(substitute=substitute.pk, day=day))


def everybody_standing_in(day: date) -> dict[int, frozenset[int]]:
    """Whose work each substitute does on a day, by the keys of all who stand in for anybody."""
    found: dict[int, set[int]] = {}
    for substitute, absent in _FOR_ANYBODY.all(day=day):
        found.setdefault(substitute, set()).add(absent)
    return {substitute: frozenset(absent) for substitute, absent in found.items()}


_FOR_ANYBODY = KeptQuery(lambda: on(given("day")).values_list("substitute_id", "staff_id"))
FOR_SOMEBODY = KeptQuery(lambda: on(given("day")).filter(substitute_id=given("substitute")).values_list("staff_id"))
"""Whose work somebody does; pages of many parts ask it together with others (`lib/read_together.py`)."""
OF_SOMEBODY = KeptQuery(
    lambda: on(given("day")).filter(staff_id=given("person")).select_related("substitute").order_by("-pk")[:1]
)
OF_HEADS = KeptQuery(
    lambda: on(given("day")).filter(substitute_id=given("substitute"), staff__role__in=sorted(HEADS)).values_list("pk")
)


def substitute_of(person: Staff, day: date) -> Staff | None:
    """Who does this person's work on a day; None when they are there, or nobody stands in."""
    row = OF_SOMEBODY.first(person=person.pk, day=day)
    return row.substitute if row else None


def acting_role(staff: Staff, day: date) -> Role:
    """The role in which this person decides on a day: a head's while they stand in for a head."""
    role = Role(staff.role)
    if role in HEADS or role not in HANDLERS:
        return role
    return Role.APPROVER if OF_HEADS.any(substitute=staff.pk, day=day) else role


def may_say(by: Staff, person: Staff) -> bool:
    """One says one's own absence; the head says those of the desk."""
    return by.pk == person.pk or (by.role in HEADS and by.desk_id == person.desk_id and by.desk_id is not None)


@transaction.atomic
def say_absence(
    person: Staff, *, substitute: Staff, since: date, until: date, by: Staff, at: datetime, today: date
) -> Absence:
    """Write down an absence. Raises NotAllowed for somebody else's, and Problem for what cannot be.

    Problems: the days are in no order or over (field `until`), the substitute is no colleague who works on appeals at
    the same desk, or is away then too (field `substitute`), or the absence is known (field `since`).
    """
    if not may_say(by, person):
        raise NotAllowed(Sentence(N_("Only the head of the desk or the deputy can do this.")))
    if until < since or until < today:
        raise Problem(Sentence(N_("The last day must not be before the first, nor be over already.")), "until")
    colleague = (
        substitute.desk_id == person.desk_id is not None and substitute.role in HANDLERS and substitute.is_active
    )
    if substitute.pk == person.pk or not colleague:
        raise Problem(Sentence(N_("Choose a colleague who works on appeals at the same desk.")), "substitute")
    Staff.objects.select_for_update().filter(pk__in=(person.pk, substitute.pk)).order_by("pk").first()
    then = Absence.objects.filter(since__lte=until, until__gte=since, ended_at__isnull=True)
    if then.filter(staff=person).exists():
        raise Problem(Sentence(N_("An absence in these days is written down already.")), "since")
    if then.filter(Q(staff=substitute) | Q(substitute=person)).exists():
        raise Problem(
            Sentence(N_("Who is away in these days stands in for nobody. Choose another colleague.")), "substitute"
        )
    return Absence.objects.create(staff=person, substitute=substitute, since=since, until=until, said_by=by, said_at=at)


def end_absence(absence: Absence, *, by: Staff, at: datetime) -> None:
    """The absence is over, or was none. Raises NotAllowed for somebody else's."""
    if not may_say(by, absence.staff):
        raise NotAllowed(Sentence(N_("Only the head of the desk or the deputy can do this.")))
    Absence.objects.filter(pk=absence.pk, ended_at__isnull=True).update(ended_at=at)
