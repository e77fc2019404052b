"""What a certificate says, in the language that is active now."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from qorgau.insured.answers import Insured
from qorgau.insured.models import Certificate
from qorgau.insured.payers import PaidBy
from qorgau.insured.twelve_months import MonthShown, twelve_months
from qorgau.insured.verdicts import Standing, standing
from qorgau.lib.qr import qr_svg
from qorgau.lib.speech import say_date, say_moment, say_month
from qorgau.rules.contributions import tenge_in_words
from qorgau.rules.insured_status import Status
from qorgau.rules.months import month_of

_NOTHING = "–"

STATUSES: dict[Status, Promise] = {
    Status.INSURED: pgettext_lazy("status on a certificate", "insured"),
    Status.CONDITIONALLY_INSURED: pgettext_lazy("status on a certificate", "conditionally insured"),
    Status.TEMPORARILY_INSURED: pgettext_lazy("status on a certificate", "temporarily insured"),
    Status.NOT_INSURED: pgettext_lazy("status on a certificate", "not insured"),
}

PAYERS: dict[PaidBy, Promise] = {
    PaidBy.EMPLOYER: gettext_lazy("employer"),
    PaidBy.CONTRACT: gettext_lazy("customer under a civil-law contract"),
    PaidBy.ENTREPRENEUR: gettext_lazy("entrepreneur, for oneself"),
    PaidBy.SELF_PAYER: gettext_lazy("self-payer"),
    PaidBy.PLATFORM: gettext_lazy("internet platform"),
    PaidBy.UNIFIED_PAYMENT: gettext_lazy("employer, by the unified payment"),
    PaidBy.STATE: pgettext_lazy("payer", "the state"),
    PaidBy.SEVERAL: gettext_lazy("several payers in the same month"),
    PaidBy.NOBODY: gettext_lazy("payer not stated"),
}
"""Kinds of payers as a document names them; on a page somebody is spoken to (`insured/words.py`)."""


def contents(asked: Certificate, iin: str, insured: Insured, made_at: datetime) -> dict[str, Any]:
    """Everything that the template prints. Raises Problem where a row of the directory is missing."""
    on = timezone.localdate(asked.asked_at)
    first, last = month_of(asked.first_month), month_of(asked.last_month)
    months = [one for one in twelve_months(insured, on, proven=True) if first <= one.month <= last]
    address = address_of(asked)
    return {
        "language": asked.language,
        "title": _(
            "Information on participation as a consumer of medical services and on the sums of deductions and (or) "
            "contributions transferred"
        ),
        "fund": _("Social Health Insurance Fund"),
        "number_label": _("Number"),
        "number": asked.number,
        "rows": [
            [_("IIN"), iin],
            [_("Status on %(day)s") % {"day": say_date(on)}, _status(standing(insured, on))],
            [_("Period"), period_in_words(asked)],
            [_("Data of the register as of"), say_date(insured.as_of)],
            [_("Made on"), say_moment(made_at)],
        ],
        "months_title": _("Deductions and contributions by month"),
        "months_head": [_("Month"), _("Paid"), _("Kind of payer"), _("Sum, ₸")],
        "months": [_row(one) for one in months],
        "totals_title": _("Altogether in the period"),
        "totals": _totals(months),
        "qr": qr_svg(address),
        "qr_label": _("QR code: opens the page that confirms this certificate"),
        "check": _(
            "Anybody can check at this address, or by the number, that the certificate is genuine and its file "
            "unchanged. The page shows no personal data."
        ),
        "address": address,
    }


def address_of(certificate: Certificate) -> str:
    """The public page that confirms a certificate (`channels/portal/urls.py`), in the language of its paper."""
    return f"{settings.PUBLIC_ADDRESS}/{certificate.language}/certificate/{certificate.number}/"


def period_in_words(certificate: Certificate) -> str:
    """The months of a certificate: one, or the first and the last."""
    first, last = say_month(certificate.first_month), say_month(certificate.last_month)
    return first if first == last else f"{first} – {last}"


def _status(known: Standing) -> str:
    verdict = known.verdict
    said, until = str(STATUSES[verdict.status]), known.covered_until
    if verdict.status == Status.TEMPORARILY_INSURED:
        return _("%(status)s, until %(day)s") % {"status": said, "day": say_date(known.temporary_until)}
    if verdict.status == Status.NOT_INSURED or until is None:
        return said
    return _("%(status)s, until %(day)s if nothing more is paid") % {"status": said, "day": say_date(until)}


def _row(shown: MonthShown) -> list[str]:
    payer = _payer(shown)
    return [
        say_month(shown.day),
        _("paid") if shown.covered else _("not paid"),
        str(PAYERS[payer]) if payer else _NOTHING,
        tenge_in_words(shown.tenge) if shown.tenge else _NOTHING,
    ]


def _totals(months: Iterable[MonthShown]) -> list[list[str]]:
    """The sum of each kind of payer in the order of `PAYERS`, and of all."""
    sums: dict[PaidBy, Decimal] = {}
    for one in months:
        if one.tenge and (payer := _payer(one)):
            sums[payer] = sums.get(payer, Decimal()) + one.tenge
    rows = [[str(words), tenge_in_words(sums[payer])] for payer, words in PAYERS.items() if payer in sums]
    return [*rows, [_("Total"), tenge_in_words(sum(sums.values(), Decimal()))]]


def _payer(shown: MonthShown) -> PaidBy | None:
    # A file may have a sum and not say whose it is; it counts all the same.
    return shown.paid_by or (PaidBy.NOBODY if shown.tenge else None)
