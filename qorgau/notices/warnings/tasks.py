"""What the worker does for warnings by the clock."""

import structlog
from django.utils import timezone
from procrastinate.contrib.django import app

from qorgau.notices.warnings.forgetting import forget_old
from qorgau.notices.warnings.round import go_round

log = structlog.get_logger(__name__)


@app.periodic(cron="*/5 * * * *")
@app.task(name="qorgau.notices.warn", queueing_lock="warn", lock="warn", pass_context=False)
def warn(timestamp: int) -> dict[str, int]:
    """Every five minutes: is a round due, because a day began or the register was loaded? Then make it."""
    return dict(go_round(timezone.now()))


@app.periodic(cron="10 4 * * *")
@app.task(name="qorgau.notices.forget_old_warnings", queueing_lock="forget_old_warnings")
def forget_old_warnings(timestamp: int) -> None:
    """Every night: contacts of warnings that ended long ago, codes of yesterday, messages that are over."""
    log.info("old_warnings_forgotten", **forget_old(timezone.now()))
