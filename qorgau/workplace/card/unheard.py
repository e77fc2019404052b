"""What reached an applicant by no way, so that the desk tells them otherwise."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from qorgau.notices.models import Notice
from qorgau.notices.unheard import missed
from qorgau.people.models import Applicant
from qorgau.workplace.wording import NOTICES


def unheard(notices: Sequence[Notice], applicant: Applicant) -> dict[str, Any] | None:
    """In words what did not arrive by any way since anything did, and how else the person may be told; None when there
    is no such thing. The notices are all of one appeal, in their order.
    """
    topics = topics_missed(notices)
    return {"topics": topics, "advice": _advice(applicant)} if topics else None


def topics_missed(notices: Sequence[Notice]) -> list[Any]:
    """The first half of it, in words."""
    return [NOTICES[topic] for topic in missed(notices) if topic in NOTICES]


def _advice(applicant: Applicant) -> Any:
    if applicant.phone:
        return _("Telephone them, and write a note that you did.")
    if applicant.postal_address:
        return _("Write to their postal address.")
    return _("They left no other contact. Tell them when they call or come.")
