"""What an open queue asks, and the answers that tell nothing."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

from qorgau.workplace.news.askers import Asker
from qorgau.workplace.news.feed import Feed, Touch


@dataclass(frozen=True, slots=True)
class Question:
    """What has come into a view since a mark (None: give a mark to begin with), and the mark of what was told last."""

    tab: str
    since: int | None
    told: str

    def news_in(self, feed: Feed, asker: Asker) -> list[Touch] | None:
        """What others have done since where this view is; None when that is longer ago than is remembered."""
        touches = feed.since(self.since or 0, asker.places(self.tab))
        return None if touches is None else [touch for touch in touches if touch.staff != asker.staff_id]

    def unless_told(self, touches: list[Touch]) -> HttpResponse | None:
        """The answer when there is nothing, or nothing that was not told before."""
        mark = touches[-1].line if touches else self.since or 0
        if self.told == etag(mark):
            return HttpResponse(status=304, headers={"ETag": self.told})
        return None if touches else nothing(mark)


def question_of(request: HttpRequest) -> Question:
    """The question in an address; a mark that is none asks for one to begin with."""
    typed = request.GET.get("since", "")
    since = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 19 else None
    return Question(request.GET.get("tab", ""), since, request.headers.get("If-None-Match", ""))


def etag(mark: int) -> str:
    """A mark as the browser keeps it."""
    return f'"{mark}"'


def nothing(mark: int) -> HttpResponse:
    """There is nothing to tell."""
    return HttpResponse(status=204, headers={"ETag": etag(mark)})
