"""Pages of appeals, kept as they were made until the appeal changes.

Every change of an appeal raises its version (`register/change.py`), so a page made for one version in one language and
look holds for the rest of the day: only the number of days left, and whether the way up is still open, depend on the
day. What differs with every showing, the token that guards forms and the key of a delivery, is put in each time.
"""

import secrets
import threading
import zlib
from collections import OrderedDict
from collections.abc import Callable, Hashable

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
_pages: OrderedDict[Hashable, bytes] = OrderedDict()
# Nobody knows these words, so nobody can write them into an appeal.
_TOKEN_HERE, _KEY_HERE = secrets.token_hex(32), secrets.token_hex(16)
_GUARD = Markup(f'<input type="hidden" name="csrfmiddlewaretoken" value="{_TOKEN_HERE}">')  # noqa: S704 - hex digits

Make = Callable[[Markup, Delivery], HttpResponse]
"""Makes the page, given the field that guards its forms and the delivery of its message."""


def kept_page(request: HttpRequest, version: Hashable, make: Make) -> HttpResponse:
    """The page of this version in the person's language and look, made only if it is not kept."""
    look = parse(request.COOKIES.get(COOKIE, ""))
    key = (version, get_language(), look, timezone.localdate(), current().stamp)
    packed = None if settings.DEBUG else _kept(key)
    if packed is None:
        fresh = Delivery.fresh()
        page = make(_GUARD, Delivery(key=_KEY_HERE, began_at=fresh.began_at)).content
        _keep(key, zlib.compress(page, 1))
    else:
        page = zlib.decompress(packed)
    page = page.replace(_TOKEN_HERE.encode(), get_token(request).encode())
    return HttpResponse(page.replace(_KEY_HERE.encode(), Delivery.fresh().key.encode()))


def _kept(key: Hashable) -> bytes | None:
    with _lock:
        page = _pages.get(key)
        if page is not None:
            _pages.move_to_end(key)
        return page


def _keep(key: Hashable, page: bytes) -> None:
    with _lock:
        _pages[key] = page
        if len(_pages) > _PAGES_KEPT:
            _pages.popitem(last=False)
