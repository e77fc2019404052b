"""What the worker does for case files."""

import structlog
from django.utils import timezone
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from qorgau.lib.file_in_background import ONE_AT_A_TIME
from qorgau.workplace.case_file import making
from qorgau.workplace.models import CaseFile

log = structlog.get_logger(__name__)

_RETRIES = 2


@app.task(
    name="qorgau.workplace.make_case_file",
    retry=RetryStrategy(max_attempts=_RETRIES, wait=5),
    lock=ONE_AT_A_TIME,
    pass_context=True,
)
def make_case_file(context: JobContext, case_file_id: int) -> None:
    """Make the file of a large case."""
    with CaseFile.tried(case_file_id, context, retries=_RETRIES):
        making.make_in_background(case_file_id)


@app.periodic(cron="37 * * * *")
@app.task(name="qorgau.workplace.clear_old_case_files", queueing_lock="clear_old_case_files")
def clear_old_case_files(timestamp: int) -> None:
    """Every hour: case files whose day is over."""
    log.info("old_case_files_cleared", count=CaseFile.forget_old(timezone.now()))
