"""Rows of the list "For you". Everything starts from the scope: what somebody may no longer see is not listed."""

from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse

from qorgau.directory.reference import current
from qorgau.lib.speech import name_in
from qorgau.people.models import Staff
from qorgau.register.following.models import Follower, Mention
from qorgau.register.models import Appeal, JournalLine
from qorgau.register.scope import appeals_for
from qorgau.rules.kinds import Kind
from qorgau.workplace.card.meanwhile import HARMLESS
from qorgau.workplace.discretion import words_for
from qorgau.workplace.models import Seen
from qorgau.workplace.state_words import state_words
from qorgau.workplace.wording import KINDS

MOST = 50
_MOST_LOOKED_AT = 99


def mentions_of(staff: Staff) -> list[dict[str, Any]]:
    """The latest notes that name this person, those that they have not opened first."""
    rows = (
        Mention.objects.filter(staff=staff, message__appeal__in=appeals_for(staff))
        .annotate(seen=_seen(staff, "message__appeal_id"))
        .annotate(unread=Exists(Mention.objects.filter(pk=OuterRef("pk"), version__gt=OuterRef("seen"))))
        .select_related("message__staff", "message__appeal")
        .order_by("-unread", "-pk")[:MOST]
    )
    return [
        row_of(mention.message.appeal)
        | {
            "href": reverse("desk:appeal", args=[mention.message.appeal.number]) + f"#note-{mention.message_id}",
            "who": mention.message.staff.short_name if mention.message.staff else "",
            "desk": name_in(current().desks.get(mention.message.desk_id or 0)),
            "when": mention.message.at,
            "text": words_for(staff, mention.message.text),
            "unread": mention.unread,
        }
        for mention in rows
    ]


def new_notes_for(staff: Staff) -> QuerySet[Mention]:
    """The notes that name this person and were not opened since, of the latest ninety-nine."""
    latest = Mention.objects.filter(staff_id=staff.pk).order_by("-pk")[:_MOST_LOOKED_AT]
    theirs = Mention.objects.filter(pk__in=latest.values("pk"), message__appeal__in=appeals_for(staff))
    return theirs.annotate(seen=_seen(staff, "message__appeal_id")).filter(version__gt=F("seen"))


def followed_by(staff: Staff) -> list[dict[str, Any]]:
    """The appeals that this person follows, those with news since they last opened the card first."""
    news = (
        JournalLine.objects.filter(appeal_id=OuterRef("pk"), sequence__gt=OuterRef("seen"))
        .exclude(staff_id=staff.pk)
        .exclude(verb__in=sorted(HARMLESS))
    )
    rows = (
        appeals_for(staff)
        .filter(Exists(Follower.objects.filter(appeal_id=OuterRef("pk"), staff=staff)))
        .annotate(seen=_seen(staff, "pk"))
        .annotate(unread=Exists(news))
        .order_by("-unread", F("due_on").asc(nulls_last=True), "pk")[:MOST]
    )
    return [row_of(appeal) | {"unread": appeal.unread} for appeal in rows]


def _seen(staff: Staff, appeal: str) -> Coalesce:
    """The version of the appeal at which this person last opened its card."""
    seen = Seen.objects.filter(staff_id=staff.pk, appeal_id=OuterRef(appeal)).values("version")[:1]
    return Coalesce(Subquery(seen), Value(0))


def row_of(appeal: Appeal) -> dict[str, Any]:
    """What every list of the page says of an appeal."""
    return {
        "number": appeal.number,
        "href": reverse("desk:appeal", args=[appeal.number]),
        "kind": KINDS[Kind(appeal.kind)],
        "topic": name_in(current().topics.get(appeal.topic_id or 0)),
        "state": appeal.state,
        "state_words": state_words(appeal),
        "due_on": appeal.due_on,
    }
