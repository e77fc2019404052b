"""Work of the clock, done by the worker."""

from django.utils import timezone
from procrastinate.contrib.django import app

from qorgau.handling import clock
from qorgau.handling.follow_calendar import follow_calendar
from qorgau.handling.for_applicant.taken_along import forget_spent


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


@app.periodic(cron="55 3 * * *")
@app.task(queueing_lock="forget_spent_words", pass_context=False)
def forget_spent_words(timestamp: int) -> int:
    """Every night: words in addresses that opened an appeal once, and would no longer do so anyway."""
    return forget_spent(timezone.now())
