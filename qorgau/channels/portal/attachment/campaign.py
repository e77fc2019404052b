"""When a clinic can be chosen freely, and how soon an application is answered, as the form says them beforehand."""

from typing import Any

from django.utils import timezone

from qorgau.directory.reference import current
from qorgau.intake.clinic_choice import TOPIC
from qorgau.intake.terms import term_at, term_words
from qorgau.rules.attachment import campaign_on, last_campaign, next_campaign, words_of_campaign
from qorgau.rules.kinds import Kind
from qorgau.rules.ladder import DeskKind
from qorgau.rules.policies import Policy
from qorgau.rules.problems import Problem


def told_beforehand() -> dict[str, Any]:
    """For the page of the form: the days of free choice as a sentence, and the term of the clinic if there is one."""
    today, campaigns = timezone.localdate(), current().campaigns
    campaign = campaign_on(today, campaigns) or next_campaign(today, campaigns) or last_campaign(today, campaigns)
    policy = _policy()
    return {
        "campaign": words_of_campaign(today, campaign),
        "term": term_words(policy) if policy else "",
        "taken_until": f"{policy.taken_until:%H:%M}" if policy and policy.taken_until else "",
    }


def _policy() -> Policy | None:
    topic = current().topic_by_code(TOPIC)
    try:
        return term_at(DeskKind.CLINIC, Kind.APPLICATION, timezone.now(), topic).policy
    except Problem:  # administrators have set no term for it yet: then none is named
        return None
