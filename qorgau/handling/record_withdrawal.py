"""Writing down that the applicant wishes to withdraw."""

from datetime import datetime

from django.db import transaction

from qorgau.handling.moving import move
from qorgau.handling.reasons import require_reason
from qorgau.notices.outbox import tell
from qorgau.notices.topics import Topic
from qorgau.people.models import Staff
from qorgau.register.models import Appeal, Withdrawal
from qorgau.rules.sentences import N_, Sentence
from qorgau.rules.states import Verb


@transaction.atomic
def record_withdrawal(
    appeal: Appeal, *, staff: Staff, channel: str, reason: str, at: datetime, seen_version: int | None = None
) -> None:
    """Write down a wish to withdraw that reached us in words, by telephone or on paper.

    1. Nothing is withdrawn yet: a confirmed complaint costs the provider money, so only the applicant's own
       confirmation, with number and code, withdraws it.
    2. The applicant is asked to confirm, and told to ignore it if they never wished so.
    """
    reason = require_reason(reason)
    move(
        Verb.RECORD_WITHDRAWAL,
        appeal,
        by=staff,
        at=at,
        seen_version=seen_version,
        because=Sentence(N_("A wish to withdraw was written down: {reason}"), {"reason": reason}),
        details={"channel": channel},
    )
    Withdrawal.objects.update_or_create(
        appeal=appeal, defaults={"channel": channel, "reason": reason, "recorded_at": at, "recorded_by": staff}
    )
    tell(topic=Topic.WITHDRAWAL_RECORDED, appeal_number=appeal.number, applicant=appeal.applicant, facts={}, at=at)
