"""The clocks of an appeal: starting, stopping, and which due date counts."""

from datetime import date, datetime

from django.db.models import Min

from qorgau.register.merged import merged_into
from qorgau.register.models import Appeal, Clock
from qorgau.rules.deadlines import Purpose, Sheet
from qorgau.rules.working_days import Calendar

# Clocks that the desk holding the appeal must keep; the nearest of them is the appeal's due date.
OF_THE_ANSWER = (
    Purpose.CONSIDERATION.value,
    Purpose.SUPPORT_SERVICE.value,
    Purpose.CONSULTATION.value,
    Purpose.ATTACHMENT.value,
)


def start(appeal: Appeal, sheet: Sheet, *, at: datetime) -> Clock:
    """Let a term run from `at`."""
    return Clock.objects.create(
        appeal=appeal,
        purpose=sheet.policy.purpose.value,
        policy_id=int(sheet.policy.row_id or 0),
        started_at=at,
        due_on=sheet.due_on,
        sheet=sheet.to_json(),
    )


def stop(clock: Clock, *, at: datetime, calendar: Calendar) -> None:
    """Stop a clock, writing how many working days it took and how many of them were over."""
    day = calendar.local(at).date()
    counted_from = Sheet.from_json(clock.sheet).registered_on
    clock.stopped_at = at
    clock.days_taken = max(0, calendar.count_working_days(counted_from, day))
    clock.days_over = max(0, calendar.count_working_days(clock.due_on, day)) if day > clock.due_on else 0
    clock.save(update_fields=["stopped_at", "days_taken", "days_over"])


def running(appeal: Appeal, *purposes: str) -> list[Clock]:
    """The clocks that run on an appeal, all or those of some purposes."""
    clocks = Clock.objects.filter(appeal=appeal, stopped_at__isnull=True).order_by("due_on", "id")
    return list(clocks.filter(purpose__in=purposes) if purposes else clocks)


def nearest_due(appeal: Appeal) -> date | None:
    """When the appeal must be answered: the nearest of the clocks of the answer that still run on it or on one that
    is part of it.
    """
    answered_together = [appeal.pk, *merged_into(appeal).values_list("pk", flat=True)]
    clocks = Clock.objects.filter(appeal__in=answered_together, stopped_at__isnull=True, purpose__in=OF_THE_ANSWER)
    return clocks.aggregate(nearest=Min("due_on"))["nearest"]
