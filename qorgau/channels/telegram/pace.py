"""Look-ups by many numbers are slowed down, as on the portal: measured by chat and by the person asked about."""

from datetime import datetime, timedelta

from django.conf import settings

from qorgau.people.pace import Measure, wait_until


def seconds_before_look_up(chat: int, iin: str, at: datetime) -> int:
    """Count a look-up; how many seconds to wait before it, 0 when it may go on at once."""
    longest = timedelta(seconds=settings.LOOKUPS_LONGEST_WAIT)
    measures = (
        Measure(("look-up", "chat", str(chat)), settings.LOOKUPS_PER_DEVICE, longest),
        # The same count as that of the portal: who asks by two doors gains nothing.
        Measure(("look-up", "person", iin), settings.LOOKUPS_PER_IIN, longest),
    )
    return _seconds_until(wait_until(measures, at), at)


def seconds_before_proof(chat: int, iin: str, at: datetime) -> int:
    """Count a proof that is tried, or a code that is sent for it; how many seconds to wait before it."""
    longest = timedelta(seconds=settings.CODES_LONGEST_WAIT)
    measures = (
        Measure(("code", "chat", str(chat)), settings.CODES_PER_IIN, longest),
        Measure(("code", "person", iin), settings.CODES_PER_IIN, longest),
    )
    return _seconds_until(wait_until(measures, at), at)


def _seconds_until(moment: datetime | None, at: datetime) -> int:
    return max(1, round((moment - at).total_seconds() + 0.5)) if moment else 0
