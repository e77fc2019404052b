"""What a verdict says in plain words, in the language of the reader: one wording for every door.

Sentences about a category, its budget or its end are for those who have proved to be the person; the others hear
nothing that the paid and unpaid months do not tell.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from qorgau.directory.reference import current
from qorgau.insured.payers import PaidBy
from qorgau.insured.verdicts import Standing
from qorgau.lib.speech import current_language, name_in, say_date, say_month
from qorgau.rules.contributions import tenge_in_words
from qorgau.rules.insured_status import Ground, Status, StatusRules, Verdict
from qorgau.rules.months import first_day, months_in
from qorgau.rules.temporary_status import Granted
from qorgau.rules.ways_to_insurance import Way, WayOut

PAYERS: dict[PaidBy, Promise] = {
    PaidBy.EMPLOYER: gettext_lazy("your employer"),
    PaidBy.CONTRACT: gettext_lazy("a customer under a civil-law contract"),
    PaidBy.ENTREPRENEUR: gettext_lazy("you, as an entrepreneur"),
    PaidBy.SELF_PAYER: gettext_lazy("you yourself"),
    PaidBy.PLATFORM: gettext_lazy("an internet platform"),
    PaidBy.UNIFIED_PAYMENT: gettext_lazy("your employer, by the unified payment"),
    PaidBy.STATE: pgettext_lazy("payer", "the state"),
    PaidBy.SEVERAL: gettext_lazy("several payers"),
}
"""Who paid for a month."""


def headline(standing: Standing) -> str:
    """The verdict in one sentence."""
    verdict = standing.verdict
    match verdict.status:
        case Status.INSURED:
            return _("You are insured")
        case Status.CONDITIONALLY_INSURED if standing.covered_until:
            return _("You are conditionally insured, until %(day)s") % {"day": say_date(standing.covered_until)}
        case Status.TEMPORARILY_INSURED:
            return _("You are insured temporarily, until %(day)s") % {"day": say_date(standing.temporary_until)}
        case Status.CONDITIONALLY_INSURED:
            return _("You are conditionally insured")
    return _("You are not insured")


def meaning(verdict: Verdict) -> str:
    """What the verdict gives and does not give."""
    match verdict.status:
        case Status.INSURED:
            return _("Care under health insurance is free for you: specialists on referral, tests, planned treatment.")
        case Status.CONDITIONALLY_INSURED:
            return _("Care under health insurance is still free for you, but payments have stopped and a debt grows.")
        case Status.TEMPORARILY_INSURED:
            return _("Care under health insurance is free for you until then, while your data are being corrected.")
    return _(
        "Care under health insurance is not free for you now. Ambulance, emergency care, your district doctor and the "
        "rest of the guaranteed volume of free medical care are."
    )


def reasons(standing: Standing, *, proven: bool) -> list[str]:
    """Why, in whole sentences."""
    verdict = standing.verdict
    said = [_granted(standing.granted)] if standing.granted and proven else list(_ground(verdict, proven=proven))
    if verdict.status in (Status.CONDITIONALLY_INSURED, Status.NOT_INSURED) and verdict.missing and verdict.covered:
        said.append(_missing(verdict))
    if verdict.status == Status.INSURED and proven and standing.covered_until:
        said.append(
            _("If nothing more is paid, the last day of your cover is %(day)s.")
            % {"day": say_date(standing.covered_until)}
        )
    return said


def rule_used(rules: StatusRules) -> str:
    """The dated row of rules by which the verdict was found."""
    if rules.everybody:
        return _("Everybody has the right to care.")
    sentences = [
        ngettext(
            "A person is insured when the last %(count)s month is paid.",
            "A person is insured when each of the last %(count)s months is paid.",
            rules.past_months,
        )
        % {"count": rules.past_months}
    ]
    if rules.future_months:
        sentences.append(
            ngettext(
                "Or when the %(count)s month to come is paid in advance.",
                "Or when the %(count)s months to come are paid in advance.",
                rules.future_months,
            )
            % {"count": rules.future_months}
        )
    if rules.grace_months:
        sentences.append(
            ngettext(
                "When payments stop, the right lasts %(count)s month more.",
                "When payments stop, the right lasts %(count)s months more.",
                rules.grace_months,
            )
            % {"count": rules.grace_months}
        )
    if rules.long_grace_months > rules.grace_months:
        sentences.append(
            _("After %(unbroken)s months of payments without a break it lasts %(count)s months.")
            % {"unbroken": rules.unbroken_months, "count": rules.long_grace_months}
        )
    return " ".join(sentences)


def basis_of(rules: StatusRules) -> str:
    """The act that a row rests on."""
    return rules.basis if isinstance(rules.basis, str) else rules.basis[current_language()]


def months_in_words(months: Iterable[int]) -> str:
    """Months in their order as people say them: single ones, and runs of three or more from the first to the last."""
    parts = []
    for _run, members in groupby(enumerate(months), key=lambda place: place[1] - place[0]):
        run = [say_month(first_day(month)) for _place, month in members]
        parts += [f"{run[0]} – {run[-1]}"] if len(run) > 2 else run
    return ", ".join(parts)


def way_title(way: WayOut) -> str:
    """What to do."""
    count = way.months.bit_count()
    match way.way:
        case Way.PAY_MISSING_MONTHS:
            return ngettext("Pay the month that is missing", "Pay the %(count)s months that are missing", count) % {
                "count": count
            }
        case Way.PAY_AHEAD:
            return ngettext("Pay %(count)s month ahead", "Pay %(count)s months ahead", count) % {"count": count}
        case Way.PAY_AHEAD_AND_NOW:
            return ngettext(
                "Pay this month and %(count)s month ahead", "Pay this month and %(count)s months ahead", count - 1
            ) % {"count": count - 1}
        case Way.EMPLOYER:
            return _("Let your employer pay")
        case Way.CATEGORY:
            return _("Show that the state pays for you")
        case Way.FAMILY_LEVEL:
            return _("Level D or E of the Digital Family Card")
        case Way.TEMPORARY:
            return ngettext(
                "Ask for a temporary status for %(count)s month",
                "Ask for a temporary status for %(count)s months",
                count,
            ) % {"count": count}


def way_note(way: WayOut) -> str:
    """What to know about it."""
    match way.way:
        case Way.PAY_MISSING_MONTHS:
            return _(
                "Pay each month by itself: %(months)s. Several months in one payment, or a wrong year, give no status."
            ) % {"months": months_in_words(months_in(way.months))}
        case Way.PAY_AHEAD:
            return _("The old debt need not be paid. Pay each month by itself: %(months)s.") % {
                "months": months_in_words(months_in(way.months))
            }
        case Way.PAY_AHEAD_AND_NOW:
            return _("As above, and you are insured at once. Pay each month by itself: %(months)s.") % {
                "months": months_in_words(months_in(way.months))
            }
        case Way.EMPLOYER:
            return _(
                "If you worked for a wage in the months that are missing, your employer owes the payments for them. "
                "Ask the accounting department to pay or to correct them; it costs you nothing more."
            )
        case Way.CATEGORY:
            return _(
                "Children, pensioners, people with a disability, full-time students, mothers of many children and "
                "others pay nothing. If you are one of them and are shown as not insured, your data are wrong: tell us."
            )
        case Way.FAMILY_LEVEL:
            return _(
                "Nothing need be filed: if you do not work and your family has this level, the local budget pays "
                "for you after you see a doctor. You must be attached to a clinic where you live."
            )
        case Way.TEMPORARY:
            return _(
                "If the state should pay for you and the data are late, send your documents here, through Qoldau 24/7 "
                "or through your clinic: the Fund gives the status while the data are corrected."
            )


def price_words(way: WayOut) -> str:
    """What it costs, "" for what costs the person nothing: 17 000 ₸."""
    return f"{tenge_in_words(way.tenge)}\N{NO-BREAK SPACE}₸" if way.tenge is not None else ""


def category_name(code: str, on: date) -> str:
    """What a category is called on a day; its code where the directory does not know it."""
    rows = [row for row in current().insurance_categories.values() if row.code == code]
    return name_in(next((row for row in rows if row.holds_on(on)), rows[-1] if rows else None)) or code


def _granted(granted: Granted) -> str:
    return _("The Fund granted you a temporary status from %(since)s to %(until)s, on documents: %(category)s.") % {
        "since": say_date(granted.since),
        "until": say_date(granted.until),
        "category": category_name(granted.code, granted.since),
    }


def _ground(verdict: Verdict, *, proven: bool) -> Iterator[str]:
    rules = verdict.rules
    match verdict.ground:
        case Ground.EVERYBODY:
            yield _("In this month everybody has the right to care.")
        case Ground.CATEGORY if proven:
            yield _("You belong to a category of people who need not pay themselves.")
        case Ground.TEMPORARY if proven:
            yield _("A temporary status was granted to you for this month.")
        case Ground.CATEGORY | Ground.TEMPORARY:
            yield _("The ground is shown to you alone: prove who you are to see it.")
        case Ground.PAST_MONTHS:
            yield ngettext(
                "The last %(count)s month before this one is paid.",
                "Each of the last %(count)s months before this one is paid.",
                rules.past_months,
            ) % {"count": rules.past_months}
        case Ground.FUTURE_MONTHS:
            yield _("A year was paid for you in advance, and this month belongs to it.")
        case Ground.GRACE | Ground.LONG_GRACE if verdict.counted is not None:
            yield _("The last paid month is %(month)s.") % {"month": say_month(first_day(verdict.counted))}
            yield _how_long_it_lasts(verdict)
        case Ground.NOTHING:
            yield from _nothing(verdict)


def _how_long_it_lasts(verdict: Verdict) -> str:
    rules = verdict.rules
    if verdict.ground == Ground.LONG_GRACE:
        return _(
            "Because payments went on for %(unbroken)s months without a break, the right lasts %(count)s months "
            "after it."
        ) % {"unbroken": rules.unbroken_months, "count": rules.long_grace_months}
    return ngettext(
        "After it the right lasts %(count)s month more.",
        "After it the right lasts %(count)s months more.",
        rules.grace_months,
    ) % {"count": rules.grace_months}


def _nothing(verdict: Verdict) -> Iterable[str]:
    paid = max(months_in(verdict.covered), default=None)
    if paid is None:
        yield ngettext(
            "Nothing was paid for the last %(count)s month.",
            "Nothing was paid for the last %(count)s months.",
            verdict.rules.past_months,
        ) % {"count": verdict.rules.past_months}
    elif paid + 1 < verdict.month:
        yield _("The last paid month is %(month)s; the right that lasts after it has ended.") % {
            "month": say_month(first_day(paid))
        }


def _missing(verdict: Verdict) -> str:
    count = verdict.missing.bit_count()
    return ngettext("%(count)s month is not paid: %(months)s.", "%(count)s months are not paid: %(months)s.", count) % {
        "count": count,
        "months": months_in_words(months_in(verdict.missing)),
    }
