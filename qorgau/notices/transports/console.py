import structlog

from qorgau.notices.models import Notice
from qorgau.notices.transports.base import delivery_id
from qorgau.notices.wording import Message
from qorgau.rules.privacy import DOT, mask_email, mask_phone

log = structlog.get_logger(__name__)


class Console:
    """Sends nothing: writes to the log what would have left, with address and code masked."""

    def send(self, notice: Notice, message: Message) -> str:
        body = message.body
        for secret in message.secrets:
            body = body.replace(secret, DOT * 3)
        mask = mask_email if notice.transport == "email" else mask_phone
        # Whoever chose this transport wants to read them, whatever else the log leaves out.
        log.warning(
            "notice_shown",
            way=notice.transport,
            to=mask(notice.address),
            topic=notice.topic,
            subject=message.subject,
            body=body,
        )
        return delivery_id(notice)

    def close(self) -> None:
        """Nothing was opened."""
