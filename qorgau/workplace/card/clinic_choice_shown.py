"""On the card of an application to be attached to a clinic: the reason, what to have ready, what the rules say."""

from datetime import date
from typing import Any

from qorgau.directory.reference import current
from qorgau.lib.kept_queries import KeptQuery, given
from qorgau.lib.speech import current_language, name_in, say
from qorgau.people.models import Staff
from qorgau.register.models import Appeal, ClinicChoice
from qorgau.rules.attachment import Standing
from qorgau.rules.kinds import Channel, Kind
from qorgau.workplace.discretion import sees_personal_data

_CHOICE = KeptQuery(lambda: ClinicChoice.objects.filter(appeal_id=given("appeal")))
_STANDS = frozenset({Standing.ANY_DAY.value, Standing.IN_CAMPAIGN.value})


def clinic_choice_of(appeal: Appeal, staff: Staff) -> dict[str, Any] | None:
    """What an application says; None for other appeals, and for those who read figures: a reason may tell what a person
    is.
    """
    if appeal.kind != Kind.APPLICATION or not sees_personal_data(staff):
        return None
    choice = _CHOICE.first(appeal=appeal.pk)
    if choice is None:
        return None
    reason = current().attachment_reasons.get(choice.reason_id)
    serves_from = choice.verdict["serves_from"]
    return {
        "reason": name_in(reason),
        "papers": (getattr(reason, f"papers_{current_language()}") or reason.papers_ru) if reason else "",
        "stands": choice.verdict["standing"] in _STANDS,
        "serves_from": date.fromisoformat(serves_from) if serves_from else None,
        "told": appeal.channel == Channel.PORTAL,
        "because": [say(sentence) for sentence in choice.verdict["because"]],
    }
