"""How many appeals of an open view are new or have changed since it was drawn. Rows never move under anybody's hand."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from qorgau.people.models import Staff
from qorgau.workplace.access import staff_of, staff_page
from qorgau.workplace.news.askers import asker, askers
from qorgau.workplace.news.feed import Touch, feed
from qorgau.workplace.news.question import etag, nothing, question_of
from qorgau.workplace.queue.asked import asked_for
from qorgau.workplace.queue.listing import everything
from qorgau.workplace.queue.tabs import Reader, reader_of
from qorgau.workplace.showing import show

_MOST_LOOKED_UP = 500


@staff_page
@require_safe
def news(request: HttpRequest) -> HttpResponse:
    """What came into the view in the address since the mark in it, with the mark of now as ETag.

    304 or 204 when nothing did. Without ``since`` it only gives the mark to begin with. Who asks is remembered, and
    hears of nothing from memory (`at_the_door.py`).
    """
    staff, question = staff_of(request), question_of(request)
    reader = reader_of(staff)
    feed.refresh(now=question.since is None)
    if reader is None or staff.desk is None:
        return nothing(question.since or feed.latest)
    this_asker = asker(staff, staff.desk, reader)
    if request.session.session_key:
        askers.remember(request.session.session_key, this_asker)
    if question.since is None:
        return nothing(feed.latest)
    touches = question.news_in(feed, this_asker)
    if touches is None:
        return show(request, "news/news.html", {"number": None, "again": _again(request)})
    if (answer := question.unless_told(touches)) is not None:
        return answer
    mark, number = touches[-1].line, _in_the_view(request, staff, reader, touches)
    if not number:
        return nothing(mark)
    response = show(request, "news/news.html", {"number": number, "again": _again(request)})
    response["ETag"] = etag(mark)
    return response


def _in_the_view(request: HttpRequest, staff: Staff, reader: Reader, touches: list[Touch]) -> int:
    """How many appeals that were touched are in the view now, counted within the scope and the filters."""
    asked = asked_for(request.GET, staff, reader)
    if asked is None:
        return 0
    newest = dict.fromkeys(touch.appeal for touch in reversed(touches))
    return everything(asked.view).filter(pk__in=list(newest)[:_MOST_LOOKED_UP]).order_by().count()


def _again(request: HttpRequest) -> str:
    """The address of the view, to be shown anew."""
    query = request.GET.copy()
    query.pop("since", None)
    return query.urlencode()
