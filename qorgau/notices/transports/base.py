from datetime import timedelta
from typing import Protocol

from django.conf import settings

from qorgau.lib.sealed import keyed_digest
from qorgau.notices.models import Notice
from qorgau.notices.wording import Message


class TransportError(Exception):
    """A message that did not leave.

    `permanent`: it never will by this way, to this address. `retry_after`: the other side wants to be left alone that
    long. `all_wait`: the trouble is the way itself, not this message, so that others need not be tried now.
    `counted`: it was an attempt; one that only came too early is none, and is made again at the very moment that
    `retry_after` says. `unsure`: it may have arrived all the same, and the other side would not know a repeat.
    """

    def __init__(
        self,
        message: str,
        *,
        permanent: bool = False,
        retry_after: timedelta | None = None,
        all_wait: bool = False,
        counted: bool = True,
        unsure: bool = False,
    ) -> None:
        super().__init__(message)
        self.permanent = permanent
        self.retry_after = retry_after
        self.all_wait = all_wait
        self.counted = counted
        self.unsure = unsure


class Transport(Protocol):
    """One way out, open for the length of one run of the deliverer."""

    def send(self, notice: Notice, message: Message) -> str:
        """Hand the message over; says what the other side calls it. Raises TransportError when it did not take it."""

    def close(self) -> None:
        """Let go of connections."""


def delivery_id(notice: Notice) -> str:
    """What a notice is called outside, the same at every attempt, so that the other side can tell a repeat.

    Made of the row's number and time under a key: a database that was restored counts its rows again from before, and
    another installation may use the same gateway.
    """
    return keyed_digest("notice", f"{notice.pk}/{notice.created_at.timestamp()}").hex()


def message_id(notice: Notice) -> str:
    """The Message-ID of a notice sent by e-mail."""
    host = settings.PUBLIC_ADDRESS.split("//", 1)[-1].split("/", 1)[0].split(":", 1)[0]
    return f"<{delivery_id(notice)}@{host}>"
