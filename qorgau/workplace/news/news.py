"""How many appeals of an open view are new or have changed since it was drawn. Rows never move under anybody's hand."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from qorgau.people.models import Staff
from qorgau.rules.ladder import DeskKind, fund_level
from qorgau.workplace.access import staff_of, staff_page
from qorgau.workplace.asked import asked_for
from qorgau.workplace.listing import everything
from qorgau.workplace.news.feed import Touch, feed
from qorgau.workplace.showing import show
from qorgau.workplace.tabs import Tab

_MOST_LOOKED_UP = 500


@staff_page
@require_safe
def news(request: HttpRequest) -> HttpResponse:
    """What came into the view in the address since the mark in it, with the mark of now as ETag.

    304 or 204 when nothing did. Without ``since`` it only gives the mark to begin with.
    """
    staff = staff_of(request)
    since = _mark(request.GET.get("since", ""))
    feed.refresh(now=since is None)
    if since is None:
        return _nothing(feed.latest)
    touches = feed.since(since)
    if touches is None:
        return show(request, "news/news.html", {"number": None, "again": _again(request)})
    touches = _of_others(touches, staff, request.GET.get("tab", ""))
    mark = max((touch.line for touch in touches), default=since)
    if request.headers.get("If-None-Match") == _etag(mark):
        return HttpResponse(status=304, headers={"ETag": _etag(mark)})
    number = _in_the_view(request, staff, touches)
    if not number:
        return _nothing(mark)
    response = show(request, "news/news.html", {"number": number, "again": _again(request)})
    response["ETag"] = _etag(mark)
    return response


def _of_others(touches: list[Touch], staff: Staff, tab: str) -> list[Touch]:
    """What somebody else did, at appeals that may be in the view: of one's own desk, or any in the Fund's wide view."""
    wide = (tab == Tab.ALL or not tab) and staff.desk is not None and fund_level(DeskKind(staff.desk.kind)) is not None
    return [touch for touch in touches if touch.staff != staff.pk and (wide or staff.desk_id in touch.desks)]


def _in_the_view(request: HttpRequest, staff: Staff, touches: list[Touch]) -> int:
    """How many appeals that were touched are in the view now, counted within the scope and the filters."""
    asked = asked_for(request.GET, staff) if touches else None
    if asked is None:
        return 0
    newest = dict.fromkeys(touch.appeal for touch in reversed(touches))
    return everything(asked.view).filter(pk__in=list(newest)[:_MOST_LOOKED_UP]).order_by().count()


def _again(request: HttpRequest) -> str:
    """The address of the view, to be shown anew."""
    query = request.GET.copy()
    query.pop("since", None)
    return query.urlencode()


def _mark(typed: str) -> int | None:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 19 else None


def _etag(mark: int) -> str:
    return f'"{mark}"'


def _nothing(mark: int) -> HttpResponse:
    return HttpResponse(status=204, headers={"ETag": _etag(mark)})
