"""Which appeals belong to a view of the queue, in no order yet. Everything starts from the scope."""

from datetime import date, timedelta
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import F, Q, QuerySet

from qorgau.lib.planned import beside_indexes
from qorgau.register.checklists import with_open_steps
from qorgau.register.details import with_any_label
from qorgau.register.models import Appeal
from qorgau.register.scope import Listed, appeals_to_list, sees_few
from qorgau.rules.states import OPEN
from qorgau.workplace.queue.filters import NOBODY, Due, Filters
from qorgau.workplace.queue.places import Sort
from qorgau.workplace.queue.tabs import Tab, assigned_to, condition, is_of_the_desk
from qorgau.workplace.queue.unread import unread_at_the_desk, unread_elsewhere
from qorgau.workplace.queue.view import View


def in_the_view(view: View, *, words: Q | None = None) -> Listed:
    """The appeals of a view, in no order yet."""
    if view.filters.unread:
        return Listed(Appeal.objects.filter(pk__in=unread_in_the_view(view, words=words)))
    listed = _listed(view, held=is_of_the_desk(view.filters.tab, view.reader))
    return Listed(_of_the_view(listed, view, words=words), listed.part)


def unread_in_the_view(view: View, *, words: Q | None = None) -> "QuerySet[Appeal, Any]":
    """The keys of what is unread in a view: at the desk and elsewhere. Each is narrowed for itself: for both in one
    condition PostgreSQL looks through whatever a filter leaves of the register.
    """
    reader = view.reader
    if not reader.works:
        return Appeal.objects.none().values("pk")
    held = _listed(view, held=True)
    unread = unread_at_the_desk(reader, held.appeals)
    at_the_desk = _of_the_view(Listed(unread, held.part), view, words=words).order_by().values("pk")
    if is_of_the_desk(view.filters.tab, reader):
        return at_the_desk
    seen = _listed(view, held=False)
    unread = unread_elsewhere(reader, seen.appeals)
    elsewhere = _of_the_view(Listed(unread, seen.part), view, words=words).order_by().values("pk")
    return at_the_desk.union(elsewhere, all=True)


def _listed(view: View, *, held: bool) -> Listed:
    """What this person may see of the appeals that came as the filters say, or what their desk holds of them."""
    is_open = view.is_open
    if is_open is None and not held and holds_only_what_is_open(view.filters) and sees_few(view.staff, view.regions):
        is_open = True
    return appeals_to_list(
        view.staff,
        held=held,
        is_open=is_open,
        kind=view.filters.kind,
        channel=view.filters.channel,
        language=view.filters.language,
        topic_id=view.topics,
        region_id=view.regions,
    )


def holds_only_what_is_open(filters: Filters) -> bool:
    """Whether what was answered or ended is in no view with these filters."""
    return bool(
        filters.tab in (Tab.MINE, Tab.OVERDUE)
        or filters.due
        or filters.checklist
        or (filters.state and OPEN.issuperset(filters.state))
    )


def _of_the_view(listed: Listed, view: View, *, words: Q | None = None) -> QuerySet[Appeal]:
    """Of the appeals that `_listed` gives, those that belong to the view and pass its filters but "unread"."""
    filters = view.filters
    appeals = listed.appeals.filter(condition(filters.tab, view.reader, view.today))
    if filters.state:
        # A desk that sees few appeals has read them all before the register has told which are in a rare state.
        state = beside_indexes("state") if listed.part else F("state")
        appeals = appeals.alias(state_read=state).filter(state_read__in=filters.state)
    if filters.organisation or filters.organisation_words:
        appeals = appeals.filter(organisation_id__in=view.organisations)
    if view.words is not None:
        appeals = appeals.filter(view.words.condition if words is None else words)
    if filters.assignee:
        nobody = [Q(assignee__isnull=True)] if NOBODY in filters.assignee else []
        people = [assigned_to(view.assignees)] if view.assignees else []
        appeals = appeals.filter(reduce(or_, [*people, *nobody]))
    if filters.label:
        appeals = appeals.filter(with_any_label(filters.label))
    if filters.checklist:
        # By reason, the oldest of each come first, and those are closed.
        appeals = appeals.filter(with_open_steps(in_front=filters.sort != Sort.TOPIC))
    if filters.due:
        appeals = appeals.filter(_due(filters.due, view.today))
        if not listed.part:  # there, what is open was found already
            appeals = appeals.filter(state__in=sorted(OPEN))
    return appeals


def _due(due: Due, today: date) -> Q:
    match due:
        case Due.OVERDUE:
            return Q(due_on__lt=today)
        case Due.TODAY:
            return Q(due_on=today)
        case Due.THREE_DAYS | Due.WEEK:
            return Q(due_on__gte=today, due_on__lte=today + timedelta(days=int(due.value)))
