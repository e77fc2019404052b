"""Who holds an appeal. Exactly one desk, until the appeal is closed; who ever took part is remembered."""

from datetime import datetime

from qorgau.directory.models import Desk
from qorgau.people.models import Staff
from qorgau.register.models import Appeal, Custody, Handover, Participation
from qorgau.rules.sentences import Sentence


def bring_in(appeal: Appeal, desk: Desk) -> None:
    """Let a desk see the appeal from now on."""
    Participation.objects.get_or_create(appeal=appeal, desk=desk)


def begin(appeal: Appeal, desk: Desk, *, staff: Staff, at: datetime, because: Sentence) -> None:
    """End the present custody and begin that of another desk, accepted at once by this person."""
    end(appeal, at=at)
    Custody.objects.create(
        appeal=appeal, desk=desk, since=at, accepted_at=at, accepted_by=staff, because=because.to_json()
    )
    bring_in(appeal, desk)


def accept(appeal: Appeal, *, staff: Staff, at: datetime) -> None:
    """Note who at the holding desk took the appeal into work."""
    Custody.objects.filter(appeal=appeal, until__isnull=True).update(accepted_at=at, accepted_by=staff)


def end(appeal: Appeal, *, at: datetime) -> None:
    """Nobody holds the appeal any longer."""
    Custody.objects.filter(appeal=appeal, until__isnull=True).update(until=at)


def open_handover(appeal: Appeal) -> Handover | None:
    """The hand-over that waits for its receiver, if there is one."""
    return Handover.objects.select_related("receiver", "giver").filter(appeal=appeal, settled_at__isnull=True).first()
