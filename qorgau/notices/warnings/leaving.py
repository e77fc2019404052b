"""The moment in which a warning leaves: is it still so, and where does it go?"""

from datetime import date, datetime

from django.utils import timezone

from qorgau.directory.reference import current
from qorgau.insured.warnings.addresses import address_of
from qorgau.insured.warnings.models import Subscription, Told
from qorgau.insured.warnings.outlook import Outlook, outlook_of
from qorgau.insured.warnings.subscribing import stop
from qorgau.notices.leaving import NoLongerSo
from qorgau.notices.models import Notice
from qorgau.notices.transports.base import TransportError
from qorgau.notices.warnings.register import RegisterSilent, ask
from qorgau.rules.warnings import Step


def make_ready(notice: Notice, at: datetime) -> None:
    """Give a warning its address, for this moment only: it is written nowhere.

    Raises NoLongerSo when a payment came meanwhile, the day is over, or the warnings were stopped; TransportError when
    nobody can say.
    """
    subscription = Subscription.objects.filter(pk=notice.facts["subscription"]).first()
    if subscription is None or subscription.ended_at is not None:
        raise NoLongerSo("the warnings were stopped")
    try:
        answer = ask([subscription.person])[subscription.person]
    except RegisterSilent as silent:
        raise TransportError(f"the insured register does not answer: {silent}") from silent
    on = timezone.localdate(at)
    now = outlook_of(answer, on=on, terms=current().warning_terms_on(on), looks_back=False)
    if now is None:
        raise NoLongerSo("the register does not know the person any more")
    if not _is_so(Step(notice.facts["step"]), _day(notice), now):
        raise NoLongerSo("the register knows more than when it was written")
    notice.address = address_of(subscription)


def forget_told(notice: Notice) -> None:
    """Nobody was told: if it is so once more, they hear of it."""
    facts = notice.facts
    Told.objects.filter(subscription=facts["subscription"], day=_day(notice), step=facts["step"]).delete()


def end_refused(notice: Notice, at: datetime) -> None:
    """The address does not exist: nothing is sent there any more."""
    stop([notice.facts["subscription"]], why=Subscription.REFUSED, at=at)


def _is_so(step: Step, day: date, now: Outlook) -> bool:
    match step:
        case Step.LOST:
            return not now.covered
        case Step.BACK:
            return now.covered
    return now.covered and now.last_day == day


def _day(notice: Notice) -> date:
    return date.fromisoformat(notice.facts["last_day"]["date"])
