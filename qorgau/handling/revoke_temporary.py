"""Revoking a temporary insured status."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from qorgau.handling.moving import move
from qorgau.handling.reasons import require_reason
from qorgau.insured.models import TemporaryStatus
from qorgau.notices.outbox import tell
from qorgau.notices.topics import Topic
from qorgau.people.models import Staff
from qorgau.register.change import SomebodyWasFaster
from qorgau.register.models import Appeal
from qorgau.rules.sentences import N_, Sentence
from qorgau.rules.states import Verb


@transaction.atomic
def revoke_temporary(
    appeal: Appeal, *, staff: Staff, reason: str, at: datetime, seen_version: int | None = None
) -> None:
    """Revoke what was granted upon this appeal: by mistake, or upon a document that proved false.

    1. From this day on no door tells the status any longer; the days before it stay as they were told.
    2. Nothing is deleted: the row keeps what was granted, by whom, and who revoked it when.
    3. The applicant is told, and reads the reason on the tracking page.

    Raises Problem (field `reason`) when there is no reason.
    """
    reason = require_reason(reason)
    move(
        Verb.REVOKE_TEMPORARY,
        appeal,
        by=staff,
        at=at,
        seen_version=seen_version,
        because=Sentence(N_("The temporary status was revoked: {reason}"), {"reason": reason}),
    )
    today = timezone.localdate(at)
    in_force = TemporaryStatus.objects.filter(appeal_number=appeal.number, revoked_at__isnull=True, last_day__gte=today)
    revoked = in_force.update(revoked_at=at, revoked_by=staff, last_day=today - timedelta(days=1))
    if not revoked:
        raise SomebodyWasFaster
    tell(topic=Topic.TEMPORARY_REVOKED, appeal_number=appeal.number, applicant=appeal.applicant, facts={}, at=at)
