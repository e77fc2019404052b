"""What reached an applicant by no way, and telling so to the desk that holds the appeal."""

from collections.abc import Sequence
from datetime import datetime

from qorgau.notices.models import Notice
from qorgau.notices.outbox import tell_desk
from qorgau.notices.topics import ABOUT_NO_APPEAL, COURTESIES, Topic
from qorgau.register.actors import CLOCK
from qorgau.register.change import change
from qorgau.register.models import Appeal

UNHEARD = "unheard"
"""The verb of the line in the journal."""

_FAILED = frozenset({"failed", "undeliverable"})
_MAY_ARRIVE = frozenset({"waiting", "sent"})


def missed(notices: Sequence[Notice]) -> list[str]:
    """The topics of what matters and did not arrive by any way since anything did, each once. The notices are all those
    to the applicant of one appeal, in their order.
    """
    replaced = {notice.instead_of_id for notice in notices}
    # Of several chats one that hears is enough, and so is another way instead of all of them.
    reached = {notice.occasion for notice in notices if notice.state in _MAY_ARRIVE or notice.pk in replaced} - {None}
    topics: dict[str, None] = {}
    for notice in notices:
        if notice.state == "sent":
            topics.clear()
        elif notice.state in _FAILED and notice.pk not in replaced and notice.occasion not in reached:
            topics[notice.topic] = None
    return [topic for topic in topics if topic not in COURTESIES]


def tell_the_desk(notice: Notice, *, at: datetime) -> None:
    """The last way by which this notice could leave has failed: one line in the journal of the appeal, which makes it
    unread to its desk, and a letter. Nothing for what matters to nobody, or when something later arrived.

    Must run in the transaction that writes the failure down. The appeal is held until its end: there is nobody who
    could try again after somebody was faster.
    """
    if notice.for_staff or notice.topic in ABOUT_NO_APPEAL or notice.topic in COURTESIES:
        return
    told = Notice.objects.filter(appeal_number=notice.appeal_number, for_staff=False).order_by("created_at", "pk")
    if notice.topic not in missed(list(told)):
        return
    appeals = Appeal.objects.select_related("holder").select_for_update(of=("self",))
    appeal = appeals.filter(number=notice.appeal_number).first()
    if appeal is None:
        return
    change(appeal, verb=UNHEARD, actor=CLOCK, at=at, details={"not_heard": notice.topic})
    tell_desk(topic=Topic.UNHEARD, appeal_number=appeal.number, desk=appeal.holder, facts={}, at=at)
