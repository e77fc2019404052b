"""Taking a link off."""

from datetime import datetime

from django.db import transaction

from qorgau.handling.link import require_seen
from qorgau.handling.moving import move
from qorgau.people.models import Staff
from qorgau.register.actors import Actor
from qorgau.register.change import change
from qorgau.register.links import BY_HAND
from qorgau.register.merged import hold_together
from qorgau.register.models import Appeal, Link
from qorgau.rules.problems import Problem
from qorgau.rules.sentences import N_, Sentence
from qorgau.rules.states import Verb


@transaction.atomic
def unlink(appeal: Appeal, *, link: Link, staff: Staff, at: datetime, seen_version: int | None = None) -> None:
    """Take off a link that people made, or one that the register guessed.

    Both journals say so and keep what the link was.

    Raises Problem (field `link`) when the link is not of this appeal, is gone, or tells of something that was done, and
    NotAllowed when this person may not do it now or may not see the other appeal.
    """
    if appeal.pk not in (link.appeal_id, link.earlier_id):
        raise Problem(Sentence(N_("This link is not there any longer.")), "link")
    if link.type not in BY_HAND:
        raise Problem(Sentence(N_("This link tells of what was done and stays.")), "link")
    other = link.earlier if link.appeal_id == appeal.pk else link.appeal
    require_seen(other, staff)
    hold_together([appeal, other])
    if not Link.objects.filter(pk=link.pk).exists():
        raise Problem(Sentence(N_("This link is not there any longer.")), "link")
    details = {"with": other.number, "link": link.type}
    move(Verb.UNLINK, appeal, by=staff, at=at, seen_version=seen_version, details=details)
    Link.objects.filter(pk=link.pk).delete()
    details = {"with": appeal.number, "link": link.type}
    change(other, verb=Verb.UNLINK.value, actor=Actor.of(staff), at=at, details=details)
