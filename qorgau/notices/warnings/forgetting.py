"""Deleting what warnings no longer need: contacts some time after their warnings ended, and messages that are over."""

from collections import Counter
from datetime import datetime, timedelta

from django.utils import timezone

from qorgau.directory.reference import current
from qorgau.insured.warnings.models import Round, Subscription
from qorgau.notices.models import Notice
from qorgau.notices.topics import ABOUT_INSURANCE, Topic

CODES_KEPT = timedelta(days=1)
ROUNDS_KEPT = timedelta(days=30)


def forget_old(at: datetime) -> Counter[str]:
    """Delete ended subscriptions with all that was told, whole rows; how many of each thing there were.

    For how long they are kept says the dated row of the directory. The codes that confirmed an address go after a day,
    with the address they went to.
    """
    kept = timedelta(days=current().warning_terms_on(timezone.localdate(at)).kept_days)
    topics = [topic.value for topic in ABOUT_INSURANCE]
    rows = {
        "subscriptions": Subscription.objects.filter(ended_at__lt=at - kept),
        "codes": Notice.objects.filter(topic=Topic.WARNING_CODE.value, created_at__lt=at - CODES_KEPT),
        "messages": Notice.objects.filter(topic__in=topics, created_at__lt=at - kept).exclude(state="waiting"),
        "rounds": Round.objects.filter(began_at__lt=at - ROUNDS_KEPT),
    }
    forgotten: Counter[str] = Counter()
    for name, old in rows.items():
        forgotten[name] = old.delete()[1].get(old.model._meta.label, 0)
    return forgotten
