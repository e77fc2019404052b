"""Pages of appeals, kept as they were made until the appeal changes.

Every change of an appeal raises its version (`register/change.py`), so a page made for one version in one language and
look holds for the rest of the day: only the number of days left, and whether the way up is still open, depend on the
day. What differs with every showing, the token that guards forms and the key of a delivery, is put in each time.
"""

import secrets
import threading
import zlib
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.utils import timezone
from django.utils.translation import get_language
from markupsafe import Markup

from qorgau.channels.portal.writing.delivery import Delivery
from qorgau.directory.reference import current
from qorgau.lib.reading_aids import COOKIE, parse

# About 3 KB each: everybody whose appeal is open follows it, and it stays within what a process may need.
_PAGES_KEPT = 6_000

_lock = threading.Lock()
# Nobody knows these words, so nobody can write them into an appeal.
_TOKEN_HERE, _KEY_HERE = secrets.token_hex(32), secrets.token_hex(16)
GUARD = Markup(f'<input type="hidden" name="csrfmiddlewaretoken" value="{_TOKEN_HERE}">')  # noqa: S704 - hex digits
"""What guards the forms of a page that is to be kept: a place for the token."""


def delivery_to_keep() -> Delivery:
    """The delivery of the message form on a page that is to be kept: a place for its key."""
    return Delivery(key=_KEY_HERE, began_at=Delivery.fresh().began_at)


@dataclass(frozen=True, slots=True)
class KeptPage:
    """The page of one version of an appeal, with places for the token and the key."""

    version: int
    _packed: bytes

    @classmethod
    def of(cls, version: int, page: bytes) -> "KeptPage":
        """A page that was made with `GUARD` and `delivery_to_keep`."""
        return cls(version, zlib.compress(page, 1))

    def shown_to(self, request: HttpRequest) -> HttpResponse:
        """The page for this person, guarded anew."""
        page = zlib.decompress(self._packed).replace(_TOKEN_HERE.encode(), get_token(request).encode())
        return HttpResponse(page.replace(_KEY_HERE.encode(), Delivery.fresh().key.encode()))


_pages: OrderedDict[Hashable, KeptPage] = OrderedDict()


def find_kept(request: HttpRequest, number: str) -> KeptPage | None:
    """The page of the appeal in the person's language and look, if one was made today; of which version, it says."""
    if settings.DEBUG:
        return None
    key = _key(request, number, timezone.localdate())
    with _lock:
        page = _pages.get(key)
        if page is not None:
            _pages.move_to_end(key)
        return page


def keep(request: HttpRequest, number: str, page: KeptPage, *, day: date) -> None:
    """Keep the page, which was made for this day, for the next showing, instead of that of an earlier version."""
    key = _key(request, number, day)
    with _lock:
        _pages[key] = page
        _pages.move_to_end(key)
        if len(_pages) > _PAGES_KEPT:
            _pages.popitem(last=False)


def _key(request: HttpRequest, number: str, day: date) -> Hashable:
    look = parse(request.COOKIES.get(COOKIE, ""))
    return number, get_language(), look, day, current().stamp
