"""Who holds an appeal. Exactly one desk, until the appeal is closed; who ever took part is remembered."""

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from qorgau.directory.models import Desk
from qorgau.people.models import Staff
from qorgau.register.merged import merged_into
from qorgau.register.models import Appeal, Custody, Handover, InformationRequest, Participation
from qorgau.register.models.custody import OF_THE_APPEAL
from qorgau.rules.sentences import Sentence
from qorgau.rules.states import OPEN


def bring_in(appeal: Appeal, desk: Desk) -> None:
    """Let a desk see the appeal from now on, also one that was let go before."""
    as_it_is: dict[str, Any] = {name: getattr(appeal, name) for name in OF_THE_APPEAL}
    as_it_is |= {"is_open": appeal.state in OPEN, "ended_at": None}
    Participation.objects.update_or_create(appeal=appeal, desk=desk, defaults=as_it_is)


def let_go(appeal: Appeal, *desk_ids: int, at: datetime) -> None:
    """Desks that were brought in and have nothing more to do with the appeal no longer see it.

    A desk that ever held the appeal goes on reading it, and so does one that is still offered it or asked about it.
    What is part of the appeal was shown with it and goes with it. What each desk was offered, asked and replied stays
    written.
    """
    offered = Handover.objects.filter(
        appeal_id=OuterRef("appeal_id"), receiver_id=OuterRef("desk_id"), settled_at__isnull=True
    )
    asked = InformationRequest.objects.filter(
        appeal_id=OuterRef("appeal_id"), asked_id=OuterRef("desk_id"), replied_at__isnull=True
    )
    present = _without_custody(Participation.objects.filter(appeal=appeal, desk_id__in=desk_ids))
    gone = list(present.filter(~Exists(offered), ~Exists(asked)).values_list("desk_id", flat=True))
    if gone:
        seen = [appeal.pk, *merged_into(appeal).values_list("pk", flat=True)]
        _without_custody(Participation.objects.filter(appeal__in=seen, desk_id__in=gone)).update(ended_at=at)


def _without_custody(participations: QuerySet[Participation]) -> QuerySet[Participation]:
    """Those that go on, of desks that never held the appeal."""
    held = Custody.objects.filter(appeal_id=OuterRef("appeal_id"), desk_id=OuterRef("desk_id"))
    return participations.filter(~Exists(held), ended_at__isnull=True)


def begin(appeal: Appeal, desk: Desk, *, staff: Staff, at: datetime, because: Sentence) -> None:
    """End the present custody and begin that of another desk, accepted at once by this person."""
    end(appeal, at=at)
    Custody.objects.create(
        appeal=appeal, desk=desk, since=at, accepted_at=at, accepted_by=staff, because=because.to_json()
    )
    bring_in(appeal, desk)


def pass_to(appeal: Appeal, desk: Desk, *, at: datetime, because: Sentence) -> None:
    """End the present custody and begin that of a desk that has not accepted the appeal yet."""
    end(appeal, at=at)
    Custody.objects.create(appeal=appeal, desk=desk, since=at, because=because.to_json())
    bring_in(appeal, desk)


def accept(appeal: Appeal, *, staff: Staff, at: datetime) -> None:
    """Note who at the holding desk took the appeal into work."""
    Custody.objects.filter(appeal=appeal, until__isnull=True).update(accepted_at=at, accepted_by=staff)


def end(appeal: Appeal, *, at: datetime) -> None:
    """Nobody holds the appeal any longer."""
    Custody.objects.filter(appeal=appeal, until__isnull=True).update(until=at)


def settle(handover: Handover, outcome: str, *, staff: Staff, at: datetime, return_reason: str = "") -> None:
    """Note how an offer ended and by whom; `outcome` is one of `Handover.OUTCOMES`."""
    handover.settled_at, handover.settled_by = at, staff
    handover.outcome, handover.return_reason = outcome, return_reason
    handover.save(update_fields=["settled_at", "settled_by", "outcome", "return_reason"])


def open_handover(appeal: Appeal) -> Handover | None:
    """The hand-over that waits for its receiver, if there is one."""
    return Handover.objects.select_related("receiver", "giver").filter(appeal=appeal, settled_at__isnull=True).first()
