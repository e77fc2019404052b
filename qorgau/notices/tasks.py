"""What the worker does for notices by the clock."""

from django.utils import timezone
from procrastinate.contrib.django import app

from qorgau.notices.deliver import deliver_due, deliver_into_chats
from qorgau.notices.receipts import tell_what_was_not_said
from qorgau.notices.warnings.tasks import forget_old_warnings, warn

__all__ = ["deliver_notices", "deliver_notices_into_chats", "forget_old_warnings", "warn"]


# Six fields: the last one counts seconds.
@app.periodic(cron="* * * * * */10")
@app.task(queueing_lock="deliver_notices")
def deliver_notices(timestamp: int) -> dict[str, int]:
    """Every ten seconds: what is due leaves. At most one of these waits in the queue."""
    tell_what_was_not_said(timezone.now())
    return deliver_due()


@app.periodic(cron="* * * * * */10")
@app.task(queueing_lock="deliver_notices_into_chats")
def deliver_notices_into_chats(timestamp: int) -> dict[str, int]:
    """The same for chats in Telegram, where a bot runs; where it does not any more, they go the next way."""
    return deliver_into_chats()
