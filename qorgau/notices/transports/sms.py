import json
from datetime import UTC, datetime, timedelta
from email.message import Message as Headers
from email.utils import parsedate_to_datetime
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, Request, build_opener

from django.conf import settings

from qorgau.notices.models import Notice
from qorgau.notices.transports.base import TransportError, delivery_id
from qorgau.notices.wording import Message

SECONDS_TO_WAIT = 15
_LONGEST_REPLY = 65_536
_LONGEST_PAUSE = timedelta(days=1)
_SAME_ID_AGAIN = 409
# The gateway speaks of our account or of our request as such, not of this recipient: every message would fare alike.
_OUR_ACCOUNT = frozenset({401, 402, 403, 404, 405})
_TRY_LATER = frozenset({408, 425, 429})


class _NoRedirects(HTTPRedirectHandler):
    """A redirected POST becomes a GET and takes the token to another host; so a redirect is an error here."""

    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


class HttpGateway:
    """Any SMS gateway that takes a JSON object by POST; docs/notices.md says what it must do."""

    def __init__(self) -> None:
        self._opener = build_opener(_NoRedirects)

    def send(self, notice: Notice, message: Message) -> str:
        name = delivery_id(notice)
        try:
            with self._opener.open(self._request(notice, message, name), timeout=SECONDS_TO_WAIT) as reply:
                return _their_name(reply.read(_LONGEST_REPLY)) or name
        except HTTPError as refused:
            with refused:
                if refused.code == _SAME_ID_AGAIN:
                    return name
                raise _error(refused.code, refused.headers) from refused
        except (OSError, HTTPException) as error:
            raise TransportError(f"{type(error).__name__}: {error}", all_wait=True) from error

    def close(self) -> None:
        """Each request has a connection of its own."""

    def _request(self, notice: Notice, message: Message, name: str) -> Request:
        content = {"to": notice.address, "text": message.body, "sender": settings.SMS_SENDER, "id": name}
        return Request(  # noqa: S310 - the address is a setting, checked at start-up
            settings.SMS_GATEWAY_URL,
            data=json.dumps(content, ensure_ascii=False).encode(),
            headers={
                "Authorization": f"Bearer {settings.SMS_GATEWAY_TOKEN}",
                "Content-Type": "application/json; charset=utf-8",
                "Accept": "application/json",
                "Idempotency-Key": name,
            },
            method="POST",
        )


def _their_name(reply: bytes) -> str:
    try:
        content = json.loads(reply)
    except ValueError:
        return ""  # taken all the same; only its name is not known
    return str(content.get("id", ""))[:128] if isinstance(content, dict) else ""


def _error(code: int, headers: Headers) -> TransportError:
    if not 400 <= code < 500 or code in _OUR_ACCOUNT or code in _TRY_LATER:
        return TransportError(f"HTTP {code}", retry_after=_pause(headers.get("Retry-After")), all_wait=True)
    return TransportError(f"HTTP {code}", permanent=True)


def _pause(said: str | None) -> timedelta | None:
    """The pause a gateway asks for: seconds, or the moment until which. At most a day; None when it says nothing."""
    if not said:
        return None
    if said.strip().isdecimal():
        pause = timedelta(seconds=min(int(said.strip()[:10]), _LONGEST_PAUSE.total_seconds()))
    else:
        try:
            until = parsedate_to_datetime(said)
        except ValueError:
            return None
        pause = (until if until.tzinfo else until.replace(tzinfo=UTC)) - datetime.now(UTC)
    return min(max(pause, timedelta()), _LONGEST_PAUSE)
