"""Offers that a desk did not accept: it keeps knowing how they ended when it no longer sees the appeal."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from qorgau.people.models import Staff
from qorgau.register.models import Handover, JournalLine, Participation
from qorgau.rules.roles import Role
from qorgau.rules.states import Verb


def offers_ended_for(staff: Staff) -> QuerySet[Handover]:
    """How offers to this person's desk ended that it did not accept: each appeal once, by the latest offer of it.

    What became sensitive since is as if it had never been offered.
    """
    desk_id = _desk_that_knows(staff)
    if desk_id is None:
        return Handover.objects.none()
    later = Handover.objects.filter(
        appeal_id=OuterRef("appeal_id"), receiver_id=desk_id, offered_at__gte=OuterRef("settled_at")
    ).exclude(pk=OuterRef("pk"))
    return Handover.objects.filter(
        ~Exists(later),
        receiver_id=desk_id,
        outcome__in=("returned", "taken_back", "lapsed"),
        appeal__sensitive=False,
    )


@dataclass(frozen=True, slots=True)
class ShownWith:
    """An appeal that a desk was shown until some moment, as part of another one that was offered to it."""

    offer: Handover
    until: datetime

    @property
    def separated(self) -> bool:
        """It left that other one while that was still before the desk."""
        return self.offer.settled_at is None or self.until < self.offer.settled_at


def shown_with_an_offer(staff: Staff, number: str) -> ShownWith | None:
    """With which offer this person's desk was last shown the appeal of this number, if it was, and reads it no longer.

    What became sensitive since is as if it had never been shown.
    """
    desk_id = _desk_that_knows(staff)
    if desk_id is None:
        return None
    ended = Participation.objects.filter(
        appeal__number=number, appeal__sensitive=False, desk_id=desk_id, ended_at__isnull=False
    )
    shown = ended.first()
    if shown is None or shown.ended_at is None:
        return None
    appeal_id, until = shown.appeal_id, shown.ended_at
    merged = JournalLine.objects.filter(appeal_id=appeal_id, verb=Verb.MERGE.value, at__lte=until)
    leading = merged.order_by("-sequence").values_list("after__part_of", flat=True).first()
    offers = Handover.objects.filter(
        Q(settled_at__isnull=True) | Q(settled_at__gte=until),
        receiver_id=desk_id,
        offered_at__lte=until,
        appeal__number=leading,
        appeal__sensitive=False,
    )
    offer = offers.select_related("appeal", "settled_by").order_by("-offered_at", "-pk").first() if leading else None
    return ShownWith(offer, until) if offer else None


def _desk_that_knows(staff: Staff) -> int | None:
    return staff.desk_id if staff.is_active and staff.role != Role.ADMINISTRATOR else None
