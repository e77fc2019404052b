"""What a card asks the database, in one trip: what every appeal has something of, and the rest only where there is any.

Which of the rest there is, the appeal says when it is read. Half of the questions would find nothing for most appeals,
and a question costs the same then.
"""

from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any

from django.db.models import Exists, Model, OuterRef, Q
from django.http import HttpRequest
from django.utils import timezone

from qorgau.handling.known import FACTS
from qorgau.handling.permission import SEEN as IN_SCOPE
from qorgau.lib.kept_queries import KeptQuery, given
from qorgau.lib.read_together import ReadTogether
from qorgau.people.absences import OF_HEADS, OF_SOMEBODY
from qorgau.people.models import Staff
from qorgau.register.details import LABELS, VALUES
from qorgau.register.following.models import Follower
from qorgau.register.models import (
    Appeal,
    AppealLabel,
    Attachment,
    FieldValue,
    Handover,
    InformationRequest,
    Link,
    Message,
    Rating,
    Withdrawal,
)
from qorgau.register.openings import WRITE_OPENINGS
from qorgau.register.scope import scope_of
from qorgau.rules.roles import HANDLERS
from qorgau.workplace.access import appeals_by_number, get_appeal
from qorgau.workplace.card import parts
from qorgau.workplace.card.answer_shown import ANSWER
from qorgau.workplace.card.related import LINKS_OF, asked_of_the_same_person, known_of
from qorgau.workplace.for_you.pages import FOLLOWERS
from qorgau.workplace.openings import openings_to_write
from qorgau.workplace.presence.present import COME_AND_SEE, PRESENT, WHO_IS_HERE
from qorgau.workplace.queue.unread import SEEN, sees_it_now
from qorgau.workplace.timeline.history import LATEST

ATTACHMENTS = KeptQuery(lambda: Attachment.objects.filter(appeal_id=given("appeal")).order_by("added_at", "pk"))
MESSAGES = KeptQuery(
    lambda: Message.objects.filter(appeal_id=given("appeal")).select_related("staff").order_by("at", "pk")
)
REQUESTS = KeptQuery(
    lambda: (
        InformationRequest.objects.filter(appeal_id=given("appeal"))
        .select_related("clock", "asked_by", "replied_by")
        .order_by("asked_at", "pk")
    )
)
RATING = KeptQuery(lambda: Rating.objects.filter(appeal_id=given("appeal")))
WITHDRAWAL = KeptQuery(
    lambda: Withdrawal.objects.filter(appeal_id=given("appeal")).select_related("recorded_by", "code_seen_by")
)

_OF_EVERY_APPEAL = (
    MESSAGES, ANSWER, FACTS, parts.CLOCKS, parts.CUSTODY, parts.NOTICES_TOLD, LATEST, OF_SOMEBODY, OF_HEADS,
)  # fmt: skip


def _of_this_appeal(rows: type[Model]) -> Exists:
    return Exists(rows._default_manager.filter(appeal_id=OuterRef("pk")))


_OF_SOME: dict[str, tuple[KeptQuery[Any], Exists]] = {
    "has_attachments": (ATTACHMENTS, _of_this_appeal(Attachment)),
    "has_requests": (REQUESTS, _of_this_appeal(InformationRequest)),
    "has_rating": (RATING, _of_this_appeal(Rating)),
    "has_withdrawal": (WITHDRAWAL, _of_this_appeal(Withdrawal)),
    "has_values": (VALUES, _of_this_appeal(FieldValue)),
    "has_labels": (LABELS, _of_this_appeal(AppealLabel)),
    "has_followers": (FOLLOWERS, _of_this_appeal(Follower)),
    "has_handovers": (parts.HANDOVERS, _of_this_appeal(Handover)),
    "has_links": (LINKS_OF, Exists(Link.objects.filter(Q(appeal_id=OuterRef("pk")) | Q(earlier_id=OuterRef("pk"))))),
}
_APPEAL = appeals_by_number(**{name: there_is for name, (_, there_is) in _OF_SOME.items()})


def appeal_of_card(request: HttpRequest, number: str) -> Appeal:
    """The appeal, if this person may see it, knowing what it has."""
    return get_appeal(request, number, among=_APPEAL)


def in_one_trip(request: HttpRequest, appeal: Appeal, staff: Staff, now: datetime) -> AbstractContextManager[None]:
    """Ask what the card will ask, and write down that this person opens it, is there and has seen it."""
    there = COME_AND_SEE if staff.role in HANDLERS else WHO_IS_HERE
    seen = [SEEN] if sees_it_now(request, staff) else []
    same_person = asked_of_the_same_person(appeal, staff)
    asked = [query for name, (query, _) in _OF_SOME.items() if getattr(appeal, name)]
    known: dict[KeptQuery[Any], list[Any]] = {query: [] for query, _ in _OF_SOME.values() if query not in asked}
    in_scope = IN_SCOPE.kept_for(staff)
    if in_scope:
        known[in_scope] = [(appeal.pk,)]  # it was read within their scope a moment ago
    if same_person:
        asked.append(same_person)
    trip = ReadTogether(WRITE_OPENINGS, there, *seen, *_OF_EVERY_APPEAL, *asked, known=known)
    values = openings_to_write(request, staff, now) | known_of(appeal) | scope_of(staff)
    values |= {
        "appeal": appeal.pk,
        "appeals": [appeal.pk],
        "number": appeal.number,
        "version": appeal.version,
        "substitute": staff.pk,
        "person": appeal.assignee_id,
        "day": timezone.localdate(now),
        "doing": "",
        "since": now - PRESENT,
    }
    return trip.of(**values)
