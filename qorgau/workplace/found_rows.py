"""What was found, as the page shows it: who, what about and when; nobody's contacts."""

from typing import Any

from django.urls import reverse
from django.utils import timezone

from qorgau.directory.reference import current
from qorgau.lib.speech import name_in
from qorgau.people.models import Staff
from qorgau.register.models import Appeal
from qorgau.rules.kinds import Kind
from qorgau.rules.states import State
from qorgau.workplace.discretion import sees_personal_data
from qorgau.workplace.found import Found
from qorgau.workplace.wording import KINDS, STATES


def found_rows(found: Found, staff: Staff) -> dict[str, list[dict[str, Any]]]:
    """Rows for each way in which appeals were found."""
    return {
        "of_the_person": [_row(appeal, staff) for appeal in found.of_the_person],
        "with_the_words": [_row(appeal, staff) for appeal in found.with_the_words],
    }


def _row(appeal: Appeal, staff: Staff) -> dict[str, Any]:
    reference = current()
    return {
        "number": appeal.number,
        "href": reverse("desk:appeal", args=[appeal.number]),
        "name": appeal.applicant.full_name if sees_personal_data(staff) else "",
        "kind": KINDS[Kind(appeal.kind)],
        "topic": name_in(reference.topics.get(appeal.topic_id or 0)),
        "region": name_in(reference.regions.get(appeal.region_id or 0)),
        "received_on": timezone.localdate(appeal.received_at),
        "state": appeal.state,
        "state_words": STATES[State(appeal.state)],
    }
