"""What the worker does for certificates."""

import structlog
from django.utils import timezone
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from qorgau.insured.certificate import making
from qorgau.insured.models import Certificate

log = structlog.get_logger(__name__)

_RETRIES = 3


@app.task(
    name="qorgau.insured.make_certificate",
    retry=RetryStrategy(max_attempts=_RETRIES, exponential_wait=3),
    priority=10,  # somebody waits for it on a page
    pass_context=True,
)
def make_certificate(context: JobContext, certificate_id: int) -> None:
    """Make a certificate."""
    with Certificate.tried(certificate_id, context, retries=_RETRIES):
        making.make(certificate_id)


@app.periodic(cron="47 * * * *")
@app.task(name="qorgau.insured.clear_old_certificates", queueing_lock="clear_old_certificates")
def clear_old_certificates(timestamp: int) -> None:
    """Every hour: certificates that were kept as long as they are kept."""
    log.info("old_certificates_cleared", count=Certificate.forget_old(timezone.now()))
