"""The figures of supervision: what each counts. The list behind a figure asks for the very same condition."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qorgau.register.merged import PART_OF
from qorgau.register.models import Handover, Link
from qorgau.rules.states import OPEN, State

_OPEN_STATES = sorted(OPEN)
SOON = timedelta(days=3)


class Figure(StrEnum):
    """One column of the table, as it stands in an address."""

    OPEN = "open"
    UNASSIGNED = "unassigned"
    AGE_1 = "age-1"
    AGE_3 = "age-3"
    AGE_7 = "age-7"
    AGE_15 = "age-15"
    OLDER = "older"
    OVERDUE = "overdue"
    SOON = "soon"
    RECEIVED = "received"
    ANSWERED = "answered"
    LATE = "late"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"
    MERGED = "merged"


NAMES: dict[Figure, Promise] = {
    Figure.OPEN: pgettext_lazy("figure", "Open"),
    Figure.UNASSIGNED: pgettext_lazy("figure", "Nobody works on it"),
    Figure.AGE_1: pgettext_lazy("figure", "0–1 day"),
    Figure.AGE_3: pgettext_lazy("figure", "2–3 days"),
    Figure.AGE_7: pgettext_lazy("figure", "4–7 days"),
    Figure.AGE_15: pgettext_lazy("figure", "8–15 days"),
    Figure.OLDER: pgettext_lazy("figure", "over 15 days"),
    Figure.OVERDUE: pgettext_lazy("figure", "Overdue"),
    Figure.SOON: pgettext_lazy("figure", "Due within 3 days"),
    Figure.RECEIVED: pgettext_lazy("figure", "Received"),
    Figure.ANSWERED: pgettext_lazy("figure", "Answered"),
    Figure.LATE: pgettext_lazy("figure", "Answered late"),
    Figure.RETURNED: pgettext_lazy("figure", "Hand-over returned"),
    Figure.WITHDRAWN: pgettext_lazy("figure", "Withdrawn"),
    Figure.MERGED: pgettext_lazy("figure", "Merged"),
}

NOW = tuple(figure for figure in Figure if list(Figure).index(figure) <= list(Figure).index(Figure.SOON))
"""What stands at this moment; the others happened in the period."""
IN_THE_PERIOD = tuple(figure for figure in Figure if figure not in NOW)

_AGES: dict[Figure, tuple[int, int | None]] = {
    Figure.AGE_1: (0, 1),
    Figure.AGE_3: (2, 3),
    Figure.AGE_7: (4, 7),
    Figure.AGE_15: (8, 15),
    Figure.OLDER: (16, None),
}
"""Days since an appeal was received: from, to."""

NOTES: tuple[Promise, ...] = (
    _("A withdrawn or redirected appeal is not open and counts as neither answered nor late."),
    _(
        "A merged appeal counts under “Merged” alone, by the day of merging: the appeal that leads it is counted "
        "once for both."
    ),
    _("Age is counted in calendar days since receipt; “overdue” is what the queue shows as overdue."),
    _(
        "Times are those of appeals answered in the period, in working hours of the calendar. The first answer is the "
        "first time that a desk wrote to the applicant: a question or the answer itself."
    ),
    _("Each appeal is counted with whoever holds it and works on it now, or did last."),
)
"""How it is counted, as it stands beside the figures."""


@dataclass(frozen=True, slots=True)
class Period:
    """Whole days, both included."""

    first: date
    last: date

    @property
    def begins(self) -> datetime:
        return _midnight(self.first)

    @property
    def ends(self) -> datetime:
        """The first moment that does not belong to it."""
        return _midnight(self.last + timedelta(days=1))


def condition(figure: Figure, *, today: date, period: Period) -> Q:
    """What of the appeals within the scope a figure counts."""
    is_open = Q(state__in=_OPEN_STATES)
    within = (period.begins, period.ends)
    match figure:
        case Figure.OPEN:
            return is_open
        case Figure.UNASSIGNED:
            return is_open & Q(assignee__isnull=True)
        case Figure.AGE_1 | Figure.AGE_3 | Figure.AGE_7 | Figure.AGE_15 | Figure.OLDER:
            return is_open & _aged(*_AGES[figure], today)
        case Figure.OVERDUE:
            return is_open & Q(due_on__lt=today)
        case Figure.SOON:
            return is_open & Q(due_on__gte=today, due_on__lte=today + SOON)
        case Figure.RECEIVED:
            return Q(received_at__gte=within[0], received_at__lt=within[1])
        case Figure.ANSWERED:
            return answered_in(period)
        case Figure.LATE:
            return answered_in(period) & Q(answered_at__date__gt=F("due_on"))
        case Figure.RETURNED:
            return Q(
                pk__in=Handover.objects.filter(
                    outcome="returned", settled_at__gte=within[0], settled_at__lt=within[1]
                ).values("appeal_id")
            )
        case Figure.WITHDRAWN:
            return Q(state=State.WITHDRAWN.value, closed_at__gte=within[0], closed_at__lt=within[1])
        case Figure.MERGED:
            links = Link.objects.filter(type=PART_OF, at__gte=within[0], at__lt=within[1])
            return Q(pk__in=links.values("appeal_id"))


def answered_in(period: Period) -> Q:
    """Answered in the period, but not as a part of another appeal."""
    part_of_another = Exists(Link.objects.filter(type=PART_OF, appeal_id=OuterRef("pk")))
    return Q(answered_at__gte=period.begins, answered_at__lt=period.ends) & ~Q(part_of_another)


def _aged(least: int, most: int | None, today: date) -> Q:
    younger = Q(received_at__lt=_midnight(today - timedelta(days=least - 1))) if least else Q()
    return younger & Q(received_at__gte=_midnight(today - timedelta(days=most))) if most is not None else younger


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), timezone.get_current_timezone())
