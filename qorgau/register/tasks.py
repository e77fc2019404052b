"""What the worker does for the register by the clock."""

import structlog
from django.utils import timezone
from procrastinate.contrib.django import app

from qorgau.register.known_words import gather
from qorgau.register.openings import sweep

log = structlog.get_logger(__name__)


@app.periodic(cron="10 4 * * *")
@app.task(queueing_lock="sweep_openings")
def sweep_openings(timestamp: int) -> None:
    """Every night: lines about who looked that were kept for as many years as the installation keeps them."""
    log.info("openings_swept", count=sweep(timezone.now()))


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="gather_words", lock="gather_words")
def gather_words(timestamp: int) -> None:
    """Every minute: the words of new appeals, which the beginnings of words are sought by."""
    gather()
