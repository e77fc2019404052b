"""What was found, as the page shows it: who, what about and when; nobody's contacts."""

from typing import Any

from django.urls import reverse
from django.utils import timezone

from qorgau.directory.models import Organisation
from qorgau.directory.reference import current
from qorgau.lib.clean_text import clean_line
from qorgau.lib.speech import name_in
from qorgau.people.models import Staff
from qorgau.register.models import Appeal
from qorgau.rules.kinds import Kind
from qorgau.workplace.discretion import sees_personal_data
from qorgau.workplace.finding.found import MOST_FOUND, Found
from qorgau.workplace.queue.filters import Filters, default_sort
from qorgau.workplace.queue.tabs import Tab
from qorgau.workplace.state_words import state_words
from qorgau.workplace.wording import KINDS


def found_rows(found: Found, typed: str, staff: Staff) -> dict[str, Any]:
    """Rows for each way in which something was found, and where all with the words are when there are more."""
    more = len(found.with_the_words) == MOST_FOUND and not _may_be_personal(typed)
    return {
        "near": [_row(appeal, staff) for appeal in found.near],
        "of_the_person": [_row(appeal, staff) for appeal in found.of_the_person],
        "with_the_words": [_row(appeal, staff) for appeal in found.with_the_words],
        "organisations": [_organisation(one) for one in found.organisations],
        "most": MOST_FOUND,
        "all_with_the_words": _in_queue(words=clean_line(typed)) if more else "",
    }


def _may_be_personal(typed: str) -> bool:
    """Whether it holds what must stand in no address: digits of a telephone or an IIN, an e-mail address."""
    return "@" in typed or any(sign.isdecimal() for sign in typed)


def _in_queue(**filters: Any) -> str:
    return reverse("desk:queue") + Filters(tab=Tab.ALL, sort=default_sort(Tab.ALL), **filters).address()


def _organisation(one: Organisation) -> dict[str, str]:
    return {"name": name_in(one), "detail": name_in(one.region), "href": _in_queue(organisation=(one.pk,))}


def _row(appeal: Appeal, staff: Staff) -> dict[str, Any]:
    reference = current()
    return {
        "number": appeal.number,
        "href": reverse("desk:appeal", args=[appeal.number]),
        "name": appeal.applicant.full_name if sees_personal_data(staff) else "",
        "kind": KINDS[Kind(appeal.kind)],
        "topic": name_in(reference.topics.get(appeal.topic_id or 0)),
        "organisation": name_in(reference.organisations.get(appeal.organisation_id or 0)),
        "region": name_in(reference.regions.get(appeal.region_id or 0)),
        "received_on": timezone.localdate(appeal.received_at),
        "state": appeal.state,
        "state_words": state_words(appeal),
    }
