"""What a member of staff may see. Every query for a staff screen, export or API starts here."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from qorgau.people.models import Staff
from qorgau.register.models import Appeal, Attachment, Participation
from qorgau.rules.ladder import DeskKind
from qorgau.rules.roles import Role


def appeals_for(staff: Staff) -> QuerySet[Appeal]:
    """The appeals that this person may see, and no others.

    The Fund's centre sees the country and a branch its region; every other desk sees the appeals it takes or took
    part in. An administrator keeps the directory and sees no appeal. Sensitive appeals are for those who were named.
    """
    desk = staff.desk
    if desk is None or not staff.is_active or staff.role == Role.ADMINISTRATOR:
        return Appeal.objects.none()
    seen = Appeal.objects.all()
    if desk.kind != DeskKind.CENTRE:
        takes_part = Q(Exists(Participation.objects.filter(desk_id=desk.pk, appeal_id=OuterRef("pk"))))
        if desk.kind == DeskKind.BRANCH and desk.region_id is not None:
            takes_part |= Q(region_id=desk.region_id)
        seen = seen.filter(takes_part)
    if not staff.may_read_sensitive:
        seen = seen.filter(sensitive=False)
    return seen


def attachments_for(staff: Staff) -> QuerySet[Attachment]:
    """The files of the appeals that this person may see."""
    return Attachment.objects.filter(appeal__in=appeals_for(staff))
