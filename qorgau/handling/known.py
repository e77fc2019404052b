"""What verbs depend on besides the appeal itself, read in one statement."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, QuerySet, Subquery

from qorgau.lib.kept_queries import KeptQuery, given
from qorgau.people.models import Staff
from qorgau.register.links import BY_HAND
from qorgau.register.merged import PART_OF
from qorgau.register.models import Answer, Appeal, ExtensionProposal, Handover, InformationRequest, Link, Withdrawal


@dataclass(frozen=True, slots=True)
class Known:
    """What waits for whom around an appeal. Ids and moments are None where there is nothing."""

    open_request: bool
    asked_of_us: bool
    withdrawal_recorded: bool
    next_stage_opened: bool
    leads_others: bool
    author: int | None
    approved_at: datetime | None
    proposer: int | None
    receiver: int | None
    escalated: bool | None
    linked_from: list[int]
    """Appeals that people linked with this one, by their keys: those that came later."""
    linked_to: list[int]
    """Those that came earlier."""


def known_of(appeal: Appeal, staff: Staff | None) -> Known:
    """The facts of this moment; `asked_of_us` is about the desk of this person."""
    row = FACTS.first(appeal=appeal.pk, desk=staff.desk_id if staff else None)
    assert row is not None, "an appeal is never deleted"
    return Known(*row)


def _facts() -> "QuerySet[Appeal, tuple[Any, ...]]":
    of_it: dict[str, Any] = {"appeal_id": OuterRef("pk")}
    requests = InformationRequest.objects.filter(**of_it, replied_at__isnull=True)
    later = Link.objects.filter(earlier_id=OuterRef("pk"))
    by_hand = Link.objects.filter(type__in=BY_HAND)
    answer = Answer.objects.filter(**of_it)
    proposal = ExtensionProposal.objects.filter(**of_it, decided_at__isnull=True)
    handover = Handover.objects.filter(**of_it, settled_at__isnull=True)
    return Appeal.objects.filter(pk=given("appeal")).values_list(
        Exists(requests),
        Exists(requests.filter(asked_id=given("desk"))),
        Exists(Withdrawal.objects.filter(**of_it, confirmed_at__isnull=True)),
        Exists(later.filter(type="stage_after")),
        Exists(later.filter(type=PART_OF)),
        Subquery(answer.values("author_id")[:1]),
        Subquery(answer.values("approved_at")[:1]),
        Subquery(proposal.values("proposed_by_id")[:1]),
        Subquery(handover.values("receiver_id")[:1]),
        Subquery(handover.values("escalated")[:1]),
        ArraySubquery(by_hand.filter(earlier_id=OuterRef("pk")).values("appeal_id")),
        ArraySubquery(by_hand.filter(appeal_id=OuterRef("pk")).values("earlier_id")),
    )


FACTS = KeptQuery(_facts)
