"""Approving a draft."""

from datetime import datetime

from django.db import transaction

from qorgau.handling.answer import answer
from qorgau.handling.moving import move
from qorgau.people.models import Staff
from qorgau.register.models import Answer, Appeal
from qorgau.rules.states import Verb


@transaction.atomic
def approve(appeal: Appeal, *, staff: Staff, at: datetime, send: bool = False, seen_version: int | None = None) -> None:
    """Approve the draft as it reads (four eyes: never one's own).

    1. The appeal is in work again with an approved draft.
    2. With `send`, the answer leaves at once.
    """
    move(Verb.APPROVE, appeal, by=staff, at=at, seen_version=seen_version)
    Answer.objects.filter(appeal=appeal).update(approved_at=at, approved_by=staff)
    if send:
        answer(appeal, staff=staff, at=at)
