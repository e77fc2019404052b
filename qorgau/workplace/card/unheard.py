"""What reached an applicant by no way, so that the desk tells them otherwise."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from qorgau.notices.models import Notice
from qorgau.notices.topics import Topic
from qorgau.people.models import Applicant
from qorgau.workplace.wording import NOTICES

_COURTESIES = frozenset(
    {
        *(Topic.RECEIPT, Topic.ACCEPTED, Topic.PASSED_ON, Topic.CALENDAR_MOVED, Topic.MERGED, Topic.SEPARATED),
        # Whoever asked for it waits, and says that it has not come.
        Topic.NEW_CODE,
    }
)
"""What nobody has to be telephoned for when it did not arrive."""

_FAILED = frozenset({"failed", "undeliverable"})
_MAY_ARRIVE = frozenset({"waiting", "sent"})


def unheard(notices: Sequence[Notice], applicant: Applicant) -> dict[str, Any] | None:
    """In words what did not arrive by any way since anything did, and how else the person may be told; None when there
    is no such thing. The notices are all of one appeal, in their order.
    """
    missed = _missed(notices)
    if not missed:
        return None
    return {"topics": [NOTICES[topic] for topic in missed], "advice": _advice(applicant)}


def _missed(notices: Sequence[Notice]) -> list[str]:
    replaced = {notice.instead_of_id for notice in notices}
    # Of several chats one that hears is enough, and so is another way instead of all of them.
    reached = {notice.occasion for notice in notices if notice.state in _MAY_ARRIVE or notice.pk in replaced} - {None}
    missed: dict[str, None] = {}
    for notice in notices:
        if notice.state == "sent":
            missed.clear()
        elif notice.state in _FAILED and notice.pk not in replaced and notice.occasion not in reached:
            missed[notice.topic] = None
    return [topic for topic in missed if topic in NOTICES and topic not in _COURTESIES]


def _advice(applicant: Applicant) -> Any:
    if applicant.phone:
        return _("Telephone them, and write a note that you did.")
    if applicant.postal_address:
        return _("Write to their postal address.")
    return _("They left no other contact. Tell them when they call or come.")
