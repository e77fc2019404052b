"""What the clock does before a temporary status ends: the person and the desk are told, once."""

from datetime import datetime, timedelta

from django.db.models import Exists, F, OuterRef, QuerySet

from qorgau.directory.reference import Reference
from qorgau.handling.temporary import days_before_end
from qorgau.insured.models import TemporaryStatus
from qorgau.notices.outbox import tell, tell_desk
from qorgau.notices.topics import Topic
from qorgau.register.actors import CLOCK
from qorgau.register.change import SomebodyWasFaster, change
from qorgau.register.models import Appeal
from qorgau.rules.sentences import N_, Sentence


def nearly_over(at: datetime, reference: Reference) -> QuerySet[TemporaryStatus]:
    """Those that end within the days of the limit, of which nobody was told yet and which no other one follows."""
    today = reference.calendar.local(at).date()
    soon = today + timedelta(days=days_before_end(today))
    waiting = TemporaryStatus.objects.filter(told_at__isnull=True, last_day__range=(today, soon))
    later = TemporaryStatus.objects.filter(
        person=OuterRef("person"), last_day__gt=OuterRef("last_day"), last_day__gte=F("since")
    )
    return waiting.filter(~Exists(later), revoked_at__isnull=True).order_by("last_day", "pk")


def tell_of_end(granted: TemporaryStatus, at: datetime) -> None:
    """One line in the journal of the appeal, a notice to the applicant, a letter to the desk that holds the appeal.

    Without it the status ends all the same, by its date.
    """
    if not TemporaryStatus.objects.filter(pk=granted.pk, told_at__isnull=True).update(told_at=at):
        raise SomebodyWasFaster
    appeal = Appeal.objects.select_related("holder", "applicant").get(number=granted.appeal_number)
    ends = Sentence(N_("The temporary status ends on {day}."), {"day": granted.last_day})
    change(appeal, verb="temporary_ends", actor=CLOCK, at=at, because=ends)
    facts = {"due_on": granted.last_day}
    tell(topic=Topic.TEMPORARY_ENDS, appeal_number=appeal.number, applicant=appeal.applicant, facts=facts, at=at)
    tell_desk(topic=Topic.TEMPORARY_ENDS_AT_DESK, appeal_number=appeal.number, desk=appeal.holder, facts=facts, at=at)
