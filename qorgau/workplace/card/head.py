"""The head of a card: which appeal it is, where it stands, when it is due, who has it."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from qorgau.lib.speech import name_in
from qorgau.people.absences import substitute_of
from qorgau.people.models import Staff
from qorgau.register.models import Appeal
from qorgau.rules.kinds import Kind
from qorgau.workplace.due_words import nearness, waiting_words
from qorgau.workplace.state_words import state_words
from qorgau.workplace.wording import KINDS


def head_of(appeal: Appeal, staff: Staff) -> dict[str, Any]:
    """What stands at the top of the card and of every page of a verb."""
    today = timezone.localdate()
    return {
        "number": appeal.number,
        "href": reverse("desk:appeal", args=[appeal.number]),
        "kind": KINDS[Kind(appeal.kind)],
        "topic": name_in(appeal.topic),
        "organisation": name_in(appeal.organisation) or appeal.organisation_as_said,
        "state": appeal.state,
        "state_words": state_words(appeal),
        "due": nearness(appeal, today),
        "waiting": waiting_words(appeal.waiting_since, today),
        "waiting_since": appeal.waiting_since,
        "holder": name_in(appeal.holder),
        "here": appeal.holder_id == staff.desk_id,
        "assignee": _who_works_on_it(appeal.assignee) if appeal.assignee else "",
        "sensitive": appeal.sensitive,
        "returns": appeal.returns,
        "overdue": appeal.overdue,
    }


def _who_works_on_it(person: Staff) -> str:
    """The one it is assigned to; while they are away, whoever stands in for them."""
    substitute = substitute_of(person, timezone.localdate())
    if substitute is None:
        return person.short_name
    return _("%(substitute)s for %(person)s") % {"substitute": substitute.short_name, "person": person.short_name}
