"""What the worker does for the bot by the clock."""

from django.utils import timezone
from procrastinate.contrib.django import app

from qorgau.channels.telegram import forgetting, inbox
from qorgau.notices.chats import pace


@app.periodic(cron="50 3 * * *")
@app.task(queueing_lock="forget_old_updates")
def forget_old_updates(timestamp: int) -> int:
    """Every night: that old updates came, and how fast was spoken."""
    at = timezone.now()
    return inbox.forget_old(at) + pace.forget_old(at)


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="forget_what_had_its_time")
def forget_what_had_its_time(timestamp: int) -> int:
    """Every five minutes: numbers that were written to prove who one is, once a code about them would have run out."""
    return forgetting.forget_what_had_its_time(timezone.now())
