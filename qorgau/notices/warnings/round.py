"""A round over all subscriptions: who must hear what, written into the outbox, each once.

Subscriptions come in lots, in the order of their numbers. A lot is one transaction: one statement reads it, one reads
what the register knows of its people and writes the journal, one writes down who was told what, one fills the outbox.
What was told is unique in the database, so however many rounds run at once, or begin anew after a kill, nobody hears
the same twice.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import structlog
from django.db import transaction
from django.utils import timezone

from qorgau.directory.reference import current
from qorgau.insured.warnings.models import Round, Subscription
from qorgau.insured.warnings.outlook import Outlook, outlook_of, step_due
from qorgau.insured.warnings.subscribing import offered
from qorgau.lib.statements import all_rows
from qorgau.notices.models import Notice
from qorgau.notices.outbox import leaves_at
from qorgau.notices.topics import Topic
from qorgau.notices.warnings.register import ask, what_serves
from qorgau.rules.warnings import Step, WarningTerms

log = structlog.get_logger(__name__)

LOT = 1_000

TOPICS: dict[Step, Topic] = {
    Step.FIRST: Topic.INSURANCE_ENDS,
    Step.LAST: Topic.INSURANCE_ENDS,
    Step.LOST: Topic.INSURANCE_ENDED,
    Step.BACK: Topic.INSURANCE_BACK,
}


@dataclass(frozen=True, slots=True)
class Due:
    """Something that a subscriber must hear."""

    subscription: Subscription
    step: Step
    day: date
    unpaid: int


def go_round(at: datetime) -> Counter[str]:
    """The round of this day over the register as it serves now, or what is left of it; how many were looked at and
    told. Nothing to do when it was made already. Raises RegisterSilent when the register stops answering.
    """
    done: Counter[str] = Counter()
    register, on = what_serves(), timezone.localdate(at)
    if not register or not offered():
        return done
    this, _new = Round.objects.get_or_create(day=on, register=register, defaults={"began_at": at})
    if this.ended_at is not None:
        return done
    terms, reached = current().warning_terms_on(on), this.reached
    while lot := _lot_after(reached):
        with transaction.atomic():
            done["told"] += _tell(_due(lot, on, terms), at)
            reached = lot[-1].pk
            Round.objects.filter(pk=this.pk, reached__lt=reached).update(reached=reached)
        done["looked"] += len(lot)
    Round.objects.filter(pk=this.pk).update(ended_at=timezone.now())
    log.info("warnings_round", day=str(on), **done)
    return done


def _lot_after(reached: int) -> Sequence[Subscription]:
    running = Subscription.objects.filter(ended_at=None, pk__gt=reached).order_by("pk")
    return list(running.only("person", "channel", "language", "tells_back", "proven", "seen")[:LOT])


def _due(lot: Sequence[Subscription], on: date, terms: WarningTerms) -> list[Due]:
    """What the subscribers of a lot must hear; what was seen is written down for the next time."""
    answers = ask([one.person for one in lot])
    due: list[Due] = []
    seen: dict[str, list[int]] = defaultdict(list)
    for one in lot:
        seen_covered = one.seen == Subscription.COVERED if one.seen else None
        now = outlook_of(answers[one.person], on=on, terms=terms, looks_back=bool(seen_covered))
        if now is None:
            continue
        found = step_due(
            now,
            on=on,
            terms=terms,
            seen_covered=seen_covered,
            tells_back=one.tells_back,
            proven=one.proven,
        )
        if found is not None:
            due.append(Due(one, *found, now.unpaid))
        if one.seen != (word := _word(now)):
            seen[word].append(one.pk)
    for word, subscriptions in seen.items():
        Subscription.objects.filter(pk__in=subscriptions).update(seen=word)
    return due


def _word(now: Outlook) -> str:
    return Subscription.COVERED if now.covered else Subscription.LOST


_TELL_ONCE = """
INSERT INTO warnings_told (subscription_id, day, step, told_at)
SELECT one.*, $4 FROM unnest($1::bigint[], $2::date[], $3::text[]) AS one
ON CONFLICT DO NOTHING
RETURNING subscription_id, day, step"""


def _tell(due: Sequence[Due], at: datetime) -> int:
    """Fill the outbox with what was not told yet; how much that was."""
    if not due:
        return 0
    columns = [one.subscription.pk for one in due], [one.day for one in due], [one.step.value for one in due]
    new = {tuple(row) for row in all_rows(_TELL_ONCE, (*columns, at))}
    told = [one for one in due if (one.subscription.pk, one.day, one.step.value) in new]
    Notice.objects.bulk_create(_notices(told, at))
    return len(told)


def _notices(told: Iterable[Due], at: datetime) -> list[Notice]:
    """Rows without an address: that is unsealed when they leave."""
    return [
        Notice(
            appeal_number="",
            topic=TOPICS[one.step].value,
            facts={
                "subscription": one.subscription.pk,
                "step": one.step.value,
                "last_day": {"date": one.day.isoformat()},
                "unpaid": one.unpaid,
            },
            language=one.subscription.language,
            transport=one.subscription.channel,
            address="",
            created_at=at,
            due_at=leaves_at(one.subscription.channel, at),
        )
        for one in told
    ]
