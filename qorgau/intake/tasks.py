"""What the worker does for intake by the clock."""

import structlog
from django.utils import timezone
from procrastinate.contrib.django import app

from qorgau.intake.sweep import forget_old, sweep_files

log = structlog.get_logger(__name__)


@app.periodic(cron="17 * * * *")
@app.task(queueing_lock="forget_old_staged_files")
def forget_old_staged_files(timestamp: int) -> None:
    """Every hour: files of forms that were not sent within a day."""
    log.info("staged_files_forgotten", count=forget_old(timezone.now()))


@app.periodic(cron="40 3 * * *")
@app.task(queueing_lock="sweep_orphan_files")
def sweep_orphan_files(timestamp: int) -> None:
    """Every night: files that no row points to."""
    log.info("orphan_files_removed", count=sweep_files(timezone.now()))
