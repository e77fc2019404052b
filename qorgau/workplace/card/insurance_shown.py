"""The insurance of the person whom an appeal is about, as its card shows it: what was granted, on request the status.

Only appeals about somebody's status have it, and only the Fund's desks see it. The register itself is asked when
somebody presses the button, never by opening a card: each look-up stands in the journal that the person reads.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from qorgau.directory.reference import current
from qorgau.handling.look_up_status import look_up_status
from qorgau.handling.temporary import TOPICS, iin_of, person_of
from qorgau.insured import words
from qorgau.insured.answers import Insured, NotAnswering, Unknown
from qorgau.insured.models import TemporaryStatus
from qorgau.insured.person_key import person_key
from qorgau.insured.temporary.granted import history_of
from qorgau.insured.twelve_months import twelve_months
from qorgau.insured.verdicts import standing
from qorgau.lib.speech import names_of, say, say_date
from qorgau.people.models import Staff
from qorgau.register.models import Appeal, Attachment
from qorgau.register.scope import appeals_for
from qorgau.rules.ladder import DeskKind
from qorgau.rules.privacy import mask_iin
from qorgau.rules.problems import Problem
from qorgau.rules.roles import HANDLERS
from qorgau.workplace.discretion import sees_personal_data

_DESKS = frozenset({DeskKind.BRANCH, DeskKind.CENTRE, DeskKind.CONTACT_CENTRE})


@dataclass(frozen=True, slots=True)
class GrantedShown:
    """One decision: its days, whether it holds, was revoked or is over, and upon which appeal it was made."""

    days: str
    state: str
    state_words: str
    category: str
    by: str
    number: str
    href: str


@dataclass(frozen=True, slots=True)
class StatusShown:
    """What the register tells the person today, in the words they read; ``silent`` why it tells nothing."""

    headline: str = ""
    reasons: tuple[str, ...] = ()
    unpaid: str = ""
    as_of: date | None = None
    silent: str = ""


def insurance_of(appeal: Appeal, staff: Staff) -> dict[str, Any] | None:
    """The panel of a card; None where there is none."""
    if not _is_shown(appeal, staff):
        return None
    iin = iin_of(appeal)
    return {
        "iin": mask_iin(iin) if iin else "",
        "name": person_of(appeal).full_name if appeal.patient else "",
        "granted": granted_to_person(appeal, staff),
        "no_document": not Attachment.objects.filter(appeal=appeal).exists(),
        "may_look": bool(iin) and staff.role in HANDLERS,
        "look_href": reverse("desk:insurance", args=[appeal.number]),
    }


def may_look(appeal: Appeal, staff: Staff) -> bool:
    """Whether this person may ask the register about the person of this appeal."""
    return _is_shown(appeal, staff) and staff.role in HANDLERS and bool(iin_of(appeal))


def _is_shown(appeal: Appeal, staff: Staff) -> bool:
    about = appeal.topic is not None and appeal.topic.code in TOPICS
    desk = staff.desk
    return about and desk is not None and desk.kind in _DESKS and sees_personal_data(staff)


def status_today(appeal: Appeal, staff: Staff) -> StatusShown:
    """Ask the register in the name of this person, for work on this appeal; the journals say so."""
    today = timezone.localdate()
    answer = look_up_status(appeal, staff=staff, at=timezone.now())
    match answer:
        case NotAnswering(sentence=sentence):
            return StatusShown(silent=say(sentence))
        case Unknown():
            return StatusShown(silent=_("The register has no such person. That does not mean “not insured”."))
        case Insured():
            return _known(answer, today)


def _known(answer: Insured, today: date) -> StatusShown:
    try:
        known = standing(answer, today)
        unpaid = [one.month for one in twelve_months(answer, today, proven=False) if not one.covered]
    except Problem as problem:  # a row of the directory is missing: that is for administrators to mend
        return StatusShown(silent=say(problem.sentence))
    return StatusShown(
        headline=words.headline(known),
        reasons=tuple(words.reasons(known, proven=True)),
        unpaid=words.months_in_words(unpaid),
        as_of=answer.as_of,
    )


def granted_to_person(appeal: Appeal, staff: Staff) -> list[GrantedShown]:
    """What was granted to the person upon this and other appeals, the latest first. Two queries, one without any.

    Of an appeal that this reader may not see neither number nor author is named.
    """
    iin = iin_of(appeal)
    rows = history_of(person_key(iin)) if iin else []
    if not rows:
        return []
    numbers = {row.appeal_number for row in rows}
    seen = set(appeals_for(staff).filter(number__in=numbers).values_list("number", flat=True))
    return [_shown(row, appeal, known=row.appeal_number in seen) for row in rows]


def _shown(row: TemporaryStatus, appeal: Appeal, *, known: bool) -> GrantedShown:
    here = row.appeal_number == appeal.number
    state = _state(row, timezone.localdate())
    return GrantedShown(
        days=f"{say_date(row.since)} – {say_date(row.until)}",
        state=state,
        state_words=_state_words(row, state),
        category=words.category_name(row.category, row.since),
        by=row.granted_by.short_name if known else "",
        number=row.appeal_number if known and not here else "",
        href=reverse("desk:appeal", args=[row.appeal_number]) if known and not here else "",
    )


def _state(row: TemporaryStatus, today: date) -> str:
    if row.revoked_at is not None:
        return "revoked"
    if row.last_day < today:
        return "over"
    return "holds" if row.since <= today else "to_come"


def _state_words(row: TemporaryStatus, state: str) -> str:
    match state:
        case "revoked":
            return _("revoked on %(day)s") % {"day": say_date(timezone.localdate(row.revoked_at))}
        case "over":
            return _("has ended")
        case "to_come":
            return _("begins later")
    return _("holds now")


def category_said(appeal: Appeal) -> str:
    """The code of the category that the applicant named on the form of the portal, which keeps it by its name."""
    said = appeal.circumstances.strip().casefold()
    if not said:
        return ""
    rows = current().insurance_categories.values()
    return next((row.code for row in rows if said in {name.casefold() for name in names_of(row).values()}), "")
