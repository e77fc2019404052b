"""Everything the page of an appeal shows. Names of desks and topics come from the directory in memory."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.utils import timezone

from qorgau.directory.models import Desk, Organisation, Region, Topic
from qorgau.directory.reference import current
from qorgau.handling.for_applicant.life import Entry, life
from qorgau.handling.for_applicant.reading import Row, read
from qorgau.handling.permission import applicant_facts
from qorgau.rules.kinds import Kind, Procedure
from qorgau.rules.ladder import DeskKind, Ownership, next_above
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
    desk: Desk | None
    when: datetime
    text: str
    expects_reply: bool
    files: list[File]


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """The answer that was sent."""

    decision: str
    text: str
    legal_basis: str
    how_to_appeal: str
    language: str


@dataclass(frozen=True, slots=True)
class GivenRating:
    """What the applicant said of it."""

    outcome: str
    stars: int | None
    words: str


@dataclass(frozen=True, slots=True)
class RecordedWithdrawal:
    """A wish to withdraw that somebody wrote down and the applicant has not confirmed."""

    recorded_at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class ShownStep:
    """A step of the computation, its sentence in the JSON form that `say` understands."""

    on: date | None
    sentence: dict[str, Any]


@dataclass(frozen=True, slots=True)
class ShownSheet:
    """As much of a computation sheet as a page shows; the sheet itself would be made for nothing."""

    due_on: date
    steps: list[ShownStep]


class Story:
    """An appeal and what became of it, as its applicant may see it at one moment."""

    def __init__(self, row: Row, now: datetime) -> None:
        reference = current()
        self.row = row
        self.now = now
        self.number = row.number
        self.code_version = row.code_version
        self.own_state = State(row.state)
        self.state = _shown(self.own_state, row.leading)
        self.is_open = self.state in OPEN
        self.holder: Desk = reference.desks[row.holder_id]
        self.topic: Topic | None = reference.topics.get(row.topic_id or 0)
        self.region: Region | None = reference.regions.get(row.region_id or 0)
        self.organisation: Organisation | None = reference.organisations.get(row.organisation_id or 0)
        self.answer = GivenAnswer(*row.answer) if row.answer else None
        self.rating = GivenRating(*row.rating) if row.rating else None
        self.earlier_number = row.earlier_number or ""
        self.next_number = row.next_number or ""

    @property
    def today(self) -> date:
        return timezone.localdate(self.now)

    @cached_property
    def sheet(self) -> ShownSheet | None:
        """How the due date was found."""
        sheet = self.row.sheet
        if sheet is None:
            return None
        steps = [
            ShownStep(date.fromisoformat(step["on"]) if step["on"] else None, step["sentence"])
            for step in sheet["steps"]
        ]
        return ShownSheet(date.fromisoformat(sheet["due_on"]), steps)

    @cached_property
    def life(self) -> list[Entry]:
        """What happened, and what is to come."""
        return life(self.row.journal or (), is_open=self.is_open, due_on=self.row.due_on)

    @cached_property
    def messages(self) -> list[Words]:
        """The words of both sides, oldest first."""
        desks = current().desks
        return [
            Words(
                mine=direction == "from_applicant",
                desk=desks.get(desk_id or 0),
                when=datetime.fromisoformat(at),
                text=text,
                expects_reply=expects_reply,
                files=self._files.get(id_, []),
            )
            for id_, direction, desk_id, at, text, expects_reply in self.row.messages or ()
        ]

    @property
    def files(self) -> list[File]:
        """Files that came with the appeal itself."""
        return self._files.get(None, [])

    def has_file(self, id_: int) -> bool:
        """Whether this is a file of this appeal that the applicant may download."""
        return any(row[0] == id_ for row in self.row.files or ())

    @cached_property
    def _files(self) -> dict[int | None, list[File]]:
        by_message: dict[int | None, list[File]] = defaultdict(list)
        for id_, name, size, message_id in self.row.files or ():
            by_message[message_id].append(File(id_, name, size))
        return by_message

    @property
    def question(self) -> Words | None:
        """The question that waits for the applicant's reply."""
        return next((words for words in reversed(self.messages) if words.expects_reply and not words.mine), None)

    @cached_property
    def recorded_withdrawal(self) -> RecordedWithdrawal | None:
        """A wish to withdraw that waits for the applicant's word."""
        if not self.row.withdrawal or not self.is_open:
            return None
        recorded_at, reason = self.row.withdrawal
        return RecordedWithdrawal(datetime.fromisoformat(recorded_at), reason)

    @property
    def ownership(self) -> Ownership:
        return Ownership(self.organisation.ownership) if self.organisation else Ownership.UNKNOWN

    @property
    def rung_above(self) -> DeskKind | None:
        """The kind of desk that a next stage would go to."""
        return next_above(DeskKind(self.holder.kind), ownership=self.ownership)

    @cached_property
    def may(self) -> dict[str, Decision]:
        """What the applicant may do now, and if not, why."""
        facts = applicant_facts(
            kind=Kind(self.row.kind),
            procedure=Procedure(self.row.procedure),
            holder=DeskKind(self.holder.kind),
            ownership=self.ownership,
            answered_at=self.row.answered_at,
            withdrawal_recorded=self.recorded_withdrawal is not None,
            next_stage_opened=bool(self.next_number),
            at=self.now,
        )
        return {
            verb.value: judge(verb, state=self.own_state, role=None, standing=Standing.APPLICANT, facts=facts)
            for verb in APPLICANTS_VERBS
        }


def _shown(state: State, leading: list[Any] | None) -> State:
    """Of an appeal that is part of another: where the leading one stands. A question that its applicant was asked is
    between them and the desk.
    """
    if leading is None:
        return state
    shown = State(leading[0])
    return State.IN_WORK if shown == State.AWAITING_APPLICANT else shown


def read_story(number: str) -> Story | None:
    """The story of the appeal with this number, if there is one. It does not ask who wants to know."""
    row = read(number)
    return Story(row, timezone.now()) if row else None
