"""Everything the page of an appeal shows, read in six short queries however much has happened.

Names of desks, topics and organisations come from the directory in memory. Rows are read as plain values: this page is
looked at more often than any other but the front page.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.db.models import Q
from django.utils import timezone

from qorgau.channels.portal.tracking.life import Entry, life
from qorgau.directory.reference import current
from qorgau.handling.permission import applicant_facts
from qorgau.register.models import Answer, Appeal, Attachment, Clock, JournalLine, Link, Message, Rating, Withdrawal
from qorgau.rules.deadlines import Sheet
from qorgau.rules.states import OPEN, Decision, Standing, State, Verb, judge

APPLICANTS_VERBS = (Verb.ADD_MESSAGE, Verb.WITHDRAW, Verb.CONFIRM_WITHDRAWAL, Verb.RATE, Verb.OPEN_NEXT_STAGE)


@dataclass(frozen=True, slots=True)
class File:
    """A file that the applicant may download."""

    id: int
    name: str
    size: int


@dataclass(frozen=True, slots=True)
class Words:
    """A message of either side."""

    mine: bool
    desk_id: int | None
    when: datetime
    text: str
    expects_reply: bool
    files: tuple[File, ...]


@dataclass(frozen=True, kw_only=True)
class Story:
    """An appeal and what became of it, as its applicant may see it."""

    appeal: Appeal
    answer: Answer | None
    rating: Rating | None
    withdrawal: Withdrawal | None
    life: list[Entry]
    messages: list[Words]
    files: list[File]
    sheet: Sheet | None
    next_number: str
    earlier_number: str
    now: datetime

    @property
    def state(self) -> State:
        return State(self.appeal.state)

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def today(self) -> date:
        return timezone.localdate(self.now)

    @property
    def question(self) -> Words | None:
        """The question that waits for the applicant's reply."""
        return next((words for words in reversed(self.messages) if words.expects_reply and not words.mine), None)

    @property
    def recorded_withdrawal(self) -> Withdrawal | None:
        """A wish to withdraw that somebody wrote down and the applicant has not confirmed."""
        unconfirmed = self.withdrawal is not None and self.withdrawal.confirmed_at is None
        return self.withdrawal if unconfirmed and self.is_open else None

    @cached_property
    def may(self) -> dict[str, Decision]:
        """What the applicant may do now, and if not, why."""
        facts = applicant_facts(
            self.appeal,
            at=self.now,
            withdrawal_recorded=self.recorded_withdrawal is not None,
            next_stage_opened=bool(self.next_number),
        )
        return {
            verb.value: judge(verb, state=self.state, role=None, standing=Standing.APPLICANT, facts=facts)
            for verb in APPLICANTS_VERBS
        }


def read_story(number: str) -> Story | None:
    """The story of the appeal with this number, if there is one. It does not ask who wants to know."""
    appeal = find_appeal(number)
    return story_of(appeal) if appeal else None


def find_appeal(number: str) -> Appeal | None:
    """The appeal with its answer, rating and withdrawal, and its places of the directory, in one query."""
    appeal = Appeal.objects.select_related("answer", "rating", "withdrawal").filter(number=number).first()
    if appeal is None:
        return None
    reference = current()
    related = {
        "holder": reference.desks.get(appeal.holder_id),
        "topic": reference.topics.get(appeal.topic_id or 0),
        "region": reference.regions.get(appeal.region_id or 0),
        "organisation": reference.organisations.get(appeal.organisation_id or 0),
    }
    for name, row in related.items():
        if row is not None:
            appeal._state.fields_cache[name] = row
    return appeal


def story_of(appeal: Appeal) -> Story:
    """What became of an appeal that `find_appeal` found; five more queries."""
    answer: Answer | None = getattr(appeal, "answer", None)
    own, by_message = _files(appeal)
    earlier, following = _linked(appeal)
    return Story(
        appeal=appeal,
        answer=answer if answer and answer.sent_at else None,
        rating=getattr(appeal, "rating", None),
        withdrawal=getattr(appeal, "withdrawal", None),
        life=_life(appeal),
        messages=list(_messages(appeal, by_message)),
        files=own,
        sheet=_sheet(appeal),
        next_number=following,
        earlier_number=earlier,
        now=timezone.now(),
    )


def _life(appeal: Appeal) -> list[Entry]:
    rows = JournalLine.objects.filter(appeal=appeal).order_by("sequence").values_list("at", "verb", "after", "because")
    return life(rows, is_open=appeal.state in OPEN, due_on=appeal.due_on)


def _messages(appeal: Appeal, files: dict[int, list[File]]) -> Iterator[Words]:
    rows = Message.objects.filter(appeal=appeal).exclude(direction="note").order_by("at", "pk")
    columns = ("pk", "direction", "staff__desk_id", "at", "text", "expects_reply")
    for pk, direction, desk_id, at, text, expects_reply in rows.values_list(*columns):
        mine = direction == "from_applicant"
        yield Words(mine, desk_id, at, text, expects_reply, tuple(files.get(pk, ())))


def applicants_files(appeal: Appeal) -> Any:
    """Files that the applicant may download: their own, and those that came with messages to them."""
    theirs = Q(added_by__isnull=True) | Q(message__direction="to_applicant")
    return Attachment.objects.filter(theirs, appeal=appeal)


def _files(appeal: Appeal) -> tuple[list[File], dict[int, list[File]]]:
    own: list[File] = []
    by_message: dict[int, list[File]] = defaultdict(list)
    rows = applicants_files(appeal).order_by("pk").values_list("pk", "name", "size", "message_id")
    for pk, name, size, message_id in rows:
        (own if message_id is None else by_message[message_id]).append(File(pk, name, size))
    return own, by_message


def _sheet(appeal: Appeal) -> Sheet | None:
    """The computation of the due date: of the clock that ends first of those that run, or ended last."""
    of_the_answer = Clock.objects.filter(
        appeal=appeal, purpose__in=("consideration", "support_service", "consultation")
    )
    rows = list(of_the_answer.values_list("due_on", "stopped_at", "sheet"))
    running = [row for row in rows if row[1] is None]
    if running:
        return Sheet.from_json(min(running, key=lambda row: row[0])[2])
    return Sheet.from_json(max(rows, key=lambda row: row[0])[2]) if rows else None


def _linked(appeal: Appeal) -> tuple[str, str]:
    """Numbers of the stage before and of the stage after, "" where there is none."""
    before, after = "", ""
    rows = Link.objects.filter(Q(appeal=appeal) | Q(earlier=appeal), type="stage_after")
    for appeal_id, number, earlier_number in rows.values_list("appeal_id", "appeal__number", "earlier__number"):
        if appeal_id == appeal.pk:
            before = earlier_number
        else:
            after = number
    return before, after
