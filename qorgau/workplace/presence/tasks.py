"""What the worker does about presence."""

from django.utils import timezone
from procrastinate.contrib.django import app

from qorgau.workplace.presence.present import forget_who_left


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="forget_presence", pass_context=False)
def forget_presence(timestamp: int) -> int:
    """Every ten minutes: people who left their cards."""
    return forget_who_left(timezone.now())
