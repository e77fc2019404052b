"""Asking an organisation about an appeal."""

from datetime import datetime

from django.db import transaction

from qorgau.directory.models import Desk
from qorgau.directory.reference import current
from qorgau.handling.moving import move
from qorgau.handling.reasons import require_words
from qorgau.lib.speech import names_of
from qorgau.notices.outbox import tell_desk
from qorgau.notices.topics import Topic
from qorgau.people.models import Staff
from qorgau.register import clocks, custody
from qorgau.register.models import Appeal, InformationRequest
from qorgau.rules.deadlines import Purpose, compute
from qorgau.rules.kinds import Kind, Procedure
from qorgau.rules.ladder import DeskKind
from qorgau.rules.problems import Problem
from qorgau.rules.sentences import N_, Sentence
from qorgau.rules.states import Verb


@transaction.atomic
def request_information(
    appeal: Appeal, *, staff: Staff, asked: Desk, question: str, at: datetime, seen_version: int | None = None
) -> None:
    """Ask a clinic's desk for information.

    1. The request runs on its own clock; the lawful one runs on.
    2. The clinic's desk sees the appeal from now on and is told.
    3. The appeal waits for the clinic's reply; the holder may carry on without it.

    Raises Problem when nothing is asked (field `question`), or the desk is no clinic or the appeal is sensitive
    (field `asked`).
    """
    question = require_words(question, "question", Sentence(N_("Write what you want to know.")))
    if asked.kind != DeskKind.CLINIC:
        raise Problem(Sentence(N_("Information is requested from a clinic's patient support service.")), "asked")
    if appeal.sensitive:
        raise Problem(
            Sentence(N_("A sensitive appeal is not shown to the clinic it may be about; ask outside the register.")),
            "asked",
        )
    reference = current()
    policy = reference.policy(
        Purpose.INFORMATION_REQUEST,
        on=reference.calendar.local(at).date(),
        kind=Kind(appeal.kind),
        procedure=Procedure(appeal.procedure),
        desk_kind=DeskKind.CLINIC,
    )
    sheet = compute(policy, at, reference.calendar)
    move(
        Verb.REQUEST_INFORMATION,
        appeal,
        by=staff,
        at=at,
        seen_version=seen_version,
        because=Sentence(N_("A reply is expected by {day}."), {"day": sheet.due_on}),
        details={"asked": asked.pk},
    )
    clock = clocks.start(appeal, sheet, at=at)
    InformationRequest.objects.create(
        appeal=appeal,
        asking=appeal.holder,
        asked=asked,
        clock=clock,
        question=question,
        asked_at=at,
        asked_by=staff,
    )
    custody.bring_in(appeal, asked)
    tell_desk(
        topic=Topic.INFORMATION_REQUESTED,
        appeal_number=appeal.number,
        desk=asked,
        facts={"due_on": sheet.due_on, "desk": names_of(appeal.holder)},
        at=at,
    )
