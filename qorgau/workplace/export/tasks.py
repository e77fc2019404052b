"""What the worker does for exports."""

import structlog
from django.utils import timezone
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from qorgau.workplace.export import making

log = structlog.get_logger(__name__)

_TRIES = 3


@app.task(name="qorgau.workplace.make_export", retry=RetryStrategy(max_attempts=_TRIES, wait=5), pass_context=True)
def make_export(context: JobContext, export_id: int) -> None:
    """Make the file of an export; after the last try whoever asked is told that it did not work."""
    try:
        making.make_in_background(export_id)
    except Exception:
        if context.job.attempts >= _TRIES - 1:
            making.give_up(export_id)
        raise


@app.periodic(cron="27 * * * *")
@app.task(name="qorgau.workplace.clear_old_exports", queueing_lock="clear_old_exports")
def clear_old_exports(timestamp: int) -> None:
    """Every hour: files of exports whose day is over."""
    log.info("old_exports_cleared", count=making.clear_old(timezone.now()))
