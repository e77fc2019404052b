"""Offers that a desk did not accept: it keeps knowing how they ended when it no longer sees the appeal."""

from django.db.models import Exists, OuterRef, QuerySet

from qorgau.people.models import Staff
from qorgau.register.models import Handover
from qorgau.rules.roles import Role


def offers_ended_for(staff: Staff) -> QuerySet[Handover]:
    """How offers to this person's desk ended that it did not accept: each appeal once, by the latest offer of it.

    What became sensitive since is as if it had never been offered.
    """
    if staff.desk_id is None or not staff.is_active or staff.role == Role.ADMINISTRATOR:
        return Handover.objects.none()
    later = Handover.objects.filter(
        appeal_id=OuterRef("appeal_id"), receiver_id=staff.desk_id, offered_at__gte=OuterRef("settled_at")
    ).exclude(pk=OuterRef("pk"))
    return Handover.objects.filter(
        ~Exists(later),
        receiver_id=staff.desk_id,
        outcome__in=("returned", "taken_back", "lapsed"),
        appeal__sensitive=False,
    )
