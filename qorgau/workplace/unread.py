"""What is news to somebody: appeals in which others did something since this person last opened the card.

An appeal concerns a person when they opened it before, or when it lies open with their desk or is offered to it; what
happens to any other appeal within their scope is no news to them. Their own deeds are none either, nor what
`meanwhile.py` calls harmless.
"""

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.http import HttpRequest

from qorgau.lib.written_statement import WrittenStatement
from qorgau.people.models import Staff
from qorgau.register.models import Appeal, Handover, JournalLine
from qorgau.rules.roles import HANDLERS
from qorgau.rules.states import OPEN
from qorgau.workplace.meanwhile import HARMLESS
from qorgau.workplace.models import Seen
from qorgau.workplace.tabs import Reader

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


def unread(reader: Reader) -> Q:
    """The condition on appeals; nothing is unread to those who only read."""
    if not reader.works:
        return Q(pk__in=[])
    seen = Seen.objects.filter(staff_id=reader.staff_id)
    seen_version = Coalesce(Subquery(seen.filter(appeal_id=OuterRef(OuterRef("pk"))).values("version")[:1]), Value(0))
    news = JournalLine.objects.filter(appeal_id=OuterRef("pk"), sequence__gt=seen_version)
    news = news.exclude(staff_id=reader.staff_id).exclude(verb__in=sorted(HARMLESS))
    offered = Handover.objects.filter(appeal_id=OuterRef("pk"), receiver_id=reader.desk_id, settled_at__isnull=True)
    at_the_desk = Q(holder_id=reader.desk_id, state__in=sorted(OPEN)) | Q(Exists(offered))
    return (at_the_desk | Q(Exists(seen.filter(appeal_id=OuterRef("pk"))))) & Q(Exists(news))


def may_be_unread(reader: Reader) -> "QuerySet[Appeal, int]":
    """The appeals that concern this person, by their ids: few, found without reading the register."""
    at_the_desk = Appeal.objects.filter(holder_id=reader.desk_id, state__in=sorted(OPEN)).values_list("pk")
    offered = Handover.objects.filter(receiver_id=reader.desk_id, settled_at__isnull=True).values_list("appeal_id")
    seen = Seen.objects.filter(staff_id=reader.staff_id).values_list("appeal_id")
    return at_the_desk.union(offered, seen)  # type: ignore[return-value]


def sees_it_now(request: HttpRequest, staff: Staff) -> bool:
    """Whether it is to be written down (`SEEN`) that this person has the card before them as it stands.

    Written by a GET, which is safe for all that: it changes nothing of the appeal and nothing that anybody else sees,
    it may come twice or never, and it does not turn back when two windows open in the wrong order. Whoever only reads
    has no unread; a page that a browser fetches ahead has been read by nobody.
    """
    return staff.role in HANDLERS and request.method == "GET" and not _is_fetched_ahead(request)


def _is_fetched_ahead(request: HttpRequest) -> bool:
    return "prefetch" in request.headers.get("Sec-Purpose", request.headers.get("Purpose", ""))
