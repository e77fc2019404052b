"""What the worker does for the desk. It looks for its work in modules of this name."""

import structlog
from django.utils import timezone
from procrastinate.contrib.django import app

from qorgau.workplace.case_file.tasks import clear_old_case_files, make_case_file
from qorgau.workplace.export.ready_letter import send_ready_letter
from qorgau.workplace.export.tasks import clear_old_exports, make_export
from qorgau.workplace.queue.unread import forget_what_has_ended

__all__ = [
    "clear_old_case_files",
    "clear_old_exports",
    "forget_seen",
    "make_case_file",
    "make_export",
    "send_ready_letter",
]

log = structlog.get_logger(__name__)


@app.periodic(cron="17 3 * * *")
@app.task(name="qorgau.workplace.forget_seen", queueing_lock="forget_seen")
def forget_seen(timestamp: int) -> None:
    """Every night: who has seen what has ended since."""
    log.info("seen_forgotten", rows=forget_what_has_ended(timezone.now()))
