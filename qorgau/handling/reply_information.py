"""A clinic's reply to a request for information."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from qorgau.directory.reference import current
from qorgau.handling.moving import move
from qorgau.handling.permission import open_request
from qorgau.handling.reasons import require_words
from qorgau.intake.attachments import attach
from qorgau.lib.speech import names_of
from qorgau.notices.outbox import tell_desk
from qorgau.notices.topics import Topic
from qorgau.people.models import Staff
from qorgau.register import clocks, custody
from qorgau.register.models import Appeal
from qorgau.rules.sentences import N_, Sentence
from qorgau.rules.states import Verb


@transaction.atomic
def reply_information(
    appeal: Appeal,
    *,
    staff: Staff,
    reply: str,
    at: datetime,
    staged_files: Sequence[str] = (),
    seen_version: int | None = None,
) -> None:
    """Reply to what was asked.

    1. The request's clock stops, with the days it took.
    2. The appeal is in work again at the desk that holds it, which is told.
    3. A desk that was only asked reads its request and reply from now on, not the appeal.

    Raises Problem (field `reply`) when nothing is said.
    """
    reply = require_words(reply, "reply", Sentence(N_("Write the reply.")))
    request = open_request(appeal, staff)
    move(Verb.REPLY_INFORMATION, appeal, by=staff, at=at, seen_version=seen_version, details={"replied": staff.desk_id})
    assert request is not None, "permission found the request in this transaction"
    request.reply, request.replied_at, request.replied_by = reply, at, staff
    request.save(update_fields=["reply", "replied_at", "replied_by"])
    clocks.stop(request.clock, at=at, calendar=current().calendar)
    custody.let_go(appeal, request.asked_id, at=at)
    if staged_files:
        attach(appeal, staged_files, staff=staff, at=at)
    tell_desk(
        topic=Topic.INFORMATION_RECEIVED,
        appeal_number=appeal.number,
        desk=appeal.holder,
        facts={"desk": names_of(request.asked)},
        at=at,
    )
