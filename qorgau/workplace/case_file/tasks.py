"""What the worker does for case files."""

import structlog
from django.utils import timezone
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from qorgau.workplace.case_file import making

log = structlog.get_logger(__name__)

_TRIES = 3


@app.task(name="qorgau.workplace.make_case_file", retry=RetryStrategy(max_attempts=_TRIES, wait=5), pass_context=True)
def make_case_file(context: JobContext, case_file_id: int) -> None:
    """Make the file of a large case; after the last try whoever asked is told that it did not work."""
    try:
        making.make_in_background(case_file_id)
    except Exception:
        if context.job.attempts >= _TRIES - 1:
            making.give_up(case_file_id)
        raise


@app.periodic(cron="37 * * * *")
@app.task(name="qorgau.workplace.clear_old_case_files", queueing_lock="clear_old_case_files")
def clear_old_case_files(timestamp: int) -> None:
    """Every hour: case files whose day is over."""
    log.info("old_case_files_cleared", count=making.clear_old(timezone.now()))
