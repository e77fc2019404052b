"""Granting a temporary insured status."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from qorgau.directory.reference import current
from qorgau.handling.look_up_status import look_up_status
from qorgau.handling.moving import move
from qorgau.handling.permission import require_staff
from qorgau.handling.reasons import require_words
from qorgau.handling.temporary import iin_of, temporary_of
from qorgau.insured.answers import Answer, Insured, Unknown
from qorgau.insured.models import TemporaryStatus
from qorgau.insured.person_key import person_key
from qorgau.insured.record import category_number
from qorgau.insured.verdicts import standing
from qorgau.notices.outbox import tell
from qorgau.notices.topics import Topic
from qorgau.people.models import Staff
from qorgau.register.models import Appeal, Attachment
from qorgau.rules.insured_status import Status, StatusRules, rules_in_force
from qorgau.rules.problems import NotAllowed, Problem
from qorgau.rules.sentences import N_, Sentence
from qorgau.rules.states import Verb
from qorgau.rules.temporary_status import days_granted


def grant_temporary(
    appeal: Appeal,
    *,
    staff: Staff,
    category: str,
    ground: str,
    documents: Iterable[int],
    at: datetime,
    seen_version: int | None = None,
) -> TemporaryStatus:
    """Grant the person a temporary status for as long as the rules of the day say: a month (DOMAIN §3.1, S6).

    1. From this day on every door tells the status with its last day, whatever is loaded into the register meanwhile;
       it ends by its date, with nothing running. Where one still runs, this one begins on the day after it.
    2. The journal keeps the category, the days, the documents it rests on and the ground; the applicant reads the
       ground on the tracking page and is told that the status was granted, and until when.
    3. Before that the person is looked up, which the journals keep (`look_up_status.py`). Whoever is insured otherwise
       is granted nothing. A register that does not answer is no reason to let the person wait.
    4. The appeal stays where it is: it is still to be answered, and the data are still to be corrected.

    `documents` are attachments of the appeal, one at least. Raises Problem when something of it is missing or wrong
    (fields `category`, `ground`, `documents`), when the person is insured otherwise, or when somebody else granted the
    same days a moment ago.
    """
    require_staff(Verb.GRANT_TEMPORARY, appeal, staff, at=at)
    today = timezone.localdate(at)
    ground = require_words(ground, "ground", Sentence(N_("Say on what ground it is granted.")))
    _require_category(category, today)
    rests_on = _documents(appeal, documents)
    rules = _rules(today)
    iin = iin_of(appeal)
    found = look_up_status(appeal, staff=staff, at=at, purpose="temporary_grant")
    _require_no_other_cover(found, today)
    since, until = days_granted(today, rules.temporary_months, running_until=temporary_of(appeal, today).until)
    with transaction.atomic():
        move(
            Verb.GRANT_TEMPORARY,
            appeal,
            by=staff,
            at=at,
            seen_version=seen_version,
            because=Sentence(
                N_("Temporarily insured from {since} to {until}. {ground}"),
                {"since": since, "until": until, "ground": ground},
            ),
            details={
                "category": category,
                "documents": ", ".join(map(str, rests_on)),
                "rules": rules.code,
                "register": _WORDS.get(type(found), "not_answering"),
            },
        )
        granted = _write(
            TemporaryStatus(
                person=person_key(iin),
                category=category,
                since=since,
                until=until,
                last_day=until,
                appeal_number=appeal.number,
                documents=rests_on,
                rules=rules.code,
                granted_at=at,
                granted_by=staff,
            )
        )
        facts = {"due_on": until}
        tell(topic=Topic.TEMPORARY_GRANTED, appeal_number=appeal.number, applicant=appeal.applicant, facts=facts, at=at)
    return granted


_WORDS: dict[type[Any], str] = {Insured: "found", Unknown: "unknown"}


def _require_category(code: str, on: date) -> None:
    known = {row.code for row in current().insurance_categories.values() if row.holds_on(on)}
    if code not in known:
        raise Problem(Sentence(N_("Choose the category from the list.")), "category")
    try:
        category_number(code)
    except ValueError:
        raise Problem(
            Sentence(
                N_("The register of insured people knows categories such as C07; an administrator must mend {code}."),
                {"code": code},
            ),
            "category",
        ) from None


def _documents(appeal: Appeal, chosen: Iterable[int]) -> list[int]:
    wanted = sorted(set(chosen))
    if not wanted:
        raise Problem(
            Sentence(N_("Choose at least one document. If there is none yet, ask the applicant for it.")), "documents"
        )
    known = set(Attachment.objects.filter(appeal=appeal, pk__in=wanted).values_list("pk", flat=True))
    if known != set(wanted):
        raise Problem(Sentence(N_("A document you chose does not belong to this appeal.")), "documents")
    return wanted


def _rules(on: date) -> StatusRules:
    rules = rules_in_force(current().status_rules, on)
    if not rules.temporary_months:
        raise NotAllowed(Sentence(N_("By the rules in force no temporary status is granted.")))
    return rules


def _require_no_other_cover(answer: Answer, on: date) -> None:
    if not isinstance(answer, Insured):
        return
    known = standing(answer, on)
    if known.verdict.status == Status.CONDITIONALLY_INSURED and known.covered_until:
        raise NotAllowed(
            Sentence(
                N_("The register shows the person as conditionally insured until {day}: until then none is needed."),
                {"day": known.covered_until},
            )
        )
    if known.verdict.status in (Status.INSURED, Status.CONDITIONALLY_INSURED):
        raise NotAllowed(Sentence(N_("The register shows the person as insured: no temporary status is needed.")))


def _write(granted: TemporaryStatus) -> TemporaryStatus:
    try:
        with transaction.atomic():
            granted.save(force_insert=True)
    except IntegrityError:
        raise Problem(
            Sentence(N_("A temporary status for these days was granted to the person a moment ago. Look at it first."))
        ) from None
    return granted
