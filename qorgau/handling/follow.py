"""Following an appeal, and following it no longer."""

from datetime import datetime

from qorgau.people.models import Staff
from qorgau.register.following.models import Follower
from qorgau.register.models import Appeal


def follow(appeal: Appeal, *, staff: Staff, at: datetime) -> None:
    """This person hears of notes on the appeal and finds what is new about it in their list. It changes nothing of the
    appeal, so no line tells of it. Following twice is following once.
    """
    Follower.objects.get_or_create(appeal=appeal, staff=staff, defaults={"since": at})


def stop_following(appeal: Appeal, *, staff: Staff) -> None:
    """This person hears no more of the appeal, unless a note names them."""
    Follower.objects.filter(appeal=appeal, staff=staff).delete()
