"""What the worker does for exports."""

import structlog
from django.utils import timezone
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from qorgau.lib.file_in_background import ONE_AT_A_TIME
from qorgau.workplace.export import making
from qorgau.workplace.models import Export

log = structlog.get_logger(__name__)

_RETRIES = 2


@app.task(
    name="qorgau.workplace.make_export",
    retry=RetryStrategy(max_attempts=_RETRIES, wait=5),
    lock=ONE_AT_A_TIME,
    pass_context=True,
)
def make_export(context: JobContext, export_id: int) -> None:
    """Make the file of an export."""
    with Export.tried(export_id, context, retries=_RETRIES):
        making.make_in_background(export_id)


@app.periodic(cron="27 * * * *")
@app.task(name="qorgau.workplace.clear_old_exports", queueing_lock="clear_old_exports")
def clear_old_exports(timestamp: int) -> None:
    """Every hour: files of exports whose day is over; the lines of the journal stay."""
    log.info("old_exports_cleared", count=Export.forget_old(timezone.now()))
