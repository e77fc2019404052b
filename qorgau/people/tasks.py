"""Work that the worker does for accounts."""

from django.utils import timezone
from procrastinate.contrib.django import app

from qorgau.people import guessing, one_time_codes, pace, reset_links
from qorgau.people.sessions import SessionStore


@app.task(retry=5)
def send_reset_links(email: str) -> int:
    """Send the links to a new password that somebody asked for on the sign-in page."""
    return reset_links.send_links(email)


@app.periodic(cron="40 3 * * *")
@app.task(queueing_lock="forget old attempts", pass_context=False)
def forget_old_attempts(timestamp: int) -> int:
    """Every night: counts of attempts and questions, and codes, that can't matter any more."""
    at = timezone.now()
    return guessing.forget_old(at) + pace.forget_old(at) + one_time_codes.forget_old(at)


@app.periodic(cron="45 3 * * *")
@app.task(queueing_lock="forget sessions that ran out", pass_context=False)
def forget_sessions_that_ran_out(timestamp: int) -> None:
    """Every night: nobody comes back to them."""
    SessionStore.clear_expired()
