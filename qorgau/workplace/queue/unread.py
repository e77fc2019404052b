"""What is news to somebody: appeals in which others did something since this person last opened the card.

An appeal concerns a person when they opened it before, or when it lies open with their desk or is offered to it; what
happens to any other appeal within their scope is no news to them. Their own deeds are none either, nor what
`meanwhile.py` calls harmless. What ended a week ago is forgotten, unless they follow it or were named in a note of it:
otherwise everything that somebody ever opened would be looked through at each count.
"""

from datetime import datetime, timedelta

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.http import HttpRequest

from qorgau.lib.kept_queries import is_among
from qorgau.lib.written_statement import WrittenStatement
from qorgau.people.models import Staff
from qorgau.register.following.models import Follower, Mention
from qorgau.register.models import Appeal, Handover, JournalLine
from qorgau.rules.roles import HANDLERS
from qorgau.rules.states import OPEN
from qorgau.workplace.card.meanwhile import HARMLESS
from qorgau.workplace.models import Seen
from qorgau.workplace.queue.tabs import Reader

SEEN = WrittenStatement(
    """
    INSERT INTO workplace_seen (staff_id, appeal_id, version) VALUES (%s, %s, %s)
    ON CONFLICT (staff_id, appeal_id) DO UPDATE SET version = EXCLUDED.version
    WHERE workplace_seen.version < EXCLUDED.version
    RETURNING version
    """,
    *("staff", "appeal", "version"),
)
"""Somebody has the card before them; an older version never takes the place of a later one."""


KEPT_AFTER_THE_END = timedelta(days=7)


def unread_among_rows(reader: Reader) -> Q:
    """The condition on appeals that were found already, a page of them. For somebody who works on appeals."""
    at_the_desk = Q(holder_id=reader.desk_id, state__in=sorted(OPEN)) | Q(Exists(_offered_to(reader)))
    seen = Seen.objects.filter(staff_id=reader.staff_id, appeal_id=OuterRef("pk"))
    return (at_the_desk | Q(Exists(seen))) & _has_news(reader)


def unread_at_the_desk(reader: Reader, held: QuerySet[Appeal]) -> QuerySet[Appeal]:
    """What is unread of the appeals that the reader's desk holds, and works on."""
    return held.filter(_has_news(reader), state__in=sorted(OPEN))


def unread_elsewhere(reader: Reader, seen: QuerySet[Appeal]) -> QuerySet[Appeal]:
    """What is unread of the other appeals that the reader may see: offered to the desk, or opened by the reader."""
    offered = Handover.objects.filter(receiver_id=reader.desk_id, settled_at__isnull=True).values("appeal_id")
    # Most of what somebody has opened is as they saw it: that is told without looking into the journal.
    opened = Seen.objects.filter(staff_id=reader.staff_id, appeal__version__gt=F("version")).values("appeal_id")
    # Gathered once, before anything is looked at.
    concerned = is_among("pk", ArraySubquery(offered.union(opened)))
    at_the_desk = Q(holder_id=reader.desk_id, state__in=sorted(OPEN))
    return seen.filter(concerned, _has_news(reader)).exclude(at_the_desk)


def _offered_to(reader: Reader) -> QuerySet[Handover]:
    return Handover.objects.filter(appeal_id=OuterRef("pk"), receiver_id=reader.desk_id, settled_at__isnull=True)


def _has_news(reader: Reader) -> Q:
    seen = Seen.objects.filter(staff_id=reader.staff_id, appeal_id=OuterRef(OuterRef("pk"))).values("version")[:1]
    news = JournalLine.objects.filter(appeal_id=OuterRef("pk"), sequence__gt=Coalesce(Subquery(seen), Value(0)))
    return Q(Exists(news.exclude(staff_id=reader.staff_id).exclude(verb__in=sorted(HARMLESS))))


def forget_what_has_ended(at: datetime) -> int:
    """Forget who has seen appeals that ended a week before this moment; how many rows went."""
    ended = Appeal.objects.filter(pk=OuterRef("appeal_id"), closed_at__lt=at - KEPT_AFTER_THE_END)
    followed = Follower.objects.filter(appeal_id=OuterRef("appeal_id"), staff_id=OuterRef("staff_id"))
    named = Mention.objects.filter(message__appeal_id=OuterRef("appeal_id"), staff_id=OuterRef("staff_id"))
    forgotten, _by_table = Seen.objects.filter(Exists(ended), ~Exists(followed), ~Exists(named)).delete()
    return forgotten


def sees_it_now(request: HttpRequest, staff: Staff) -> bool:
    """Whether it is to be written down (`SEEN`) that this person has the card before them as it stands.

    Written by a GET, which is safe for all that: it changes nothing of the appeal and nothing that anybody else sees,
    it may come twice or never, and it does not turn back when two windows open in the wrong order. Whoever only reads
    has no unread; a page that a browser fetches ahead has been read by nobody.
    """
    return staff.role in HANDLERS and request.method == "GET" and not _is_fetched_ahead(request)


def _is_fetched_ahead(request: HttpRequest) -> bool:
    return "prefetch" in request.headers.get("Sec-Purpose", request.headers.get("Purpose", ""))
