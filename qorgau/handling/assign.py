"""Saying who at the desk works on an appeal."""

from datetime import datetime

from django.db import transaction

from qorgau.handling.moving import move
from qorgau.handling.sensitive import is_named
from qorgau.people.models import Staff
from qorgau.register.models import Appeal
from qorgau.rules.problems import Problem
from qorgau.rules.roles import HANDLERS
from qorgau.rules.sentences import N_, Sentence
from qorgau.rules.states import Verb


@transaction.atomic
def assign(appeal: Appeal, *, staff: Staff, to: Staff, at: datetime, seen_version: int | None = None) -> None:
    """Give the appeal to a colleague of the desk that holds it (or take it oneself).

    Raises Problem (field `to`) when that person is not of this desk, does not work on appeals, or may not read it.
    """
    if to.desk_id != appeal.holder_id or to.role not in HANDLERS or not to.is_active:
        raise Problem(Sentence(N_("This person does not work on appeals at the desk that holds it.")), "to")
    if appeal.sensitive and not is_named(appeal, to):
        raise Problem(Sentence(N_("This person was not named to read this sensitive appeal.")), "to")
    move(Verb.ASSIGN, appeal, by=staff, at=at, seen_version=seen_version, assignee=to)
