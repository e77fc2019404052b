"""Giving failed notices another chance, once what kept them back is put right."""

from datetime import datetime

from qorgau.notices.models import Notice
from qorgau.notices.outbox import RINGS, leaves_at


def send_again(*, failed_since: datetime | None = None, number: str = "", at: datetime) -> int:
    """Let failed notices leave once more, all their attempts before them; says how many.

    `failed_since` looks at when they were written. Those whose person was told by another way stay as they are.
    """
    told_otherwise = Notice.objects.filter(occasion__isnull=False, replaced_by__isnull=False)
    failed = Notice.objects.filter(state="failed", replaced_by=None).exclude(
        occasion__in=told_otherwise.values("occasion")
    )
    if failed_since is not None:
        failed = failed.filter(created_at__gte=failed_since)
    if number:
        failed = failed.filter(appeal_number=number)
    count = 0
    for way in RINGS:
        count += failed.filter(transport=way).update(state="waiting", attempts=0, due_at=leaves_at(way, at))
    return count + failed.exclude(transport__in=RINGS).update(state="waiting", attempts=0, due_at=at)
