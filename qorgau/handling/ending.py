"""What ends with an appeal, whichever verb ended it."""

from datetime import datetime

from qorgau.directory.reference import current
from qorgau.register import clocks, custody
from qorgau.register.models import Appeal, Handover, InformationRequest


def stop_clocks(appeal: Appeal, *, at: datetime) -> None:
    """Every clock that runs stops, with the days it took."""
    calendar = current().calendar
    for clock in clocks.running(appeal):
        clocks.stop(clock, at=at, calendar=calendar)


def end(appeal: Appeal, *, at: datetime) -> None:
    """The appeal ends: clocks stop, nobody holds it, what was offered or asked waits no longer."""
    stop_clocks(appeal, at=at)
    custody.end(appeal, at=at)
    Handover.objects.filter(appeal=appeal, settled_at__isnull=True).update(settled_at=at, outcome="lapsed")
    InformationRequest.objects.filter(appeal=appeal, replied_at__isnull=True).update(replied_at=at)
