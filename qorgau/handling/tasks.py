"""Work of the clock, done by the worker."""

from django.utils import timezone
from procrastinate.contrib.django import app

from qorgau.handling import clock
from qorgau.handling.follow_calendar import follow_calendar


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="clock", lock="clock", pass_context=False)
def run_clock(timestamp: int) -> dict[str, int]:
    """Every five minutes: overdue marks, reminders, escalations, closing of what nobody rated."""
    return dict(clock.run(timezone.now()))


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="calendar", lock="calendar", pass_context=False)
def run_calendar(timestamp: int) -> int:
    """Every five minutes: terms that run follow what changed in the calendar."""
    return follow_calendar(timezone.now())
