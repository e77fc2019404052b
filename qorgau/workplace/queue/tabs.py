"""The views of the queue that everybody has: mine, my desk's, offered, asked, on approval, overdue, all."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import reduce
from operator import or_

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from qorgau.lib.kept_queries import is_among
from qorgau.people import absences
from qorgau.people.models import Staff
from qorgau.register.models import ExtensionProposal, Handover, InformationRequest
from qorgau.rules.roles import HANDLERS, Role
from qorgau.rules.states import OPEN, State


class Tab(StrEnum):
    """A view of the queue, as it stands in the address."""

    MINE = "mine"
    DESK = "desk"
    OFFERED = "offered"
    ASKED = "asked"
    APPROVAL = "approval"
    OVERDUE = "overdue"
    ALL = "all"


NAMES: dict[Tab, Promise] = {
    Tab.MINE: _("Mine"),
    Tab.DESK: _("My desk’s"),
    Tab.OFFERED: _("Offered to my desk"),
    Tab.ASKED: _("Asked of my desk"),
    Tab.APPROVAL: _("On approval"),
    Tab.OVERDUE: _("Overdue"),
    Tab.ALL: _("All I may see"),
}

NOTHING_THERE: dict[Tab, Promise] = {
    Tab.MINE: _("No open appeal is assigned to you."),
    Tab.DESK: _("Your desk has no open appeals."),
    Tab.OFFERED: _("No other desk offers an appeal to yours."),
    Tab.ASKED: _("Nobody waits for information from your desk."),
    Tab.APPROVAL: _("Nothing waits for the head of the desk."),
    Tab.OVERDUE: _("Nothing is overdue."),
    Tab.ALL: _("There are no appeals."),
}

_OPEN_STATES = sorted(OPEN)


@dataclass(frozen=True, slots=True)
class Reader:
    """Whose queue it is, as far as the views depend on it."""

    staff_id: int
    desk_id: int
    works: bool
    stands_in_for: tuple[int, ...] = ()
    """Colleagues who are away today and whose work is this person's."""


def has_queue(staff: Staff) -> bool:
    """Administrators have none, nor has whoever is bound to no desk."""
    return staff.desk_id is not None and staff.role != Role.ADMINISTRATOR


def reader_of(staff: Staff) -> Reader | None:
    """None for those who have no queue. It asks the database who is away: once in a request is enough."""
    if staff.desk_id is None or not has_queue(staff):
        return None
    works = staff.role in HANDLERS
    away = absences.keys_of_the_absent(staff, timezone.localdate()) if works else ()
    return Reader(staff.pk, staff.desk_id, works, away)


def tabs_of(*, works: bool) -> list[Tab]:
    """Those who only read have no work of their own."""
    return list(Tab) if works else [Tab.OVERDUE, Tab.ALL]


def is_of_the_desk(tab: Tab, reader: Reader) -> bool:
    """Whether a view holds nothing but what the reader's own desk holds."""
    return tab in (Tab.DESK, Tab.APPROVAL) or (tab == Tab.OVERDUE and reader.works)


def condition(tab: Tab, reader: Reader, today: date) -> Q:
    """What belongs to a view, among the appeals that the reader may see."""
    is_open = Q(state__in=_OPEN_STATES)
    of_the_desk = Q(holder_id=reader.desk_id)
    match tab:
        case Tab.MINE:
            return is_open & assigned_to((reader.staff_id, *reader.stands_in_for))
        case Tab.DESK:
            return is_open & of_the_desk
        case Tab.OFFERED:
            return Q(
                Exists(
                    Handover.objects.filter(
                        appeal_id=OuterRef("pk"), receiver_id=reader.desk_id, settled_at__isnull=True
                    )
                )
            )
        case Tab.ASKED:
            return Q(
                Exists(
                    InformationRequest.objects.filter(
                        appeal_id=OuterRef("pk"), asked_id=reader.desk_id, replied_at__isnull=True
                    )
                )
            )
        case Tab.APPROVAL:
            return is_open & of_the_desk & (Q(state=State.ON_APPROVAL.value) | _longer_term_proposed())
        case Tab.OVERDUE:
            late = is_open & Q(due_on__lt=today)
            return late & of_the_desk if reader.works else late
        case Tab.ALL:
            return Q()


def _longer_term_proposed() -> Q:
    """As an array, which is made once and looked up by key: few proposals wait at any moment in the whole country."""
    waiting = ExtensionProposal.objects.filter(decided_at__isnull=True)
    return Q(is_among("pk", ArraySubquery(waiting.values("appeal_id"))))


def assigned_to(people: Iterable[int]) -> Q:
    """Appeals that one of these people works on; there must be one. A key may be `given` only later."""
    return reduce(or_, (Q(assignee_id=key) for key in people))
