"""The view of the queue from which a card was opened. The address of the card carries it, so nothing else need know."""

from urllib.parse import urlencode

from django.http import HttpRequest, QueryDict

FROM = "from"
_LONGEST = 2000


def way_of(request: HttpRequest) -> str:
    """The view as it stands in the address of this page, in the words of the queue's own address; may be empty."""
    return short(request.GET.get(FROM, ""))


def short(way: str) -> str:
    """A view that somebody typed by hand; nothing that is too long to be one."""
    return way if len(way) <= _LONGEST else ""


def on_the_way(address: str, way: str, **more: str) -> str:
    """An address that remembers the view."""
    facts = {**more, **({FROM: way} if way else {})}
    return f"{address}?{urlencode(facts)}" if facts else address


def read_way(way: str) -> QueryDict:
    """The view as the queue reads it."""
    return QueryDict(way)
