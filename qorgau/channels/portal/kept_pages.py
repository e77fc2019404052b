"""Pages that are the same for everybody who reads one language in one look: made once, then given out as they are."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from functools import wraps

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from qorgau.directory.reference import current
from qorgau.lib.reading_aids import COOKIE, parse

_PAGES_KEPT = 500
View = Callable[[HttpRequest], HttpResponse]


def kept(view: View) -> View:
    """Make the page once for each address and look. It may depend on nothing else: not even on the directory."""
    return _kept(view, lambda: None)


def kept_while_directory_stays(view: View) -> View:
    """Make the page once for each address, look, day and version of the directory."""
    return _kept(view, lambda: (current().stamp, timezone.localdate()))


def _kept(view: View, version: Callable[[], Hashable]) -> View:
    pages: OrderedDict[Hashable, bytes] = OrderedDict()

    @require_safe
    @wraps(view)
    def page(request: HttpRequest) -> HttpResponse:
        key = (request.path, parse(request.COOKIES.get(COOKIE, "")), version())
        content = pages.get(key)
        if content is None or settings.DEBUG:
            content = pages[key] = view(_bare(request)).content
            if len(pages) > _PAGES_KEPT:
                pages.popitem(last=False)
        response = HttpResponse(content)
        patch_vary_headers(response, ["Cookie"])
        return response

    return page


def _bare(request: HttpRequest) -> HttpRequest:
    """The request without anything of the person but the look: nothing else can slip into what everybody gets."""
    bare = HttpRequest()
    bare.method = "GET"
    bare.path, bare.path_info = request.path, request.path_info
    bare.resolver_match = request.resolver_match
    bare.META = {name: request.META.get(name, "") for name in ("SERVER_NAME", "SERVER_PORT", "HTTP_HOST")}
    if COOKIE in request.COOKIES:
        bare.COOKIES = {COOKIE: request.COOKIES[COOKIE]}
    return bare
