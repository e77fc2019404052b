"""What the worker does for certificates."""

import structlog
from django.utils import timezone
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from qorgau.insured.certificate import making

log = structlog.get_logger(__name__)

_TRIES = 4


@app.task(
    name="qorgau.insured.make_certificate",
    retry=RetryStrategy(max_attempts=_TRIES, exponential_wait=3),
    priority=10,  # somebody waits for it on a page
    pass_context=True,
)
def make_certificate(context: JobContext, certificate_id: int) -> None:
    """Make a certificate; after the last try whoever asked is told that it did not work."""
    try:
        making.make(certificate_id)
    except Exception:
        if context.job.attempts >= _TRIES - 1:
            making.give_up(certificate_id)
        raise


@app.periodic(cron="47 * * * *")
@app.task(name="qorgau.insured.clear_old_certificates", queueing_lock="clear_old_certificates")
def clear_old_certificates(timestamp: int) -> None:
    """Every hour: certificates that were kept as long as they are kept."""
    log.info("old_certificates_cleared", count=making.clear_old(timezone.now()))
