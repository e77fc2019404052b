"""Whom a note can name: people of the desks that take part, who see the appeal and read this desk's notes."""

import re
from collections.abc import Iterable

from django.utils import timezone

from qorgau.people.models import Staff
from qorgau.register.following.models import Follower
from qorgau.register.models import Appeal, Participation
from qorgau.register.scope import appeals_for
from qorgau.rules.ladder import DeskKind, fund_level
from qorgau.rules.roles import HANDLERS

_NAMED = re.compile(r"(?<![\w.@])@([\w.+-]{1,150})")


def reads_notes_of(desk_id: int | None, staff: Staff) -> bool:
    """Whether notes of a desk are for this reader: those of one's own desk, and of all desks for the Fund's.

    A clinic does not read what the Fund's people write to each other about it.
    """
    if desk_id is not None and desk_id == staff.desk_id:
        return True
    return staff.desk is not None and fund_level(DeskKind(staff.desk.kind)) is not None


def may_be_mentioned(appeal: Appeal, author: Staff) -> list[Staff]:
    """Those whom a note of this author can name, the author's own desk first; never the author."""
    desks = {appeal.holder_id, *Participation.objects.filter(appeal=appeal).values_list("desk_id", flat=True)}
    if author.desk_id is not None:
        desks.add(author.desk_id)
    people = Staff.objects.filter(desk_id__in=desks, role__in=sorted(HANDLERS), is_active=True).exclude(pk=author.pk)
    if appeal.sensitive:
        people = people.filter(may_read_sensitive=True)
    today = timezone.localdate()
    found = [
        person
        for person in people.select_related("desk").order_by("last_name", "first_name", "pk")
        if person.works_on(today) and reads_notes_of(author.desk_id, person)
    ]
    return sorted(found, key=lambda person: person.desk_id != author.desk_id)


def names_typed(text: str) -> set[str]:
    """User names that a text calls by the sign @, in small letters. An e-mail address calls nobody."""
    return {name.rstrip(".-+").lower() for name in _NAMED.findall(text)}


def named_in(text: str, people: Iterable[Staff]) -> list[Staff]:
    """Those of the people whom a text calls by their user names."""
    typed = names_typed(text)
    return [person for person in people if person.username.lower() in typed] if typed else []


def followers_who_read(appeal: Appeal, author: Staff) -> list[Staff]:
    """Those who follow the appeal, may see it still, and read the notes of the author's desk; never the author."""
    followers = Follower.objects.filter(appeal=appeal).exclude(staff=author).select_related("staff__desk")
    return [
        follower.staff
        for follower in followers.order_by("pk")
        if follower.staff.works_today
        and reads_notes_of(author.desk_id, follower.staff)
        and appeals_for(follower.staff).filter(pk=appeal.pk).exists()
    ]
