"""Work that the worker does for the insured register."""

import structlog
from django.utils import timezone
from procrastinate.contrib.django import app

from qorgau.insured.certificate.tasks import clear_old_certificates, make_certificate
from qorgau.insured.journal import sweep

__all__ = ["clear_old_certificates", "make_certificate", "sweep_look_ups"]

log = structlog.get_logger(__name__)


@app.periodic(cron="20 4 * * *")
@app.task(queueing_lock="sweep_look_ups")
def sweep_look_ups(timestamp: int) -> None:
    """Every night: lines about look-ups that were kept as long as they are kept."""
    log.info("look_ups_swept", count=sweep(timezone.now()))
