"""Going on without waiting any longer."""

from datetime import datetime

from django.db import transaction

from qorgau.handling.moving import move
from qorgau.people.models import Staff
from qorgau.register.models import Appeal, Message
from qorgau.rules.states import Verb


@transaction.atomic
def carry_on(appeal: Appeal, *, staff: Staff, at: datetime, seen_version: int | None = None) -> None:
    """Take the appeal back into work although the applicant, or the clinic, has not replied.

    What was asked stays open: a clinic's late reply and the applicant's words are still taken.
    """
    move(Verb.CARRY_ON, appeal, by=staff, at=at, seen_version=seen_version, waiting_since=appeal.waiting_since or at)
    Message.objects.filter(appeal=appeal, expects_reply=True).update(expects_reply=False)
