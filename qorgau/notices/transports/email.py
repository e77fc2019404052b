import smtplib

from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend

from qorgau.notices.models import Notice
from qorgau.notices.transports.base import TransportError, message_id
from qorgau.notices.wording import Message

_CLOSING = 421
# Replies that speak of our own sign-in although they come as the refusal of a recipient.
_NOT_SIGNED_IN = frozenset({530, 534, 535, 538})


class Smtp:
    """The mail server of the settings, over one connection for as long as it holds.

    A recipient or a letter refused with 5xx is refused for good. All else is the server's trouble or ours (it cannot
    be reached, does not know us, refuses our sender) and passes.
    """

    def __init__(self) -> None:
        self._server = EmailBackend(fail_silently=False)

    def send(self, notice: Notice, message: Message) -> str:
        name = message_id(notice)
        letter = EmailMessage(
            subject=message.subject,
            body=message.body,
            to=[notice.address],
            headers={
                "Message-ID": name,
                "Auto-Submitted": "auto-generated",
                "X-Auto-Response-Suppress": "All",
                "Content-Language": notice.language,
                **_stopping(message.stop),
            },
            connection=self._server,
        )
        try:
            self._server.open()
            letter.send()
        except smtplib.SMTPRecipientsRefused as refused:
            raise self._refused(*next(iter(refused.recipients.values()))) from refused
        except smtplib.SMTPDataError as refused:
            raise self._refused(refused.smtp_code, refused.smtp_error) from refused
        except (smtplib.SMTPException, OSError) as error:
            self._drop()
            raise TransportError(_words(error), all_wait=True) from error
        except ValueError as error:  # an address or a subject that cannot stand in a letter
            raise TransportError(_words(error), permanent=True) from error
        return name

    def close(self) -> None:
        self._server.close()

    def _refused(self, code: int, reply: bytes | str) -> TransportError:
        words = reply.decode(errors="replace") if isinstance(reply, bytes) else reply
        if code == _CLOSING:
            self._drop()
            return TransportError(f"{code} {words}", all_wait=True)
        ours = code in _NOT_SIGNED_IN
        return TransportError(f"{code} {words}", permanent=code >= 500 and not ours, all_wait=ours)

    def _drop(self) -> None:
        """Forget a connection that broke, without asking the other side."""
        if self._server.connection is not None:
            self._server.connection.close()
            self._server.connection = None


def _words(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"


def _stopping(address: str) -> dict[str, str]:
    """How a mail program ends letters of this kind at the press of its own button (RFC 8058)."""
    if not address:
        return {}
    return {"List-Unsubscribe": f"<{address}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
