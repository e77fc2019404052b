"""The rows of the queue, each made once for as long as nothing in it changes.

The same appeals stand in list after list, and making a row costs more than all that surrounds it. A row is made of
plain facts and looks the same whenever they are the same, so it is kept by its facts and never out of date.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from django.utils import timezone
from markupsafe import Markup

from qorgau.directory.reference import current
from qorgau.lib.pages import macros_of
from qorgau.lib.speech import current_language, name_in
from qorgau.rules.kinds import Channel, Kind
from qorgau.workplace.due_words import nearness_of, short_day, waiting_words
from qorgau.workplace.queue.beside_rows import Beside, Marks
from qorgau.workplace.queue.row import Row
from qorgau.workplace.queue.view import View
from qorgau.workplace.state_words import words_of_state
from qorgau.workplace.wording import CHANNELS, KINDS

_NOTHING_NEW = Marks()

KEPT = 5_000
"""So many rows of three kilobytes are kept by a process."""


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row in two halves: between them stands its link, whose address knows the way back and so differs with it."""

    before: Markup
    after: Markup
    href: str


class _Facts(NamedTuple):
    """Everything that a row shows. Two rows with the same facts look the same to whoever reads this language."""

    language: str
    directory: UUID | None
    today: date
    number: str
    version: int
    kind: str
    channel: str
    written_in: str
    topic: int
    region: int
    organisation: int
    organisation_as_said: str
    state: str
    waiting_since: datetime | None
    due_on: date | None
    answered_at: datetime | None
    holder: int
    here: bool
    assignee: str
    mine: bool
    for_somebody: bool
    new_message: bool
    unread: bool
    sensitive: bool
    merged: int
    longer_term: bool
    draft: str
    returns: int
    labels: tuple[tuple[str, str], ...]
    steps: str
    can_be_chosen: bool
    chosen: bool


class Choice(NamedTuple):
    """Whether the rows of a page can be chosen, and whether they are."""

    possible: bool
    made: bool


def shown_rows(
    rows: Iterable[Row], view: View, beside: Beside, choice: Choice, way: Callable[[Row], str]
) -> list[ShownRow]:
    """The rows of a page of a view; ``way`` gives the address of each card."""
    place = _Place(current_language(), current().stamp, view, choice)
    return [ShownRow(*_made(_facts(row, place, beside)), way(row)) for row in rows]


class _Place(NamedTuple):
    """Where rows are shown: all that is the same for a whole page."""

    language: str
    directory: UUID | None
    view: View
    choice: Choice


def _facts(appeal: Row, place: _Place, beside: Beside) -> _Facts:
    reader, key = place.view.reader, appeal.pk
    marks = beside.marks.get(key, _NOTHING_NEW)
    return _Facts(
        language=place.language,
        directory=place.directory,
        today=place.view.today,
        number=appeal.number,
        version=appeal.version,
        kind=appeal.kind,
        channel=appeal.channel,
        written_in=appeal.language,
        topic=appeal.topic_id or 0,
        region=appeal.region_id or 0,
        organisation=appeal.organisation_id or 0,
        organisation_as_said=appeal.organisation_as_said,
        state=appeal.state,
        waiting_since=appeal.waiting_since,
        due_on=appeal.due,
        answered_at=appeal.answered_at,
        holder=appeal.holder_id,
        here=appeal.holder_id == reader.desk_id,
        assignee=appeal.assignee,
        mine=appeal.assignee_id == reader.staff_id,
        for_somebody=appeal.assignee_id in reader.stands_in_for,
        new_message=marks.new_message,
        unread=marks.unread,
        sensitive=appeal.sensitive,
        merged=marks.merged,
        longer_term=marks.longer_term,
        # A draft is read by the desk that holds the appeal.
        draft=marks.draft if appeal.holder_id == reader.desk_id else "",
        returns=appeal.returns,
        labels=tuple((one["text"], one["tone"]) for one in beside.labels.get(key, ())),
        steps=beside.steps.get(key, ""),
        can_be_chosen=place.choice.possible,
        chosen=place.choice.made,
    )


@lru_cache(maxsize=KEPT)
def _made(facts: _Facts) -> tuple[Markup, Markup]:
    row, page = _in_words(facts), macros_of("workplace/queue/row.html")
    return page.before_the_link(row), page.from_the_link_on(row)


def _in_words(facts: _Facts) -> dict[str, Any]:
    reference = current()
    organisation = reference.organisations.get(facts.organisation)
    return {
        "number": facts.number,
        "value": f"{facts.number}.{facts.version}",
        "can_be_chosen": facts.can_be_chosen,
        "chosen": facts.chosen,
        "kind": KINDS[Kind(facts.kind)],
        "topic": name_in(reference.topics.get(facts.topic)),
        "organisation": name_in(organisation) if organisation else facts.organisation_as_said,
        "region": name_in(reference.regions.get(facts.region)),
        "channel": CHANNELS[Channel(facts.channel)],
        "language": facts.written_in,
        "waiting": waiting_words(facts.waiting_since, facts.today),
        "waiting_day": short_day(timezone.localdate(facts.waiting_since)) if facts.waiting_since else "",
        "due": nearness_of(facts.state, facts.due_on, facts.answered_at, facts.today),
        "state": facts.state,
        "state_words": words_of_state(facts.state, holder_id=facts.holder, topic_id=facts.topic or None),
        "here": facts.here,
        "holder": name_in(reference.desks[facts.holder]),
        "mine": facts.mine,
        "for_whom": facts.assignee if facts.for_somebody else "",
        "assignee": facts.assignee,
        "new_message": facts.new_message,
        "unread": facts.unread,
        "sensitive": facts.sensitive,
        "merged": facts.merged,
        "longer_term": facts.longer_term,
        "draft": facts.draft,
        "returns": facts.returns,
        "labels": [{"text": text, "tone": tone} for text, tone in facts.labels],
        "steps": facts.steps,
    }
