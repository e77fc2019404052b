"""What ends with an appeal, whichever verb ended it."""

from datetime import datetime

from qorgau.directory.reference import current
from qorgau.register import clocks, custody
from qorgau.register.models import Appeal, ExtensionProposal, Handover, InformationRequest


def end(appeal: Appeal, *, at: datetime) -> None:
    """The appeal ends: nobody holds it, and nobody waits any longer for anything (`stop_waiting`)."""
    stop_waiting(appeal, at=at)
    custody.end(appeal, at=at)


def stop_waiting(appeal: Appeal, *, at: datetime) -> None:
    """Every clock stops, with the days it took; what was offered lapses; what was asked is not waited for."""
    calendar = current().calendar
    for clock in clocks.running(appeal):
        clocks.stop(clock, at=at, calendar=calendar)
    lapse_what_waits(appeal, at=at)


def lapse_what_waits(appeal: Appeal, *, at: datetime) -> None:
    """What was offered lapses, what was asked is not waited for, and those desks read the appeal no longer."""
    offered = Handover.objects.filter(appeal=appeal, settled_at__isnull=True)
    asked = InformationRequest.objects.filter(appeal=appeal, replied_at__isnull=True)
    no_longer = [*offered.values_list("receiver_id", flat=True), *asked.values_list("asked_id", flat=True)]
    offered.update(settled_at=at, outcome="lapsed")
    ExtensionProposal.objects.filter(appeal=appeal, decided_at__isnull=True).update(decided_at=at, outcome="lapsed")
    asked.update(replied_at=at)
    custody.let_go(appeal, *no_longer, at=at)
