"""Linking two appeals that belong together."""

from datetime import datetime

from django.db import transaction

from qorgau.handling.moving import move
from qorgau.people.models import Staff
from qorgau.register.actors import Actor
from qorgau.register.change import change
from qorgau.register.links import BY_HAND
from qorgau.register.merged import hold_together
from qorgau.register.models import Appeal, Link
from qorgau.register.scope import appeals_for
from qorgau.rules.problems import NotAllowed, Problem
from qorgau.rules.sentences import N_, Sentence
from qorgau.rules.states import Verb


@transaction.atomic
def link(
    appeal: Appeal, *, other: Appeal, type: str, staff: Staff, at: datetime, seen_version: int | None = None
) -> None:
    """Note that two appeals belong together. Each stays as it is, with its own clock and answer.

    1. Both journals say so; both cards show the other to those who may see it.
    2. A link that is there already is not made again.

    Raises NotAllowed when this person may not see the other one, and Problem (field `other`) when it is the same
    appeal or (field `type`) the link is not one that people make.
    """
    if type not in BY_HAND:
        raise Problem(Sentence(N_("Choose how the two appeals belong together.")), "type")
    if appeal.pk == other.pk:
        raise Problem(Sentence(N_("An appeal cannot be linked with itself.")), "other")
    require_seen(other, staff)
    hold_together([appeal, other])
    if Link.objects.filter(appeal=appeal, earlier=other, type=type).exists():
        return
    move(Verb.LINK, appeal, by=staff, at=at, seen_version=seen_version, details={"with": other.number, "link": type})
    details = {"with": appeal.number, "link": type}
    change(other, verb=Verb.LINK.value, actor=Actor.of(staff), at=at, details=details)
    Link.objects.create(appeal=appeal, earlier=other, type=type, at=at)


def require_seen(other: Appeal, staff: Staff) -> None:
    """Raise NotAllowed when the scope does not show the other appeal to this person."""
    if not appeals_for(staff).filter(pk=other.pk).exists():
        raise NotAllowed(
            Sentence(N_("There is no appeal {number}, or it is not yours to see."), {"number": other.number})
        )
