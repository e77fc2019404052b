"""The applicant withdraws."""

from datetime import datetime

from django.db import transaction

from qorgau.handling.ending import end
from qorgau.handling.hand_out_code import seen_by
from qorgau.handling.moving import move
from qorgau.handling.separate import leave, let_all_go
from qorgau.lib.clean_text import clean
from qorgau.notices.outbox import tell, tell_desk
from qorgau.notices.topics import Topic
from qorgau.register.actors import APPLICANT
from qorgau.register.merged import hold_together, link_to_leading, merged_into
from qorgau.register.models import Appeal, Withdrawal
from qorgau.rules.states import State, Verb


@transaction.atomic
def withdraw(appeal: Appeal, *, reason: str, at: datetime, channel: str = "portal") -> None:
    """The applicant withdraws the appeal with their own number and code.

    1. The appeal ends as withdrawn; clocks stop; nobody holds it.
    2. The desk and the applicant are told. What was part of it goes on by itself; it leaves what it was part of.
    3. Withdrawing what they withdrew already changes nothing.
    4. If somebody of the staff had seen the code, the withdrawal is marked so, for those who check it with the person.
    """
    if appeal.state == State.WITHDRAWN:
        return
    hold_together(_answered_together(appeal))
    move(Verb.WITHDRAW, appeal, by=APPLICANT, at=at, closed_at=at, waiting_since=None, due_on=None)
    Withdrawal.objects.update_or_create(
        appeal=appeal,
        defaults={
            "channel": channel,
            "reason": clean(reason),
            "recorded_at": at,
            "recorded_by": None,
            "confirmed_at": at,
            "code_seen_by": seen_by(appeal),
        },
    )
    _finish(appeal, at=at)


@transaction.atomic
def confirm_withdrawal(appeal: Appeal, *, at: datetime) -> None:
    """The applicant confirms a wish to withdraw that staff wrote down; the consequences are those of `withdraw`."""
    if appeal.state == State.WITHDRAWN:
        return
    hold_together(_answered_together(appeal))
    move(Verb.CONFIRM_WITHDRAWAL, appeal, by=APPLICANT, at=at, closed_at=at, waiting_since=None, due_on=None)
    Withdrawal.objects.filter(appeal=appeal).update(confirmed_at=at, code_seen_by=seen_by(appeal))
    _finish(appeal, at=at)


def _answered_together(appeal: Appeal) -> list[Appeal]:
    leading = link_to_leading(appeal)
    return [appeal, *merged_into(appeal), *([leading.earlier] if leading else [])]


def _finish(appeal: Appeal, *, at: datetime) -> None:
    end(appeal, at=at)
    leave(appeal, at=at)
    let_all_go(appeal, at=at)
    tell(topic=Topic.WITHDRAWN, appeal_number=appeal.number, applicant=appeal.applicant, facts={}, at=at)
    tell_desk(topic=Topic.WITHDRAWN_AT_DESK, appeal_number=appeal.number, desk=appeal.holder, facts={}, at=at)
