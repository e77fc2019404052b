"""The view of the queue from which a card was opened, and the place in it. The address of the card carries both."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol
from urllib.parse import urlencode

from django.http import HttpRequest, QueryDict
from django.urls import reverse

from qorgau.workplace.queue.filters import Filters
from qorgau.workplace.queue.places import InALine, place_of

FROM = "from"
_PLACE = "after"
_LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Way:
    """How somebody came to a card: the query of the queue, ending with the place of the appeal's row. May be empty."""

    query: str = ""

    @property
    def tail(self) -> str:
        """What an address of the card, or of something below it, ends with."""
        return f"?{urlencode({FROM: self.query})}" if self.query else ""

    @property
    def view(self) -> str:
        """The address of the view, from its beginning."""
        asked = self.read()
        asked.pop(_PLACE, None)
        return f"{reverse('desk:queue')}?{asked.urlencode()}"

    @property
    def next(self) -> str:
        """The address that leads to the appeal after this one."""
        return reverse("desk:next") + self.tail

    @property
    def previous(self) -> str:
        """The address that leads to the appeal before this one."""
        return reverse("desk:previous") + self.tail

    def read(self) -> QueryDict:
        """The view as the queue reads it."""
        return QueryDict(self.query, mutable=True)

    def to(self, address: str, **more: str) -> str:
        """An address that remembers the way."""
        facts = {**more, **({FROM: self.query} if self.query else {})}
        return f"{address}?{urlencode(facts)}" if facts else address


def way_of(request: HttpRequest) -> Way:
    """The way that the address of this page, or what was sent to it, carries."""
    sent = request.POST.get(FROM) if request.method == "POST" else None
    query = sent or request.GET.get(FROM, "")
    # Longer than any view is: typed by hand.
    return Way(query if len(query) <= _LONGEST else "")


class _Listed(InALine, Protocol):
    @property
    def number(self) -> str: ...


def ways_to_rows(filters: Filters) -> Callable[[_Listed], str]:
    """The card of each row of a view, which then knows the way back and to its neighbours."""
    # All but the place is the same in every row, and places need no quoting.
    tail = Way(f"{filters.but().address().removeprefix('?')}&{_PLACE}=").tail

    def address(row: _Listed) -> str:
        return f"{_card(row.number)}{tail}{place_of(row, filters.sort).address()}"

    return address


@lru_cache(maxsize=10_000)
def _card(number: str) -> str:
    return reverse("desk:appeal", args=[number])
